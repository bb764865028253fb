import { retryJob, setJobPaused, setJobPriority, setQueuePaused } from "#domains/queue/jobs.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
beforeEach(async () => {
  studio = await startQueueStudio();
});
afterEach(() => studio[Symbol.asyncDispose]());

const retry = (id: string, options: { runIds?: string[]; newSeeds?: boolean } = {}) =>
  retryJob(studio.deps, studio.admin, id, { newSeeds: false, ...options });
const pause = (target: { pool?: string; machineId?: string } = {}) => setQueuePaused(studio.deps, target, true);
const resume = (target: { pool?: string; machineId?: string } = {}) => setQueuePaused(studio.deps, target, false);
/** The names of jobs in the order in which the machines began them. */
const executedJobs = async (): Promise<string[]> => {
  const runs = await studio.deps.db.prisma.run.findMany({ include: { job: true } });
  const names = new Map(runs.map((run) => [run.comfyPromptId, run.job.name]));
  return studio.simulators
    .flatMap((simulator) => [...simulator.executions])
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map((execution) => names.get(execution.promptId) ?? "?");
};

describe("retry", () => {
  test("brings failed runs back and counts the attempt; what succeeded stays", async () => {
    studio.simulators[0]?.setFault({ failNode: { classType: "SimulatorSleep", times: 1 } });
    const id = await studio.submit({ tries: 2 });
    const failed = await studio.untilEnded(id);
    expect(failed.status).toBe("PARTIAL");
    expect(failed.runs[0]).toMatchObject({
      status: "FAILED",
      attempt: 1,
      error: { code: "EXECUTION_ERROR", nodeId: "1", nodeType: "SimulatorSleep" },
    });
    expect(await retry(id)).toMatchObject({ retriedCount: 1 });
    const job = await studio.untilEnded(id);
    expect(job.status).toBe("SUCCEEDED");
    expect(job.runs.map((run) => [run.attempt, run.error, run.files.length])).toEqual([
      [2, null, 1],
      [1, null, 1],
    ]);
  });

  test("with new seeds writes them to run and graph alike", async () => {
    const workflowId = await studio.workflow("Picture", pictureGraph);
    studio.simulators[0]?.setFault({ failNode: { classType: "KSampler", times: 1 } });
    const id = await studio.submit({ workflowId, seedMode: "FIXED", seed: 5n });
    await studio.untilEnded(id);
    await retry(id, { newSeeds: true });
    const [run] = (await studio.untilEnded(id)).runs;
    expect(run?.status).toBe("SUCCEEDED");
    expect(run?.seed).not.toBe(5n);
    expect(BigInt(run?.graph["5"]?.inputs["seed"] as number)).toBe(run?.seed);
    const arrived = studio.simulators[0]?.executions.at(-1)?.graph as typeof pictureGraph;
    expect(BigInt(arrived["5"].inputs.seed)).toBe(run?.seed);
  });

  test("of named runs leaves the others, and refuses foreign and living ones", async () => {
    await pause();
    const id = await studio.submit({ tries: 2 });
    const other = await studio.submit();
    const [first, second] = (await studio.job(id)).runs;
    await studio.deps.db.pool.query(`UPDATE run SET status = 'CANCELED' WHERE job_id = $1`, [id]);
    await studio.deps.db.pool.query(`UPDATE job SET pending = 0, canceled = 2 WHERE id = $1`, [id]);
    await expect(retry(id, { runIds: [(await studio.job(other)).runs[0]?.id ?? ""] })).rejects.toMatchObject({
      kind: "ValidationError",
      path: ["runIds", "0"],
    });
    expect(await retry(id, { runIds: [first?.id ?? ""] })).toMatchObject({ retriedCount: 1 });
    expect((await studio.job(id)).runs.map((run) => run.status)).toEqual(["PENDING", "CANCELED"]);
    await expect(retry(id, { runIds: [first?.id ?? ""] })).rejects.toMatchObject({
      kind: "ConflictError",
      code: "RUN_NOT_RETRYABLE",
    });
    expect(second?.attempt).toBe(1);
  });
});

