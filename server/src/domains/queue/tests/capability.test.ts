import { refreshMachine } from "#domains/machines/machines.service.ts";
import type { SimulatorOptions } from "#platform/comfy/simulator/options.ts";
import { pictureGraph, type QueueStudio, sleepGraph, startQueueStudio } from "#test/queue-studio.ts";

const model = "simulator-landscape.safetensors";
const withModel = { ...pictureGraph, "1": { ...pictureGraph["1"], inputs: { ckpt_name: model } } };
const strict = (...lacks: string[]): SimulatorOptions => ({ acceptAnyModel: false, faults: { lacks } });

const simulatorOf = (studio: QueueStudio, index: number) => {
  const simulator = studio.simulators[index];
  if (!simulator) throw new Error("no such simulator");
  return simulator;
};
/** Prompts that were posted to each machine, taken or not. */
const posts = (studio: QueueStudio) => studio.simulators.map(({ requests }) => requests.get("POST /prompt") ?? 0);
/** Reads what all machines have, as the health watch has done after a while. */
async function readAll({ deps }: QueueStudio): Promise<void> {
  for (const { id } of await deps.db.prisma.machine.findMany()) await refreshMachine(deps, id);
}
const makeOld = ({ deps }: QueueStudio) =>
  deps.db.pool.query(`UPDATE machine_definitions SET read_at = read_at - interval '1 minute'`);
const has = async ({ deps }: QueueStudio, machine: string, text: string): Promise<boolean> => {
  const { rowCount } = await deps.db.pool.query(
    `SELECT 1 FROM machine_definitions d JOIN machine m ON m.id = d.machine_id
     WHERE m.name = $1 AND d.object_info::text LIKE '%' || $2 || '%'`,
    [machine, text],
  );
  return rowCount === 1;
};

test.each([
  ["node class", "EmptyLatentImage"],
  ["model", model],
])("a machine without a %s of a workflow gets none of its runs, and those of others", async (_what, lacking) => {
  await using studio = await startQueueStudio({ simulators: [strict(lacking), strict()] });
  await readAll(studio);
  const workflowId = await studio.workflow("Lantern", withModel);
  const job = await studio.untilEnded(await studio.submit({ workflowId, tries: 6 }));
  expect(job.status).toBe("SUCCEEDED");
  expect(posts(studio)).toEqual([0, 6]);
  await studio.untilEnded(await studio.submit({ tries: 6, ms: 30 }));
  expect(posts(studio)[0]).toBeGreaterThan(0);
});

test("a machine that refuses a workflow does so once, until what it has is read again", async () => {
  await using studio = await startQueueStudio({ simulators: [strict(), strict()] });
  await readAll(studio);
  simulatorOf(studio, 0).setFault({ lacks: [model] });
  const workflowId = await studio.workflow("Lantern", withModel);
  const submit = (tries: number) => studio.submit({ workflowId, tries }).then((id) => studio.untilEnded(id));
  const job = await submit(6);
  expect(job).toMatchObject({ status: "SUCCEEDED", succeeded: 6 });
  expect(new Set(job.runs.map((run) => [run.machine?.name, run.attempt].join()))).toEqual(new Set(["machine-2,1"]));
  await submit(4);
  expect(posts(studio)).toEqual([1, 10]);
  simulatorOf(studio, 0).clearFaults();
  await readAll(studio);
  await studio.deps.db.prisma.machine.updateMany({ where: { name: "machine-2" }, data: { isEnabled: false } });
  expect(await submit(2)).toMatchObject({ status: "SUCCEEDED" });
  expect(posts(studio)).toEqual([3, 10]);
});

test("a run that no machine can do fails and says what each of them lacks", async () => {
  await using studio = await startQueueStudio({ simulators: [strict(), strict()] });
  await readAll(studio);
  const workflowId = await studio.workflow("Lantern", withModel);
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const id = await studio.submit({ workflowId });
  simulatorOf(studio, 0).setFault({ lacks: [model] });
  simulatorOf(studio, 1).setFault({ lacks: ["EmptyLatentImage"] });
  await studio.deps.db.prisma.queuePause.deleteMany();
  studio.deps.runQueue.wake();
  const { runs } = await studio.untilEnded(id);
  expect(runs[0]).toMatchObject({ status: "FAILED", attempt: 1, error: { code: "VALIDATION_FAILED" } });
  expect(runs[0]?.error?.message).toMatch(/pool "default".*machine-1: .*landscape.*machine-2: .*EmptyLatentImage/s);
  expect(posts(studio)).toEqual([1, 1]);
});

