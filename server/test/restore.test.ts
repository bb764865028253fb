import { execFileSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createApp } from "#app/create-app.ts";
import { encodeId } from "#graphql/ids.ts";
import { allWell, audit } from "#test/drills/audit.ts";
import { startQueueStudio } from "#test/queue-studio.ts";
import { createTestDatabase } from "#test/test-database.ts";

const secret = "a secret that is kept beside the backup";

/** Version of an installed pg_dump; it has to be at least the server's. */
function dumpVersion(): number {
  try {
    return Number(/(\d+)\./.exec(execFileSync("pg_dump", ["--version"], { encoding: "utf8" }))?.[1]);
  } catch {
    return 0;
  }
}

/** As docs/production.md says: pg_dump and pg_restore where they fit the server, else the server's own copy. */
async function copyDatabase(from: string, to: string, folder: string): Promise<void> {
  const admin = new pg.Client({ connectionString: to.replace(/\/[^/]*$/, "/postgres") });
  await admin.connect();
  const { rows } = await admin.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  const name = (url: string): string => new URL(url).pathname.slice(1);
  if (dumpVersion() >= Math.floor((rows[0]?.version ?? 0) / 10_000)) {
    const file = join(folder, "callsheet.dump");
    execFileSync("pg_dump", ["--format", "custom", "--file", file, from]);
    execFileSync("pg_restore", ["--no-owner", "--clean", "--if-exists", "--dbname", to, file]);
  } else {
    await admin.query(`DROP DATABASE ${name(to)} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name(to)} TEMPLATE ${name(from)} STRATEGY wal_log`);
  }
  await admin.end();
}

test("a studio that is restored from its database, its files and its secret has all its work, with its files and links", async () => {
  const folder = await mkdtemp(join(tmpdir(), "callsheet-restored-"));
  await using database = await createTestDatabase();
  {
    await using studio = await startQueueStudio({ config: { secret } });
    const jobId = await studio.submit({ tries: 2 });
    await studio.untilEnded(jobId);
    const { data } = await studio.execute(
      "query ($id: ID!) { job(id: $id) { latestOutputs { url } } }",
      { id: encodeId("Job", jobId) },
      { errors: "return" },
    );
    const link = data.job.latestOutputs[0].url as string;
    // Nothing may be connected to a database that its server copies.
    const { databaseUrl, config } = studio;
    await studio.app[Symbol.asyncDispose]();
    await copyDatabase(databaseUrl, database.url, folder);
    await cp(config.assetsDir, join(folder, "assets"), { recursive: true });

    const restored = { ...config, secret, stateDir: folder, assetsDir: join(folder, "assets") };
    await using app = await createApp(restored, { databaseUrl: database.url, roles: { api: true, worker: true } });
    const url = `http://127.0.0.1:${await app.api?.listen(0, "127.0.0.1")}`;
    const runs = await app.deps.db.prisma.run.findMany({ where: { jobId }, include: { outputs: true } });
    expect(runs.map((run) => [run.status, run.outputs.length])).toEqual([
      ["SUCCEEDED", 1],
      ["SUCCEEDED", 1],
    ]);
    // A link that was given out before is good: it is signed with the same secret.
    expect((await fetch(new URL(link, url))).status).toBe(200);
    expect(await audit({ ...studio, deps: app.deps, config: restored }, 1)).toEqual(allWell);
  }
  await rm(folder, { recursive: true, force: true });
});
