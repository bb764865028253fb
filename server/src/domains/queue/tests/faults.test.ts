import type { SimulatorFaults } from "#platform/comfy/simulator/options.ts";
import { type QueueStudio, sleepGraph, startQueueStudio } from "#test/queue-studio.ts";

const worker = { attempts: 3 };
const machine = (studio: QueueStudio) => {
  const [simulator] = studio.simulators;
  if (!simulator) throw new Error("no simulator");
  return simulator;
};
/** Runs one job under faults from the start. */
async function runUnder(faults: SimulatorFaults, options: { ms?: number; config?: object; graph?: object } = {}) {
  const studio = await startQueueStudio({
    simulators: [{ faults }],
    config: { worker: { ...worker, ...options.config } },
  });
  const workflowId = options.graph ? await studio.workflow("Own", options.graph) : undefined;
  // A trial, so that it is the machine that refuses.
  const own = workflowId ? { workflowId, isTrial: true } : {};
  const id = await studio.submit({ ms: options.ms ?? 0, ...own });
  const job = await studio.untilEnded(id);
  return Object.assign(studio, { ended: job, run: job.runs[0], prompts: machine(studio).executions });
}

describe("a failure on the machine", () => {
  test("of a node is kept with node, class and message, and is not tried again", async () => {
    await using result = await runUnder({ failNode: { classType: "SimulatorOutput", message: "no more pixels" } });
    expect(result.run).toMatchObject({
      status: "FAILED",
      attempt: 1,
      error: {
        code: "EXECUTION_ERROR",
        message: expect.stringContaining("no more pixels"),
        nodeId: "2",
        nodeType: "SimulatorOutput",
      },
    });
    expect(result.prompts).toHaveLength(1);
  });

  test("for want of memory is tried again until the attempts are used up", async () => {
    await using result = await runUnder({ outOfMemory: { classType: "SimulatorSleep" } }, { config: { attempts: 2 } });
    expect(result.run).toMatchObject({ status: "FAILED", attempt: 2, error: { code: "OUT_OF_MEMORY", nodeId: "1" } });
    expect(result.prompts).toHaveLength(2);
  });

  test("for want of memory that passes ends well", async () => {
    await using result = await runUnder({ outOfMemory: { classType: "SimulatorSleep", times: 1 } });
    expect(result.run).toMatchObject({ status: "SUCCEEDED", attempt: 2, error: null });
  });

  test("three times in a row rests the machine", async () => {
    await using result = await runUnder({ outOfMemory: { classType: "SimulatorSleep" } }, { config: { attempts: 3 } });
    const [row] = await result.deps.db.prisma.machine.findMany();
    expect(row?.failureStreak).toBe(3);
    expect(row?.suspendedUntil?.getTime()).toBeGreaterThan(Date.now() + 20_000);
    const next = await result.submit();
    await result.deps.runQueue.dispatch();
    expect((await result.job(next)).status).toBe("PENDING");
  });

  test("holding characters that the database refuses is kept all the same", async () => {
    await using result = await runUnder({ failNode: { classType: "SimulatorSleep", message: "bad \0 byte \ud800" } });
    expect(result.run).toMatchObject({
      status: "FAILED",
      error: { code: "EXECUTION_ERROR", message: expect.stringContaining("bad \ufffd byte") },
    });
  });
});

describe("a refused graph", () => {
  test("is never tried again and says what is wrong", async () => {
    await using result = await runUnder(
      {},
      { graph: { ...sleepGraph(0), "1": { class_type: "SimulatorSleep", inputs: { ms: -5, seed: 1 } } } },
    );
    expect(result.run).toMatchObject({
      status: "FAILED",
      attempt: 1,
      error: { code: "VALIDATION_FAILED", nodeId: "1", nodeType: "SimulatorSleep" },
    });
    expect(machine(result).requests.get("POST /prompt")).toBe(1);
  });

  const half = {
    ...sleepGraph(0),
    "3": { class_type: "SimulatorSleep", inputs: { ms: -5, seed: 1 } },
    "4": { class_type: "SimulatorOutput", inputs: { token: ["3", 0], filename_prefix: "half" } },
  };
  test("in part fails the run", async () => {
    await using result = await runUnder({}, { graph: half });
    expect(result.run).toMatchObject({ status: "FAILED", error: { code: "PARTIAL_GRAPH", nodeId: "3" } });
  });

  test("in part gives what there is when the job allows it", async () => {
    await using studio = await startQueueStudio();
    const id = await studio.submit({ workflowId: await studio.workflow("Half", half), allowPartial: true });
    const job = await studio.untilEnded(id);
    expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ error: null }] });
    expect(job.runs[0]?.files).toHaveLength(1);
  });
});