test("a refusal for want of a model reads the lists of the machines again, and finds it where it has come", async () => {
  await using studio = await startQueueStudio({ simulators: [strict(), strict(model)] });
  await readAll(studio);
  const workflowId = await studio.workflow("Lantern", withModel);
  simulatorOf(studio, 0).setFault({ lacks: [model] });
  simulatorOf(studio, 1).clearFaults();
  await makeOld(studio);
  const job = await studio.untilEnded(await studio.submit({ workflowId }));
  expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ machine: { name: "machine-2" }, attempt: 1 }] });
  expect([await has(studio, "machine-1", model), await has(studio, "machine-2", model)]).toEqual([false, true]);
});

test("runs wait for the machine that can do them while it is away, and go nowhere else", async () => {
  await using studio = await startQueueStudio({ simulators: [strict("SimulatorSleep"), strict()] });
  await readAll(studio);
  await simulatorOf(studio, 1).stop();
  const isAway = async () =>
    !(await studio.deps.db.prisma.machine.findFirst({ where: { name: "machine-2" } }))?.isReachable;
  await studio.until("the outage to be noticed", isAway);
  const id = await studio.submit({ tries: 2 });
  await studio.deps.runQueue.dispatch();
  expect(await studio.job(id)).toMatchObject({ status: "PENDING", pending: 2 });
  await simulatorOf(studio, 1).start();
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  expect(posts(studio)).toEqual([0, 2]);
});

test("a machine that was started anew between two looks at its health is asked again what it has", async () => {
  await using studio = await startQueueStudio({
    simulators: [strict()],
    config: { worker: { healthIntervalMs: 1_500 } },
  });
  await readAll(studio);
  await studio.untilEnded(await studio.submit());
  expect(await has(studio, "machine-1", model)).toBe(true);
  simulatorOf(studio, 0).setFault({ lacks: [model] });
  await simulatorOf(studio, 0).restart();
  await studio.until("its lists to be read", async () => !(await has(studio, "machine-1", model)));
});

test("a machine does not idle behind many runs that only a busy one can do", async () => {
  await using studio = await startQueueStudio({ simulators: [strict("SimulatorSleep"), strict()] });
  await readAll(studio);
  const long = await studio.submit({ ms: 60_000, tries: 40 });
  await studio.untilJob(long, (job) => job.runs.some((run) => run.status === "RUNNING"));
  const workflowId = await studio.workflow("Lantern", withModel);
  const job = await studio.untilEnded(await studio.submit({ workflowId, tries: 2 }));
  expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ machine: { name: "machine-1" } }, {}] });
});

test("places are filled also when the first runs that wait fit on one machine only", async () => {
  await using studio = await startQueueStudio({
    roles: { worker: false },
    simulators: [strict("SimulatorSleep"), strict()],
  });
  await readAll(studio);
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  await studio.submit({ tries: 40 });
  const workflowId = await studio.workflow("Lantern", withModel);
  const other = await studio.submit({ workflowId });
  await studio.deps.db.prisma.queuePause.deleteMany();
  await studio.deps.runQueue.dispatch();
  expect((await studio.job(other)).runs[0]).toMatchObject({ status: "CLAIMED", machine: { name: "machine-1" } });
});

test("a pass costs the same statements for ten runs and for fifty, and none for what it has compared before", async () => {
  await using studio = await startQueueStudio({
    roles: { worker: false },
    simulators: [strict("SaveImage"), strict()],
  });
  await readAll(studio);
  const workflowId = await studio.workflow("Sleep", sleepGraph(5));
  await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 64 } });
  const count = async (tries: number): Promise<number> => {
    await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
    const id = await studio.submit({ workflowId, tries });
    await studio.deps.db.prisma.queuePause.deleteMany();
    studio.takeStatements();
    await studio.deps.runQueue.dispatch();
    const statements = studio.takeStatements().length;
    expect((await studio.job(id)).active).toBe(tries);
    return statements;
  };
  await count(1);
  const few = await count(10);
  expect(await count(50)).toBe(few);
  expect(few).toBeLessThan(12);
});
