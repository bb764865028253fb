import { mkdir, rm, writeFile } from "node:fs/promises";
import { addMachine, removeMachine, updateMachine } from "#domains/machines/machines.service.ts";
import { cancelJob } from "#domains/queue/jobs.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { startSimulator } from "#platform/comfy/simulator/simulator.ts";
import { invertGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const executed = (studio: QueueStudio): number[] => studio.simulators.map((simulator) => simulator.executions.length);

test("two machines share the work", async () => {
  await using studio = await startQueueStudio({ simulators: [{}, {}] });
  const id = await studio.submit({ tries: 12, ms: 30 });
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  expect(Math.min(...executed(studio))).toBeGreaterThanOrEqual(3);
  expect(executed(studio).reduce((sum, count) => sum + count)).toBe(12);
});

test("a machine that ran the same workflow last is preferred", async () => {
  await using studio = await startQueueStudio({ simulators: [{}, {}] });
  const home = async (ms: number, machine: string): Promise<string> => {
    await studio.deps.db.prisma.machine.updateMany({ where: { name: { not: machine } }, data: { isPaused: true } });
    const job = await studio.untilEnded(await studio.submit({ ms }));
    await studio.deps.db.prisma.machine.updateMany({ data: { isPaused: false } });
    return job.runs[0]?.machine?.name ?? "";
  };
  expect([await home(1, "machine-1"), await home(2, "machine-2")]).toEqual(["machine-1", "machine-2"]);
  for (const [ms, name] of [
    [2, "machine-2"],
    [1, "machine-1"],
    [1, "machine-1"],
    [2, "machine-2"],
  ] as const) {
    const job = await studio.untilEnded(await studio.submit({ ms }));
    expect(job.runs[0]?.machine?.name).toBe(name);
  }
});

test("a machine takes only runs of its pools", async () => {
  await using studio = await startQueueStudio({ simulators: [{}, {}] });
  const [first, second] = await studio.deps.db.prisma.machine.findMany({ orderBy: { name: "asc" } });
  await updateMachine(studio.deps, second?.id ?? "", { pools: ["video"] });
  const video = await studio.untilEnded(await studio.submit({ pool: "video", tries: 3 }));
  const plain = await studio.untilEnded(await studio.submit({ tries: 3 }));
  expect(new Set(video.runs.map((run) => run.machineId))).toEqual(new Set([second?.id]));
  expect(new Set(plain.runs.map((run) => run.machineId))).toEqual(new Set([first?.id]));
  const nowhere = await studio.submit({ pool: "nobody" });
  await studio.deps.runQueue.dispatch();
  expect((await studio.job(nowhere)).status).toBe("PENDING");
});

test("an input is uploaded once to a machine, and again when its folder was emptied", async () => {
  await using studio = await startQueueStudio();
  const simulator = studio.simulators[0];
  const workflowId = await studio.workflow("Invert", invertGraph);
  const inputs = [{ assetId: encodeId("Asset", await studio.picture("in.png")) }];
  expect((await studio.untilEnded(await studio.submit({ workflowId, inputs, tries: 3 }))).status).toBe("SUCCEEDED");
  expect(simulator?.requests.get("POST /upload/image")).toBe(1);
  await rm(`${simulator?.dataDir}/input/callsheet`, { recursive: true });
  const job = await studio.untilEnded(await studio.submit({ workflowId, inputs }));
  expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt: 1, error: null }] });
  expect(simulator?.requests.get("POST /upload/image")).toBe(2);
});

test("half an upload that lies on the machine is replaced", async () => {
  await using studio = await startQueueStudio();
  const workflowId = await studio.workflow("Invert", invertGraph);
  const asset = await studio.picture("in.png");
  const { sha256 } = await studio.deps.db.prisma.asset.findUniqueOrThrow({ where: { id: asset } });
  await mkdir(`${studio.simulators[0]?.dataDir}/input/callsheet`, { recursive: true });
  await writeFile(`${studio.simulators[0]?.dataDir}/input/callsheet/${sha256}.png`, "half");
  const job = await studio.untilEnded(
    await studio.submit({ workflowId, inputs: [{ assetId: encodeId("Asset", asset) }] }),
  );
  expect(job.status).toBe("SUCCEEDED");
});

test("an input that is gone from storage fails the run and says which", async () => {
  await using studio = await startQueueStudio();
  const workflowId = await studio.workflow("Invert", invertGraph);
  const asset = await studio.picture("portrait.png");
  const { sha256 } = await studio.deps.db.prisma.asset.findUniqueOrThrow({ where: { id: asset } });
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const id = await studio.submit({ workflowId, inputs: [{ assetId: encodeId("Asset", asset) }] });
  await studio.deps.storage.delete(sha256);
  await studio.deps.db.prisma.queuePause.deleteMany();
  studio.deps.runQueue.wake();
  const job = await studio.untilEnded(id);
  expect(job).toMatchObject({
    status: "FAILED",
    runs: [{ error: { code: "INPUT_MISSING", message: expect.stringContaining("portrait.png") } }],
  });
});