describe("pause", () => {
  test("of the queue claims nothing new, and what runs finishes", async () => {
    const [machine] = studio.simulators;
    machine?.setFault({ neverEnding: true });
    const id = await studio.submit({ tries: 3 });
    await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
    await pause();
    machine?.clearFaults();
    const job = await studio.untilJob(id, (state) => state.succeeded === 1);
    await studio.deps.runQueue.dispatch();
    expect(job.pending).toBe(2);
    expect(machine?.executions).toHaveLength(1);
    await resume();
    expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  });

  test.each(["pool", "machine"])("of a %s holds back its runs", async (what) => {
    const [machine] = await studio.deps.db.prisma.machine.findMany();
    const target = what === "pool" ? { pool: "default" } : { machineId: machine?.id ?? "" };
    await pause(target);
    const id = await studio.submit();
    await studio.deps.runQueue.dispatch();
    expect((await studio.job(id)).status).toBe("PENDING");
    await resume(target);
    expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  });

  test.each(["pool", "machine", "job"])("of a %s lets what runs finish and claims nothing more of it", async (what) => {
    const [machine] = await studio.deps.db.prisma.machine.findMany();
    studio.simulators[0]?.setFault({ neverEnding: true });
    const id = await studio.submit({ tries: 2 });
    await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
    const target = what === "pool" ? { pool: "default" } : { machineId: machine?.id ?? "" };
    const set = (isPaused: boolean) =>
      what === "job"
        ? setJobPaused(studio.deps, studio.admin, id, isPaused)
        : isPaused
          ? pause(target)
          : resume(target);
    await set(true);
    studio.simulators[0]?.clearFaults();
    await studio.untilJob(id, (job) => job.succeeded === 1 && job.active === 0);
    await studio.deps.runQueue.dispatch();
    expect(await studio.job(id)).toMatchObject({ succeeded: 1, pending: 1, active: 0 });
    await set(false);
    expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  });

  test("of a job shows it as PAUSED and lets others pass", async () => {
    await pause();
    const paused = await studio.submit();
    await setJobPaused(studio.deps, studio.admin, paused, true);
    const other = await studio.submit();
    await resume();
    await studio.untilEnded(other);
    expect((await studio.job(paused)).status).toBe("PAUSED");
    await setJobPaused(studio.deps, studio.admin, paused, false);
    expect((await studio.untilEnded(paused)).status).toBe("SUCCEEDED");
  });
});

describe("order", () => {
  test("is by priority, then by submission; a change of priority holds for what waits", async () => {
    await pause();
    const ids = [
      await studio.submit({ name: "first" }),
      await studio.submit({ name: "second" }),
      await studio.submit({ name: "urgent", priority: 10 }),
      await studio.submit({ name: "raised" }),
    ];
    await setJobPriority(studio.deps, studio.admin, ids[3] as string, 20);
    await resume();
    await Promise.all(ids.map((id) => studio.untilEnded(id)));
    expect(await executedJobs()).toEqual(["raised", "urgent", "first", "second"]);
  });

  test("is fair between people: two runs don't wait for another's forty", async () => {
    const [anna, ben] = [await studio.person("CREATOR"), await studio.person("CREATOR")];
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 2 } });
    await pause();
    const many = await studio.submit({ name: "anna", tries: 40 }, anna);
    const few = await studio.submit({ name: "ben", tries: 2 }, ben);
    await resume();
    await Promise.all([many, few].map((id) => studio.untilEnded(id)));
    const order = await executedJobs();
    expect(order.lastIndexOf("ben")).toBeLessThan(8);
  });

  test("passes runs that wait for their back-off: the machine does not idle", async () => {
    await pause();
    const waiting = await studio.submit({ tries: 30 });
    const ready = await studio.submit();
    await studio.deps.db.pool.query(`UPDATE run SET not_before = now() + interval '1 hour' WHERE job_id = $1`, [
      waiting,
    ]);
    await resume();
    expect((await studio.untilEnded(ready)).status).toBe("SUCCEEDED");
    expect((await studio.job(waiting)).pending).toBe(30);
  });
});

test("pauses and priorities through the API answer with the job as it is", async () => {
  studio.simulators[0]?.setFault({ neverEnding: true });
  const id = encodeId("Job", await studio.submit({ tries: 2 }));
  const paused = await studio.execute(
    `mutation ($id: ID!) { pauseJob(input: { id: $id }) { ... on PauseJobPayload { job { isPaused } } } }`,
    { id },
  );
  expect(paused.pauseJob.job.isPaused).toBe(true);
  const raised = await studio.execute(
    `mutation ($id: ID!) { setJobPriority(input: { id: $id, priority: 2000 }) { ... on Error { code path } } }`,
    { id },
  );
  expect(raised.setJobPriority).toEqual({ code: "VALIDATION", path: ["priority"] });
});
