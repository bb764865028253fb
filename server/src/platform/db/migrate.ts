import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { openSchemaEngine } from "#platform/db/schema-engine.ts";

/** Any constant will do, as long as every process of every version uses the same. */
const migrationLock = 7_268_432_005;

export interface MigrationFolder {
  baseDir: string;
  lockfile: { path: string; content: string | null };
  shadowDbInitScript: string;
  migrationDirectories: { path: string; migrationFile: { path: string; content: { tag: "ok"; value: string } } }[];
}

/**
 * Applies what is missing of prisma/migrations, forward only, one process at a time.
 * @returns the names of the migrations applied now
 */
export async function migrate(databaseUrl: string, directory: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    const { engine, close } = await openSchemaEngine(databaseUrl);
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: await readMigrations(directory),
        filters: { externalTables: [], externalEnums: [] },
      });
      return appliedMigrationNames;
    } finally {
      await close();
    }
  } finally {
    await client.end();
  }
}

/** Names of the migrations in the folder that this database does not have; none are applied. */
export async function pendingMigrations(databaseUrl: string, directory: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const table = await client.query<{ name: string | null }>("SELECT to_regclass('_prisma_migrations')::text AS name");
    const names = (await readMigrations(directory)).migrationDirectories.map((migration) => migration.path);
    if (!table.rows[0]?.name) return names;
    const applied = await client.query<{ migration_name: string }>(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL",
    );
    const known = new Set(applied.rows.map((row) => row.migration_name));
    return names.filter((name) => !known.has(name));
  } finally {
    await client.end();
  }
}

export async function readMigrations(directory: string): Promise<MigrationFolder> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.toSorted().map(async (path) => ({
      path,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(join(directory, path, "migration.sql"), "utf8") },
      },
    })),
  );
  const lockPath = "migration_lock.toml";
  const content = await readFile(join(directory, lockPath), "utf8").catch(() => null);
  return { baseDir: directory, lockfile: { path: lockPath, content }, shadowDbInitScript: "", migrationDirectories };
}
