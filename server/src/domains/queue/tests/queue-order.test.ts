import { updateMachine } from "#domains/machines/machines.service.ts";
import { clearQueue } from "#domains/queue/clear-queue.service.ts";
import { drainMachine } from "#domains/queue/drain-machine.service.ts";
import { reorderJob } from "#domains/queue/reorder-job.service.ts";
import { applyStartMode } from "#app/start/start-mode.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const pauseAll = ({ deps }: QueueStudio, isPaused = true) => deps.db.prisma.machine.updateMany({ data: { isPaused } });
/** Names of jobs in the order in which their first runs were claimed. */
const orderOf = async ({ deps }: QueueStudio): Promise<string[]> =>
  (await deps.db.prisma.job.findMany({ orderBy: { startedAt: "asc" } })).map((job) => job.name);

test("a job that waits goes before another one or behind all, and the others keep their order", async () => {
  await using studio = await startQueueStudio();
  await pauseAll(studio);
  const ids: Record<string, string> = {};
  for (const name of ["a", "b", "c", "d"]) ids[name] = await studio.submit({ name, tries: 2 });
  await reorderJob(studio.deps, studio.admin, ids["c"] ?? "", ids["a"]);
  await reorderJob(studio.deps, studio.admin, ids["b"] ?? "", undefined);
  await reorderJob(studio.deps, studio.admin, ids["a"] ?? "", ids["b"]);
  await reorderJob(studio.deps, studio.admin, ids["a"] ?? "", ids["b"]);
  await pauseAll(studio, false);
  await studio.deps.runQueue.dispatch();
  await Promise.all(Object.values(ids).map((id) => studio.untilEnded(id)));
  expect(await orderOf(studio)).toEqual(["c", "d", "a", "b"]);
});

test("a job does not go before one of another priority, nor when nothing of it waits", async () => {
  await using studio = await startQueueStudio();
  const ended = await studio.submit();
  await studio.untilEnded(ended);
  await pauseAll(studio);
  const [low, high] = [await studio.submit(), await studio.submit({ priority: 5 })];
  await expect(reorderJob(studio.deps, studio.admin, low, high)).rejects.toThrow("another pool or priority");
  await expect(reorderJob(studio.deps, studio.admin, low, ended)).rejects.toThrow("waits any more");
  await expect(reorderJob(studio.deps, studio.admin, ended, low)).rejects.toThrow("waits any more");
  await expect(reorderJob(studio.deps, studio.admin, low, low)).rejects.toThrow("before itself");
});

test("the queue is cleared when it is what the caller saw; runs in hand finish", async () => {
  await using studio = await startQueueStudio();
  studio.simulators[0]?.setFault({ neverEnding: true });
  const running = await studio.submit({ tries: 3 });
  await studio.untilJob(running, (job) => job.runs[0]?.status === "RUNNING");
  const other = await studio.submit({ pool: "video", tries: 4 });
  await expect(clearQueue(studio.deps, studio.admin, { expectedCount: 2 })).rejects.toMatchObject({
    code: "QUEUE_CHANGED",
    message: "6 runs wait, not 2; look again before you clear",
  });
  expect(await clearQueue(studio.deps, studio.admin, { expectedCount: 2, pool: "default" })).toEqual({
    canceledCount: 2,
  });
  expect(await clearQueue(studio.deps, studio.admin, { expectedCount: 4 })).toEqual({ canceledCount: 4 });
  studio.simulators[0]?.clearFaults();
  expect(await studio.untilEnded(running)).toMatchObject({ status: "PARTIAL", succeeded: 1, canceled: 2 });
  expect(await studio.job(other)).toMatchObject({ status: "CANCELED", canceled: 4 });
  expect(await clearQueue(studio.deps, studio.admin, { expectedCount: 0 })).toEqual({ canceledCount: 0 });
});

