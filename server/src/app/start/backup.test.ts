import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { backUp, restore } from "#app/start/backup.ts";
import { startEmbeddedPostgres } from "#platform/db/embedded-postgres.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "callsheet-backup-"));
  // Root's database runs as an account of its own, which must be able to enter.
  await chmod(directory, 0o755);
});
afterEach(() => rm(directory, { recursive: true }));

/** Runs SQL on the cluster, started for that alone. @returns the cluster's folder and the first row */
async function withServer(sql: string): Promise<{ dataDirectory: string; row: unknown }> {
  await using server = await startEmbeddedPostgres({
    directory: join(directory, "postgres"),
    database: "postgres",
    settings: { fsync: "off" },
  });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = (await client.query(sql)) as { rows: unknown[] };
  await client.end();
  return { dataDirectory: server.dataDirectory, row: rows[0] };
}

test("a database returns to the copy that was made before a migration", async () => {
  const { dataDirectory } = await withServer("CREATE TABLE shot AS SELECT 'before' AS state");
  const copy = await backUp(dataDirectory, join(directory, "backups"), new Date());
  await withServer("UPDATE shot SET state = 'migrated'");
  await restore(copy, dataDirectory);
  expect((await withServer("SELECT state FROM shot")).row).toEqual({ state: "before" });
});

test("only the latest copies are kept", async () => {
  const { dataDirectory } = await withServer("SELECT 1");
  const backups = join(directory, "backups");
  for (let day = 1; day <= 5; day += 1) await backUp(dataDirectory, backups, new Date(Date.UTC(2026, 0, day)));
  expect((await readdir(backups)).map((name) => name.slice(0, 10))).toEqual(["2026-01-03", "2026-01-04", "2026-01-05"]);
});
