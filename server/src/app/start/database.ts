import { stat } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { Config } from "#app/config.ts";
import { backUp, restore } from "#app/start/backup.ts";
import { StartError } from "#app/start/start-error.ts";
import { lockState } from "#app/start/state-lock.ts";
import type { CloseStack } from "#lib/close-stack.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#platform/db/embedded-postgres.ts";
import { migrate, pendingMigrations } from "#platform/db/migrate.ts";

/** From the repository's root, where every process starts. */
const migrationsDirectory = "prisma/migrations";
const databaseName = "callsheet";

export interface StartedDatabase {
  url: string;
  /** Present when the server is ours. */
  embedded: EmbeddedPostgres | undefined;
}

/** The database that is configured, or the embedded one, with all migrations applied; a backup is made before that. */
export async function openDatabase(
  config: Config,
  closing: CloseStack,
  say: (line: string) => void,
): Promise<StartedDatabase> {
  if (config.databaseUrl) {
    await bringUpToDate(config.databaseUrl, say);
    return { url: config.databaseUrl, embedded: undefined };
  }
  const options = { directory: join(config.stateDir, "postgres"), database: databaseName };
  let server: EmbeddedPostgres | undefined = await startEmbeddedPostgres(options);
  closing.defer(() => server?.[Symbol.asyncDispose]());
  if (server.adopted) say("Took over the database of a process that was killed.");
  const isNew = await createDatabase(server.url);
  const pending = await pendingMigrations(server.url, migrationsDirectory);
  if (pending.length === 0) return { url: server.url, embedded: server };
  if (!isNew) {
    // A cluster's files may be copied only while its server is stopped.
    const { dataDirectory } = server;
    await server[Symbol.asyncDispose]();
    server = undefined;
    const place = await backUp(dataDirectory, join(config.stateDir, "backups"), new Date());
    say(`The database is about to change; a copy is in ${place}`);
    server = await startEmbeddedPostgres(options);
  }
  await migrate(server.url, migrationsDirectory);
  return { url: server.url, embedded: server };
}

/** Applies missing migrations to a database that somebody else runs, and backs up. */
export async function bringUpToDate(databaseUrl: string, say: (line: string) => void): Promise<void> {
  const pending = await pendingMigrations(databaseUrl, migrationsDirectory);
  if (pending.length === 0) return;
  const applied = await migrate(databaseUrl, migrationsDirectory);
  if (applied.length > 0) say(`Changed the database: ${applied.join(", ")}`);
}

/** Returns the embedded database to a copy. @throws StartError when Callsheet runs, or the copy is none */
export async function restoreDatabase(config: Config, backup: string | undefined): Promise<void> {
  const isCluster = backup !== undefined && (await stat(join(backup, "PG_VERSION")).catch(() => undefined));
  if (!isCluster) throw new StartError(`Usage: npm run db:restore -- ${join(config.stateDir, "backups")}/<copy>`);
  await using _lock = await lockState(config.stateDir, `restoring, process ${process.pid}`);
  // The cluster knows best where it is, and must have ended properly.
  const server = await startEmbeddedPostgres({ directory: join(config.stateDir, "postgres"), database: databaseName });
  await server[Symbol.asyncDispose]();
  await restore(backup, server.dataDirectory);
  console.log(`The database is as it was in ${backup}; what was there before is in ${server.dataDirectory}.replaced`);
}

/** @returns whether it had to be made */
async function createDatabase(url: string): Promise<boolean> {
  const admin = new URL(url);
  admin.pathname = "/postgres";
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (rowCount) return false;
    await client.query(`CREATE DATABASE ${databaseName}`);
    return true;
  } finally {
    await client.end();
  }
}