describe("trouble on the line", () => {
  // Sockets that are cut: what they tell whole is never asked for.
  test.each<[string, SimulatorFaults, number]>([
    ["a lost reply to the post", { loseReply: { route: "/prompt", times: 1 } }, 1],
    ["a lost answer to a look", { loseReply: { route: "/jobs", times: 2 }, dropSocketsEvery: 1 }, 1],
    ["a malformed history", { malformedHistory: 3, dropSocketsEvery: 1 }, 1],
    ["a history that lags behind", { historyLagMs: 300, dropSocketsEvery: 1 }, 1],
    ["sockets that carry nothing", { silentSockets: true }, 1],
    ["sockets that are refused", { refuseSockets: true }, 1],
    ["sockets cut after every third message", { dropSocketsEvery: 3 }, 1],
    ["a 500 for a look", { httpError: { route: "/jobs", times: 2 }, dropSocketsEvery: 1 }, 1],
    ["a 500 for the file", { httpError: { route: "/view", times: 2 } }, 1],
    ["a 500 for the post", { httpError: { route: "/prompt", method: "POST", times: 1 } }, 2],
  ])("%s: the run is executed once and succeeds", async (_what, faults, attempt) => {
    await using studio = await startQueueStudio({ simulators: [{ faults }] });
    const job = await studio.untilEnded(await studio.submit({ ms: 20 }));
    expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt }] });
    expect(job.runs[0]?.files).toHaveLength(1);
    expect(machine(studio).executions).toHaveLength(1);
  });
});

test("errors without end use up the attempts and stay readable", async () => {
  await using result = await runUnder(
    { httpError: { route: "/prompt", method: "POST", times: 1_000 } },
    { config: { attempts: 2 } },
  );
  expect(result.run).toMatchObject({
    status: "FAILED",
    attempt: 2,
    error: { code: "MACHINE_ERROR", message: expect.stringContaining("500") },
  });
  expect(result.prompts).toHaveLength(0);
});

test("nonsense without end fails the run instead of holding it for ever", async () => {
  await using result = await runUnder({ malformedHistory: 1_000, dropSocketsEvery: 1 }, { config: { attempts: 1 } });
  expect(result.run).toMatchObject({
    status: "FAILED",
    error: { code: "MACHINE_ERROR", message: expect.stringContaining("malformed") },
  });
});

test("a run that takes too long is stopped and says so", async () => {
  await using result = await runUnder({ neverEnding: true }, { config: { runTimeoutSecs: 1 } });
  expect(result.run).toMatchObject({
    status: "FAILED",
    error: { code: "TIMEOUT", message: expect.stringContaining("1 s") },
  });
  await result.until("the prompt to be stopped", () => result.prompts[0]?.state === "interrupted");
});

test("an output that the machine deleted fails the run and says which", async () => {
  await using result = await runUnder({ httpError: { route: "/view", status: 404, times: 2 } });
  expect(result.run).toMatchObject({
    status: "FAILED",
    error: { code: "OUTPUT_MISSING", message: expect.stringContaining(".png") },
  });
});

test("a prompt that somebody else stops on the machine fails the run", async () => {
  await using studio = await startQueueStudio();
  const id = await studio.submit({ ms: 60_000 });
  await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
  await fetch(`${machine(studio).url}/interrupt`, { method: "POST" });
  expect(await studio.untilEnded(id)).toMatchObject({ status: "FAILED", runs: [{ error: { code: "INTERRUPTED" } }] });
});
