import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#platform/db/embedded-postgres.ts";
import { migrate } from "#platform/db/migrate.ts";
import { openQueueBackend } from "#platform/queue/queue-backend.ts";

/** The migrated database that each test file's own one is cloned from. */
export const templateName = "callsheet_template";

/**
 * Starts the server for a whole test run, unless TEST_DATABASE_URL names one, and prepares the template.
 * @param migrations folder of the migrations
 */
export async function startTestPostgres(
  migrations: string,
  { durable = false, settings = {} } = {},
): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env["TEST_DATABASE_URL"];
  let server: EmbeddedPostgres | undefined;
  let directory: string | undefined;
  if (!given) {
    directory = await mkdtemp(join(tmpdir(), "callsheet-test-pg-"));
    server = await startEmbeddedPostgres({
      directory,
      database: "postgres",
      settings: {
        max_connections: "400",
        shared_buffers: "256MB",
        ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
        ...settings,
      },
    });
  }
  const url = given ?? (server as EmbeddedPostgres).url;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${templateName} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${templateName}`);
  const template = databaseUrl(url, templateName);
  await migrate(template, migrations);
  // It makes BullMQ's tables.
  await using _ = await openQueueBackend({ databaseUrl: template, redisUrl: undefined, redisPrefix: "" });
  await client.end();
  return {
    url,
    stop: async () => {
      await server?.[Symbol.asyncDispose]();
      if (directory) await rm(directory, { recursive: true, force: true });
    },
  };
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
