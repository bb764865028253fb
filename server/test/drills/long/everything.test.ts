import { AppProcess } from "#test/drills/app-process.ts";
import { allWell, audit } from "#test/drills/audit.ts";
import { startQueueStudio } from "#test/queue-studio.ts";
import { availableBackends, forgetRedisKeys } from "#test/support/redis.ts";

/** `npm run drills` asks for 1,000. */
const runs = Math.max(100, Math.round(Number(process.env["DRILL_RUNS"] ?? 100) / 100) * 100);
const blows = Math.max(8, runs / 50);

test.each(await availableBackends())(
  "on %s: servers, machines, sockets and the queue's store are struck at random; nothing is lost, stuck or doubled",
  async (backend) => {
    await using studio = await startQueueStudio({
      backend,
      roles: { worker: false },
      simulators: [{}, {}, {}, {}],
      // A machine that forgets costs its runs an attempt; here it happens again and again.
      config: { worker: { lockDurationMs: 1_000, healthIntervalMs: 1_000, attempts: 20 } },
    });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 2 } });
    await using first = new AppProcess(studio, { api: true, worker: true });
    await using second = new AppProcess(studio, { api: true, worker: true });
    await Promise.all([first.start(), second.start()]);
    const ids = await Promise.all(
      Array.from({ length: runs / 100 }, (_, index) => studio.submit({ ms: 150 + (index % 4) * 50, tries: 100 })),
    );
    const succeeded = () => studio.deps.db.prisma.run.count({ where: { status: "SUCCEEDED" } });
    const waiting = () => studio.deps.db.prisma.run.count({ where: { status: "PENDING" } });
    const anyMachine = () => studio.simulators[Math.floor(Math.random() * 4)];
    const strikes = [
      async () => {
        const victim = Math.random() < 0.5 ? first : second;
        await victim.kill();
        await victim.start();
      },
      () => anyMachine()?.restart(),
      async () => {
        const machine = anyMachine();
        await machine?.stop();
        const before = await succeeded();
        const goesOn = async () => (await succeeded()) > before || (await waiting()) === 0;
        await studio.until("others to go on while something waits", goesOn);
        await machine?.start();
      },
      () => studio.simulators.forEach((machine) => machine.dropSockets()),
      () =>
        backend === "redis" ? forgetRedisKeys(studio.config.redisUrl ?? "", studio.config.redisPrefix) : undefined,
    ];
    for (let blow = 1; blow <= blows; blow += 1) {
      // Work is left when the last one falls.
      await studio.until("progress", async () => (await succeeded()) >= ((blow - 1) * runs) / (blows + 2), 120_000);
      await strikes[blow % strikes.length]?.();
    }
    for (const id of ids) await studio.untilEnded(id, 120_000);
    // What a machine had executed and forgot before it was asked has to run again; its result is one all the same.
    expect(await audit(studio)).toEqual({ ...allWell, executedTwice: expect.any(Array) });
    expect(await studio.deps.db.prisma.run.groupBy({ by: ["status"], _count: true })).toEqual([
      { status: "SUCCEEDED", _count: runs },
    ]);
    expect(first.kills + second.kills).toBeGreaterThan(0);
  },
  300_000 + runs * 500,
);
