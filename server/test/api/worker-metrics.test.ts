import { get } from "node:http";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { ProductProcess } from "#test/support/product-process.ts";

let studio: QueueStudio;
let worker: ProductProcess;
/** An API and a worker in a process of its own, which have nothing in common but the database and the files. */
beforeAll(async () => {
  studio = await startQueueStudio({ roles: { api: true, worker: false }, simulators: [{}, {}] });
  const { prisma } = studio.deps.db;
  await prisma.machine.updateMany({ where: { name: "machine-2" }, data: { isPaused: true } });
  worker = await ProductProcess.start(studio, "worker");
});
afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await studio[Symbol.asyncDispose]();
});

/** Samples of a scrape by name with labels. */
async function scrape(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    samples.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}
const linesOf = (runId: string | undefined) => worker.lines.filter((line) => line["runId"] === runId);

test("a worker by itself tells how long its runs waited, were executed and transferred, and why attempts failed", async () => {
  const broken = await studio.workflow("Broken", {
    "1": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: 1 } },
    "2": { class_type: "SimulatorFail", inputs: { message: "no film", token: ["1", 0] } },
    "3": { class_type: "SimulatorOutput", inputs: { token: ["2", 0], filename_prefix: "x" } },
  });
  const good = await studio.submit({ tries: 3, ms: 120 });
  const bad = await studio.submit({ workflowId: broken });
  expect([(await studio.untilEnded(good)).status, (await studio.untilEnded(bad)).status]).toEqual([
    "SUCCEEDED",
    "FAILED",
  ]);
  // A run is over a moment before its transfer is counted.
  await worker.untilLine(({ event }) => event === "FAILED");
  const samples = await scrape(worker.url);
  expect(Object.fromEntries(samples)).toMatchObject({
    'callsheet_runs_ended_total{pool="default",status="SUCCEEDED"}': 3,
    'callsheet_runs_ended_total{pool="default",status="FAILED"}': 1,
    'callsheet_run_failures_total{code="EXECUTION_ERROR",final="true"}': 1,
    'callsheet_run_wait_seconds_count{pool="default"}': 4,
    'callsheet_run_execution_seconds_count{pool="default"}': 3,
    'callsheet_run_transfer_seconds_count{pool="default"}': 3,
  });
  expect(samples.get('callsheet_run_execution_seconds_sum{pool="default"}')).toBeGreaterThan(0.3);
  expect(samples.get('callsheet_run_execution_seconds_bucket{le="0.1",pool="default"}')).toBe(0);
  // Runs after the first waited for its 120 ms.
  expect(samples.get('callsheet_run_wait_seconds_sum{pool="default"}')).toBeGreaterThan(0.3);
  expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
});

test("a page elsewhere whose name leads to the worker reads nothing of it", async () => {
  const statusFor = (host: string) =>
    new Promise((resolve, reject) => {
      const request = get(`${worker.url}/metrics`, { headers: { host } }, (answer) =>
        resolve(answer.resume().statusCode),
      );
      request.once("error", reject);
    });
  expect(await statusFor("worker-1:9464")).toBe(200);
  expect(await statusFor("worker.attacker.example")).toBe(403);
});

test("the API tells of the queue, the machines and the workers, which are other processes", async () => {
  await studio.submit({ tries: 4, pool: "night" });
  const samples = Object.fromEntries(await scrape(studio.url));
  expect(samples).toMatchObject({
    'callsheet_queue_runs{pool="night",state="pending"}': 4,
    'callsheet_machine_state{machine="machine-1",state="ready"}': 1,
    'callsheet_machine_state{machine="machine-2",state="paused"}': 1,
    'callsheet_machine_state{machine="machine-2",state="ready"}': 0,
    'callsheet_machine_places{machine="machine-1",kind="held"}': 0,
    'callsheet_workers{state="alive"}': 1,
  });
  // What the worker knows itself is not counted twice.
  expect(Object.keys(samples).filter((name) => name.startsWith("callsheet_run_wait_seconds_count"))).toEqual([]);
});

test("every line of a worker's log is JSON; those of a run tell its steps with the ids to put them together", async () => {
  const id = await studio.submit();
  const [run] = (await studio.untilEnded(id)).runs;
  await worker.untilLine((line) => line["runId"] === run?.id && line.event === "SUCCEEDED");
  expect(linesOf(run?.id).map(({ event }) => event)).toEqual(
    expect.arrayContaining(["TAKEN", "ACCEPTED", "EXECUTED", "SUCCEEDED"]),
  );
  for (const line of linesOf(run?.id))
    expect(line).toMatchObject({ jobId: id, attempt: 1, promptId: run?.comfyPromptId, msg: expect.any(String) });
  for (const { time } of worker.lines) expect(Date.parse(time)).not.toBeNaN();
});

test("it tells of machines that go and come back, and of one that is suspended", async () => {
  const [simulator] = studio.simulators;
  const { id: machineId } = await studio.deps.db.prisma.machine.findUniqueOrThrow({ where: { name: "machine-1" } });
  await simulator?.stop();
  await worker.untilLine(({ event, ...line }) => event === "MACHINE_UNREACHABLE" && line["machineId"] === machineId);
  await simulator?.start();
  await worker.untilLine(({ event, ...line }) => event === "MACHINE_REACHABLE" && line["machineId"] === machineId);
  simulator?.setFault({ outOfMemory: { classType: "SimulatorSleep" } });
  const job = await studio.untilEnded(await studio.submit());
  expect(job.runs[0]?.error?.code).toBe("OUT_OF_MEMORY");
  expect(await worker.untilLine(({ event }) => event === "MACHINE_SUSPENDED")).toMatchObject({
    machine: "machine-1",
    failures: 3,
    code: "OUT_OF_MEMORY",
  });
  expect(Object.fromEntries(await scrape(studio.url))).toMatchObject({
    'callsheet_machine_state{machine="machine-1",state="suspended"}': 1,
  });
  expect((await scrape(worker.url)).get('callsheet_run_failures_total{code="OUT_OF_MEMORY",final="false"}')).toBe(2);
});

test("at SIGTERM it says that it takes nothing more, lets go, and ends with 0", async () => {
  const started = await worker.untilLine(({ event }) => event === "WORKER_STARTED");
  expect(await worker.stop()).toBe(0);
  const { workerId } = started;
  for (const event of ["WORKER_STOPPING", "WORKER_STOPPED"])
    expect(worker.lines.filter((line) => line.event === event)).toEqual([expect.objectContaining({ workerId })]);
  expect(await studio.deps.db.prisma.worker.count()).toBe(0);
});
