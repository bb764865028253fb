import { fileURLToPath } from "node:url";
import pg from "pg";
import { allWell, audit } from "#test/drills/audit.ts";
import { startQueueStudio } from "#test/queue-studio.ts";
import { startTestPostgres } from "#test/support/postgres.ts";
import { availableBackends } from "#test/support/redis.ts";

const runs = Math.min(Math.round(Number(process.env["DRILL_RUNS"] ?? 300) / 3), 100);
const given = process.env["CALLSHEET_TEST_SERVER"];
let server: Awaited<ReturnType<typeof startTestPostgres>>;

beforeAll(async () => {
  // A server of its own, that waits for the disk where it is asked to, and forgets as much as it may where it is not.
  server = await startTestPostgres(fileURLToPath(new URL("../../../prisma/migrations", import.meta.url)), {
    durable: true,
    settings: { wal_writer_delay: "10s" },
  });
  process.env["CALLSHEET_TEST_SERVER"] = server.url;
});
afterAll(async () => {
  process.env["CALLSHEET_TEST_SERVER"] = given;
  await server.stop();
});

/** kill -9 of one of its processes makes the server drop all connections and recover from its log. */
async function crash(): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  process.kill(rows[0]?.pid ?? 0, "SIGKILL");
  await client.end().catch(() => undefined);
}

test.each(await availableBackends())(
  "queue on %s: the database crashes again and again; no run is lost and none is executed twice",
  async (backend) => {
    await using studio = await startQueueStudio({
      backend,
      simulators: [{}, {}],
      config: { worker: { lockDurationMs: 1_000 } },
    });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 3 } });
    const { workflowId } = studio;
    const ids = await Promise.all([20, 40].map((ms) => studio.submit({ ms, tries: runs / 2 })));
    const executed = (): number => studio.simulators.reduce((sum, simulator) => sum + simulator.executions.length, 0);
    for (const share of [0.2, 0.5, 0.7]) {
      await studio.until("progress", () => executed() > runs * share);
      // A job that somebody was told of is there afterwards.
      const late = await studio.submit({ workflowId });
      ids.push(late);
      await crash();
      await studio.until("the database to be back with that job", () =>
        studio.deps.db.prisma.job.findUnique({ where: { id: late } }).then(
          (job) => job !== null,
          () => false,
        ),
      );
    }
    const left = () => studio.deps.db.prisma.job.count({ where: { status: { not: "SUCCEEDED" } } });
    await studio.until(
      "all jobs to succeed",
      () =>
        left().then(
          (count) => count === 0,
          () => false,
        ),
      60_000,
    );
    expect(await audit(studio)).toEqual(allWell);
  },
);
