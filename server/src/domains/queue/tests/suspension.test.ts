import { updateMachine } from "#domains/machines/machines.service.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const machineOf = ({ deps }: QueueStudio) => deps.db.prisma.machine.findFirstOrThrow({ where: { name: "machine-1" } });
const outOfMemory = { outOfMemory: { classType: "SimulatorSleep" } };
/** As after so many failures in a row, with a rest that ends then. */
const rest = ({ deps }: QueueStudio, failureStreak: number, untilMs: number) =>
  deps.db.prisma.machine.updateMany({
    where: { name: "machine-1" },
    data: { failureStreak, suspendedUntil: new Date(Date.now() + untilMs) },
  });

test("two failures in a row are none too many, and a success begins the count anew", async () => {
  await using studio = await startQueueStudio({ config: { worker: { attempts: 1 } } });
  const [simulator] = studio.simulators;
  for (const round of [1, 2]) {
    simulator?.setFault({ outOfMemory: { classType: "SimulatorSleep", times: 2 } });
    const failed = await studio.untilEnded(await studio.submit({ tries: 2 }));
    expect([round, failed.status]).toEqual([round, "FAILED"]);
    expect(await machineOf(studio)).toMatchObject({ failureStreak: 2, suspendedUntil: null });
    expect((await studio.untilEnded(await studio.submit())).status).toBe("SUCCEEDED");
    expect(await machineOf(studio)).toMatchObject({ failureStreak: 0, suspendedUntil: null });
  }
});

test("a failed try after a rest makes the next one longer", async () => {
  await using studio = await startQueueStudio({
    config: { worker: { attempts: 1 } },
    simulators: [{ faults: outOfMemory }],
  });
  const rests: number[] = [];
  for (const failuresBefore of [2, 3, 4]) {
    await rest(studio, failuresBefore, -1_000);
    const begun = Date.now();
    expect((await studio.untilEnded(await studio.submit())).status).toBe("FAILED");
    const { failureStreak, suspendedUntil } = await machineOf(studio);
    expect(failureStreak).toBe(failuresBefore + 1);
    rests.push(((suspendedUntil?.getTime() ?? 0) - begun) / 30_000);
  }
  expect(rests.map(Math.floor)).toEqual([1, 2, 4]);
});

test("a machine that rests is tried by itself when its rest is over", async () => {
  await using studio = await startQueueStudio();
  await rest(studio, 3, 4_000);
  const id = await studio.submit();
  await studio.deps.runQueue.dispatch();
  expect((await studio.job(id)).status).toBe("PENDING");
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  expect(await machineOf(studio)).toMatchObject({ failureStreak: 0 });
});

test("it is tried with one run, and has all its places again when that has succeeded", async () => {
  await using studio = await startQueueStudio({ roles: { worker: false } });
  await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 4 } });
  await rest(studio, 3, -1_000);
  const id = await studio.submit({ tries: 9, ms: 400 });
  await studio.deps.runQueue.dispatch();
  expect((await studio.job(id)).active).toBe(1);
  await using _worker = await startQueueStudio({ beside: studio });
  await studio.untilJob(id, (job) => job.active === 4);
});

test("runs go to other machines while one rests; enabling it ends its rest", async () => {
  await using studio = await startQueueStudio({ simulators: [{}, {}] });
  await rest(studio, 3, 60_000);
  const job = await studio.untilEnded(await studio.submit({ tries: 4, ms: 20 }));
  expect(new Set(job.runs.map((run) => run.machine?.name))).toEqual(new Set(["machine-2"]));
  await studio.deps.db.prisma.machine.updateMany({ where: { name: "machine-2" }, data: { isPaused: true } });
  await updateMachine(studio.deps, (await machineOf(studio)).id, { isEnabled: true });
  const next = await studio.untilEnded(await studio.submit());
  expect(next.runs[0]?.machine?.name).toBe("machine-1");
});
