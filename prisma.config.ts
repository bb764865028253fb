import { defineConfig } from "prisma/config";

/** Only the generator runs through the Prisma CLI; migrations are applied by server/src/platform/db/migrate.ts. */
export default defineConfig({ schema: "prisma/schema", migrations: { path: "prisma/migrations" } });