test("a machine that is drained finishes what it has, gets nothing more and is disabled", async () => {
  await using studio = await startQueueStudio();
  studio.simulators[0]?.setFault({ neverEnding: true });
  const id = await studio.submit({ tries: 3 });
  await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
  const [machine] = await studio.deps.db.prisma.machine.findMany();
  const drained = await drainMachine(studio.deps, machine?.id ?? "");
  expect(drained).toMatchObject({ isEnabled: true, isDraining: true });
  studio.simulators[0]?.clearFaults();
  const read = () => studio.deps.db.prisma.machine.findFirst();
  await studio.until("the machine to be disabled", async () => (await read())?.isEnabled === false);
  expect(await studio.job(id)).toMatchObject({ status: "PENDING", succeeded: 1, pending: 2 });
  await updateMachine(studio.deps, machine?.id ?? "", { isEnabled: true });
  expect(await read()).toMatchObject({ isEnabled: true, isDraining: false });
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  expect(await drainMachine(studio.deps, machine?.id ?? "")).toMatchObject({ isEnabled: false, isDraining: false });
});

test("what waits goes to other machines while one drains or is disabled, and what that one has in hand finishes there", async () => {
  await using studio = await startQueueStudio({ simulators: [{}, {}] });
  const machines = await studio.deps.db.prisma.machine.findMany({ orderBy: { name: "asc" } });
  const [first = "", second = ""] = machines.map(({ id }) => id);
  for (const takeOut of [
    (id: string) => drainMachine(studio.deps, id),
    (id: string) => updateMachine(studio.deps, id, { isEnabled: false }),
  ]) {
    // Also ends a drain that has not noticed yet that there is nothing left.
    await updateMachine(studio.deps, first, { isEnabled: true });
    await updateMachine(studio.deps, second, { isEnabled: false });
    for (const simulator of studio.simulators) simulator.setFault({ neverEnding: true });
    const job = await studio.submit({ tries: 4 });
    await studio.untilJob(job, ({ runs }) => runs[0]?.status === "RUNNING");
    await updateMachine(studio.deps, second, { isEnabled: true });
    await takeOut(first);
    for (const simulator of studio.simulators) simulator.clearFaults();
    const { status, runs } = await studio.untilEnded(job);
    expect([status, ...runs.map((run) => [run.machine?.name, run.attempt].join())]).toEqual([
      "SUCCEEDED",
      "machine-1,1",
      "machine-2,1",
      "machine-2,1",
      "machine-2,1",
    ]);
  }
});

test("a run that one machine can't do for want of a file goes to another, and fails when none can", async () => {
  await using studio = await startQueueStudio({ simulators: [{ acceptAnyModel: false }, { acceptAnyModel: true }] });
  const workflowId = await studio.workflow("Lantern", pictureGraph);
  const job = await studio.untilEnded(await studio.submit({ workflowId, tries: 4 }));
  expect(job.status).toBe("SUCCEEDED");
  expect(new Set(job.runs.map((run) => run.machine?.name))).toEqual(new Set(["machine-2"]));
  expect(new Set(job.runs.map((run) => run.attempt))).toEqual(new Set([1]));
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const late = await studio.submit({ workflowId });
  await studio.deps.db.prisma.machine.updateMany({ where: { name: "machine-2" }, data: { isEnabled: false } });
  await studio.deps.db.prisma.queuePause.deleteMany();
  studio.deps.runQueue.wake();
  const failed = await studio.untilEnded(late);
  expect(failed.runs[0]).toMatchObject({
    status: "FAILED",
    error: {
      code: "VALIDATION_FAILED",
      nodeId: "1",
      message: expect.stringMatching(/^machine-1 .*studio\.safetensors/),
    },
  });
});

test("at the start the queue is as it was left, unless the configuration says otherwise", async () => {
  await using studio = await startQueueStudio();
  const isPaused = async () => (await studio.deps.db.prisma.queuePause.count({ where: { scope: "queue" } })) > 0;
  const startAs = (startMode: "last" | "run" | "paused") =>
    applyStartMode({ ...studio.deps, config: { ...studio.config, startMode } });
  await startAs("paused");
  expect(await isPaused()).toBe(true);
  await startAs("last");
  expect(await isPaused()).toBe(true);
  await startAs("run");
  expect(await isPaused()).toBe(false);
});
