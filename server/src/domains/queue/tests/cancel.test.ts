import { randomUUID } from "node:crypto";
import { cancelJob, retryJob } from "#domains/queue/jobs.service.ts";
import { sleepGraph, TestMachine } from "#platform/comfy/testing.ts";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { availableBackends } from "#test/support/redis.ts";

const minute = 60_000;
const cancel = (studio: QueueStudio, id: string, mode: "NOW" | "AFTER_CURRENT" = "NOW") =>
  cancelJob(studio.deps, studio.admin, id, mode);

describe.each(await availableBackends())("cancel on %s", (backend) => {
  let studio: QueueStudio;
  beforeAll(async () => {
    studio = await startQueueStudio({ backend });
  });
  afterAll(() => studio[Symbol.asyncDispose]());

  test("ends pending runs at once and stops the running one", async () => {
    const id = await studio.submit({ tries: 3, ms: minute });
    await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
    const answer = await cancel(studio, id);
    expect(answer).toMatchObject({ canceledCount: 2, cancelingCount: 1, alreadyEndedCount: 0 });
    const job = await studio.untilEnded(id);
    expect(job.status).toBe("CANCELED");
    expect(studio.simulators[0]?.executions.at(-1)?.state).toBe("interrupted");
    expect(await cancel(studio, id)).toMatchObject({
      canceledCount: 0,
      cancelingCount: 0,
      alreadyEndedCount: 3,
      job: { status: "CANCELED" },
    });
  });

  test("after the current one lets the running run finish", async () => {
    studio.simulators[0]?.setFault({ neverEnding: true });
    const id = await studio.submit({ tries: 3 });
    await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
    expect(await cancel(studio, id, "AFTER_CURRENT")).toMatchObject({ canceledCount: 2, cancelingCount: 0 });
    studio.simulators[0]?.clearFaults();
    const job = await studio.untilEnded(id);
    expect(job.runs.map((run) => run.status)).toEqual(["SUCCEEDED", "CANCELED", "CANCELED"]);
    expect(job.status).toBe("PARTIAL");
  });

  test("removes a prompt that waits in the machine's own queue, and hits nobody else's", async () => {
    await using other = new TestMachine({ baseUrl: studio.simulators[0]?.url ?? "" });
    studio.simulators[0]?.setFault({ neverEnding: true });
    const theirs = await other.submit(sleepGraph(0));
    const alsoTheirs = await other.submit(sleepGraph(0));
    const id = await studio.submit({ ms: minute });
    await studio.untilJob(id, (job) => job.runs[0]?.status === "SUBMITTED");
    await cancel(studio, id);
    expect((await studio.untilEnded(id)).status).toBe("CANCELED");
    studio.simulators[0]?.clearFaults();
    expect(await other.follow(theirs)).toMatchObject({ state: "succeeded" });
    expect(await other.follow(alsoTheirs)).toMatchObject({ state: "succeeded" });
  });

  test("of a run whose prompt is on its way to the machine holds", async () => {
    const id = await studio.submit({ ms: minute });
    await studio.untilJob(id, (job) => job.runs[0]?.status !== "PENDING");
    await cancel(studio, id);
    expect((await studio.untilEnded(id)).status).toBe("CANCELED");
  });

  test("that comes after the prompt's end keeps the result", async () => {
    const simulator = studio.simulators[0];
    // What the socket tells would settle it at once.
    simulator?.setFault({ historyLagMs: 400, dropSocketsEvery: 1 });
    const id = await studio.submit();
    await studio.until(
      "the execution",
      () => simulator?.executions.at(-1)?.promptId !== undefined && simulator.executions.at(-1)?.state === "running",
    );
    await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING" || job.runs[0]?.status === "SUBMITTED");
    await cancel(studio, id);
    const job = await studio.untilEnded(id);
    simulator?.clearFaults();
    // Whichever came first, the machine and we agree.
    const state = simulator?.executions.at(-1)?.state;
    expect(job.status).toBe(state === "succeeded" ? "SUCCEEDED" : "CANCELED");
    expect(job.runs[0]?.outputs).toHaveLength(state === "succeeded" ? 1 : 0);
  });

  test("a hundred times at once, among retries, ends in one consistent state", async () => {
    const id = await studio.submit({ tries: 4, ms: 20 });
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        n % 3 === 2 ? retryJob(studio.deps, studio.admin, id, { newSeeds: false }) : cancel(studio, id),
      ),
    );
    await cancel(studio, id);
    const job = await studio.untilEnded(id);
    expect(job.succeeded + job.canceled).toBe(4);
    expect(job.failed).toBe(0);
  });
});

test("a cancel while the inputs are uploaded ends the run without posting it", async () => {
  await using studio = await startQueueStudio();
  const simulator = studio.simulators[0];
  const workflowId = await studio.workflow("Invert", invertGraph);
  simulator?.setFault({ slowUploadMs: 1_500 });
  const id = await studio.submit({
    workflowId,
    inputs: [{ assetId: encodeId("Asset", await studio.picture("slow.png")) }],
  });
  await studio.until("the upload", () => (simulator?.requests.get("POST /upload/image") ?? 0) > 0);
  await cancel(studio, id);
  expect((await studio.untilEnded(id)).status).toBe("CANCELED");
  expect(simulator?.executions).toHaveLength(0);
});

test("a cancel of another person's job is refused as if there were none", async () => {
  await using studio = await startQueueStudio({ roles: { worker: false }, simulators: [] });
  const id = await studio.submit();
  const stranger = await studio.person("CREATOR");
  await expect(cancelJob(studio.deps, stranger, id, "NOW")).rejects.toMatchObject({ kind: "NotFoundError" });
  await expect(cancelJob(studio.deps, studio.admin, randomUUID(), "NOW")).rejects.toMatchObject({
    kind: "NotFoundError",
  });
});
