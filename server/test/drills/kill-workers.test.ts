import { AppProcess } from "#test/drills/app-process.ts";
import { allWell, audit } from "#test/drills/audit.ts";
import { startQueueStudio } from "#test/queue-studio.ts";
import { availableBackends } from "#test/support/redis.ts";

/** A multiple of four. */
const runs = Number(process.env["DRILL_RUNS"] ?? 300);
const kills = Math.max(10, Math.round(runs / 100));

test.each(await availableBackends())(
  "on %s: workers are killed -9 again and again; every run succeeds, and none is executed twice",
  async (backend) => {
    await using studio = await startQueueStudio({
      backend,
      roles: { worker: false },
      simulators: [{}, {}, {}],
      config: { worker: { lockDurationMs: 1_000, healthIntervalMs: 1_000 } },
    });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 2 } });
    await using first = new AppProcess(studio, { worker: true });
    await using second = new AppProcess(studio, { worker: true });
    await Promise.all([first.start(), second.start()]);
    const durations = [20, 30, 40, 50];
    const jobs = await Promise.all(
      durations.flatMap((ms) => chunks(runs / durations.length).map((tries) => studio.submit({ ms, tries }))),
    );
    const ended = async (): Promise<number> => studio.deps.db.prisma.run.count({ where: { status: "SUCCEEDED" } });
    for (let kill = 1; kill <= kills; kill += 1) {
      await studio.until(
        "progress",
        async () => (await ended()) >= (kill * runs) / (kills + 1) - Math.random() * 10,
        60_000,
      );
      const victim = Math.random() < 0.5 ? first : second;
      await victim.kill();
      await victim.start();
    }
    await Promise.all(jobs.map((id) => studio.untilEnded(id)));
    expect(await audit(studio)).toEqual(allWell);
    const statuses = await studio.deps.db.prisma.run.groupBy({ by: ["status"], _count: true });
    expect(statuses).toEqual([{ status: "SUCCEEDED", _count: runs }]);
    expect(first.kills + second.kills).toBe(kills);
  },
  300_000 + runs * 100,
);

/** At most a hundred tries make a job. */
function chunks(count: number): number[] {
  return count <= 100 ? [count] : [100, ...chunks(count - 100)];
}