test("removing a machine stops its prompts and gives its runs to others", async () => {
  await using studio = await startQueueStudio();
  const id = await studio.submit({ ms: 60_000 });
  const running = await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
  const machineId = running.runs[0]?.machineId ?? "";
  await studio.deps.runQueue.handBackFrom(machineId);
  await removeMachine(studio.deps, machineId);
  const pending = await studio.untilJob(id, (job) => job.status === "PENDING");
  expect(pending.runs[0]).toMatchObject({ attempt: 2, machineId: null, comfyPromptId: null });
  await studio.until("the prompt to be stopped", () => studio.simulators[0]?.executions[0]?.state === "interrupted");
  await using replacement = await startSimulator({ stepMs: 0, speed: 1_000 });
  await addMachine(studio.deps, { name: "replacement", url: replacement.url });
  await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING" && job.runs[0].machine?.name === "replacement");
});

test.each([
  ["CANCELING", "CANCELED"],
  ["COLLECTING", "FAILED"],
  ["RUNNING", "PENDING"],
] as const)("a run that is %s on a machine that is no more becomes %s", async (status, after) => {
  await using studio = await startQueueStudio({ roles: { worker: false }, simulators: [] });
  const id = await studio.submit();
  await studio.deps.db.pool.query(
    `UPDATE run SET status = $2::"RunStatus", comfy_prompt_id = gen_random_uuid(), posted_at = now() WHERE job_id = $1`,
    [id, status],
  );
  await studio.deps.db.pool.query(
    `UPDATE job SET pending = 0, ${status === "CANCELING" ? "canceling" : "active"} = 1 WHERE id = $1`,
    [id],
  );
  await using worker = await startQueueStudio({ beside: studio });
  await worker.untilJob(id, (job) => job.runs[0]?.status === after);
});

test("a run goes back to the only machine of its pool, also when it was lost with it before", async () => {
  await using studio = await startQueueStudio();
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const id = await studio.submit();
  await studio.deps.db.pool.query(
    `UPDATE run SET excluded_machine_ids = (SELECT array_agg(id) FROM machine) WHERE job_id = $1`,
    [id],
  );
  await studio.deps.db.prisma.queuePause.deleteMany();
  studio.deps.runQueue.wake();
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
});

test("runs go on at a machine's new address", async () => {
  await using studio = await startQueueStudio();
  await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 2 } });
  const [machine] = await studio.deps.db.prisma.machine.findMany();
  studio.simulators[0]?.setFault({ neverEnding: true });
  const id = await studio.submit();
  await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
  // The same machine by another name.
  await updateMachine(studio.deps, machine?.id ?? "", { url: (machine?.url ?? "").replace("127.0.0.1", "localhost") });
  const next = await studio.submit();
  studio.simulators[0]?.clearFaults();
  expect((await studio.untilEnded(id)).runs[0]).toMatchObject({ status: "SUCCEEDED", attempt: 1 });
  expect((await studio.untilEnded(next)).status).toBe("SUCCEEDED");
  expect(studio.simulators[0]?.executions).toHaveLength(2);
  expect(studio.simulators[0]?.socketCount).toBe(1);
});

test.each(["0.33", "0.8", "0.3"] as const)(
  "machines of version %s run prompts and stop exactly the one that is canceled",
  async (version) => {
    await using studio = await startQueueStudio({ simulators: [{ version }] });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 2 } });
    studio.simulators[0]?.setFault({ neverEnding: true });
    const ids = [await studio.submit(), await studio.submit({ ms: 60_000 }), await studio.submit()];
    await studio.untilJob(ids[0] as string, (job) => job.runs[0]?.status === "RUNNING");
    await studio.untilJob(ids[1] as string, (job) => job.runs[0]?.status === "SUBMITTED");
    await cancelJob(studio.deps, studio.admin, ids[1] as string, "NOW");
    studio.simulators[0]?.clearFaults();
    const jobs = await Promise.all(ids.map((id) => studio.untilEnded(id)));
    expect(jobs.map((job) => job.status)).toEqual(["SUCCEEDED", "CANCELED", "SUCCEEDED"]);
    const long = await studio.submit({ ms: 60_000 });
    await studio.untilJob(long, (job) => job.runs[0]?.status === "RUNNING");
    await cancelJob(studio.deps, studio.admin, long, "NOW");
    expect((await studio.untilEnded(long)).status).toBe("CANCELED");
  },
);
