import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "#platform/db/embedded-postgres.ts";
import { readMigrations } from "#platform/db/migrate.ts";
import { openSchemaEngine } from "#platform/db/schema-engine.ts";

/** `npm run db:migration -- NAME`: writes the SQL from the migrations there are to the schema files. Review it by hand. */
const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Usage: npm run db:migration -- name_in_snake_case");
  process.exit(2);
}
await using server = await startEmbeddedPostgres({
  directory: join(tmpdir(), "callsheet-migrations"),
  database: "postgres",
  settings: { fsync: "off" },
});
const admin = new pg.Client({ connectionString: server.url });
await admin.connect();
const shadow = `shadow_${Date.now()}`;
await admin.query(`CREATE DATABASE ${shadow}`);
const schemaDir = "prisma/schema";
const files = await Promise.all(
  (await readdir(schemaDir)).map(async (file) => ({
    path: join(schemaDir, file),
    content: await readFile(join(schemaDir, file), "utf8"),
  })),
);
const { engine, close } = await openSchemaEngine(
  server.url.replace(/\/postgres$/, `/${shadow}`),
  files.map((file) => [file.path, file.content]),
);
const filters = { externalTables: [], externalEnums: [] };
const migrations = await readMigrations("prisma/migrations");
let sql: string;
try {
  const { stdout } = await engine.diff({
    from: migrations.migrationDirectories.length > 0 ? { tag: "migrations", ...migrations } : { tag: "empty" },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters,
  });
  sql = stdout ?? "";
} finally {
  // Before the server stops: a client that it throws out would hide what went wrong.
  await close();
  await admin.query(`DROP DATABASE ${shadow} WITH (FORCE)`);
  await admin.end();
}
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = join("prisma/migrations", `${stamp}_${name}`);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, "migration.sql"), sql);
console.log(`Wrote ${folder}/migration.sql`);
