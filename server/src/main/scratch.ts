import { startEmbeddedPostgres } from "#platform/db/embedded-postgres.ts";
import { migrate } from "#platform/db/migrate.ts";
await using pgs = await startEmbeddedPostgres({ directory: "/tmp/cs-pg", database: "postgres" });
console.time("migrate");
console.log(pgs.url, await migrate(pgs.url, "prisma/migrations"));
console.timeEnd("migrate");
