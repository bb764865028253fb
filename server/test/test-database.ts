import { randomBytes } from "node:crypto";
import pg from "pg";
import { databaseUrl, templateName } from "#test/support/postgres.ts";

/** Makes an empty, migrated database for one test file. */
export async function createTestDatabase(): Promise<AsyncDisposable & { url: string }> {
  const server = process.env["CALLSHEET_TEST_SERVER"];
  if (!server) throw new Error("The test server is started by Jest's global setup; run the tests through Jest");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await withServer(server, async (client) => {
    // CREATE DATABASE refuses a template that somebody else clones at this moment.
    await client.query("SELECT pg_advisory_lock(7268432)");
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${templateName} STRATEGY wal_log`);
  });
  return {
    url: databaseUrl(server, name),
    [Symbol.asyncDispose]: () => withServer(server, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

async function withServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
