import { cancelJob, retryJob } from "#domains/queue/jobs.service.ts";
import { allWell, audit } from "#test/drills/audit.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { availableBackends, forgetRedisKeys } from "#test/support/redis.ts";

const runs = Math.min(Math.round(Number(process.env["DRILL_RUNS"] ?? 300) / 3), 100);
const backends = await availableBackends();
const succeeded = (studio: QueueStudio): Promise<number> =>
  studio.deps.db.prisma.run.count({ where: { status: "SUCCEEDED" } });

test.each(backends)(
  "on %s: sockets drop at random and a machine goes away for some seconds; every run succeeds once",
  async (backend) => {
    await using studio = await startQueueStudio({ backend, simulators: [{}, {}] });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 4 } });
    const [first, second] = studio.simulators;
    first?.setFault({ dropSocketsEvery: 23 });
    const id = await studio.submit({ tries: runs, ms: 30 });
    await studio.until("a beginning", async () => (await succeeded(studio)) > runs / 10);
    await second?.stop();
    await studio.until("half of the runs", async () => (await succeeded(studio)) > runs / 2);
    await second?.start();
    first?.dropSockets();
    const job = await studio.untilEnded(id);
    expect(job).toMatchObject({ status: "SUCCEEDED", succeeded: runs });
    // An outage is no failure; only a post that was cut in the middle, and had not arrived, is made again.
    expect(Math.max(...job.runs.map((run) => run.attempt))).toBeLessThanOrEqual(2);
    expect(await audit(studio)).toEqual(allWell);
  },
);

test.each(backends)("on %s: machines that restart and forget lose no run", async (backend) => {
  await using studio = await startQueueStudio({
    backend,
    simulators: [{}, {}],
    config: { worker: { attempts: 20 } },
  });
  await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 4 } });
  const id = await studio.submit({ tries: runs, ms: 20 });
  for (const share of [0.2, 0.4, 0.6]) {
    await studio.until("progress", async () => (await succeeded(studio)) > runs * share);
    await studio.simulators[share === 0.4 ? 1 : 0]?.restart();
  }
  expect(await studio.untilEnded(id)).toMatchObject({ status: "SUCCEEDED", succeeded: runs });
  // What was over when its machine forgot it had to run again.
  expect(await audit(studio)).toEqual({ ...allWell, executedTwice: expect.any(Array) });
});

test.each(backends)("on %s: storms of cancels and retries over several jobs end in final states", async (backend) => {
  await using studio = await startQueueStudio({ backend, simulators: [{}, {}] });
  await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 4 } });
  const ids = await Promise.all([5, 10, 15].map((ms) => studio.submit({ tries: 10, ms })));
  for (let round = 0; round < 20; round += 1) {
    await Promise.all(
      ids.flatMap((id) => [
        cancelJob(studio.deps, studio.admin, id, "NOW"),
        retryJob(studio.deps, studio.admin, id, { newSeeds: round % 2 === 0 }),
        cancelJob(studio.deps, studio.admin, id, "AFTER_CURRENT"),
      ]),
    );
  }
  await Promise.all(ids.map((id) => retryJob(studio.deps, studio.admin, id, { newSeeds: false })));
  await Promise.all(ids.map((id) => studio.untilEnded(id)));
  expect(await audit(studio)).toEqual(allWell);
});

(backends.includes("redis") ? test : test.skip)(
  "Redis is flushed again and again; no run is lost and none is executed twice",
  async () => {
    await using studio = await startQueueStudio({
      backend: "redis",
      simulators: [{}, {}],
      config: { worker: { lockDurationMs: 1_000 } },
    });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 4 } });
    const id = await studio.submit({ tries: runs, ms: 30 });
    for (const share of [0.1, 0.3, 0.5, 0.7]) {
      await studio.until("progress", async () => (await succeeded(studio)) > runs * share);
      await forgetRedisKeys(studio.config.redisUrl ?? "", studio.config.redisPrefix);
    }
    expect(await studio.untilEnded(id)).toMatchObject({ status: "SUCCEEDED", succeeded: runs });
    expect(await audit(studio)).toEqual(allWell);
  },
);
