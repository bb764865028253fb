import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { retryJob } from "#domains/queue/jobs.service.ts";
import { cleanUp } from "#domains/retention/cleanup.service.ts";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { blobKey } from "#platform/storage/storage.ts";
import { invertGraph, pictureBytes, startQueueStudio } from "#test/queue-studio.ts";
import { startTestBucket, type TestBucket } from "#test/support/s3-server.ts";
import { isInReview, startTakeStudio, type TakeStudio } from "#test/take-studio.ts";

let bucket: TestBucket;
let studio: TakeStudio;
let workflowId: string;
beforeAll(async () => {
  bucket = await startTestBucket();
  studio = await startTakeStudio({
    roles: { api: true, worker: true },
    config: {
      s3: { ...bucket.settings, cacheBytes: 64 * 1024 ** 2 },
      retention: { stagedDays: 14, outputDays: 30, cron: null },
    },
  });
  workflowId = await studio.workflow("Invert", invertGraph);
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await bucket[Symbol.asyncDispose]();
});
afterEach(() => bucket.behave("answer"));

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const get = (url: string, headers: Record<string, string> = {}) => fetch(`${studio.url}${url}`, { headers });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
const keys = () => bucket.keys(bucket.settings.prefix);

async function uploaded(filename: string, bytes: Buffer): Promise<any> {
  const { createUpload } = await studio.execute(
    "mutation ($input: CreateUploadInput!) { createUpload(input: $input) { ... on CreateUploadPayload { uploadId uploadUrl } } }",
    { input: { filename, bytes: bytes.length } },
  );
  const put = await fetch(`${studio.url}${createUpload.uploadUrl}`, { method: "PUT", body: new Uint8Array(bytes) });
  expect(put.status).toBe(204);
  const { completeUpload } = await studio.execute(
    "mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { ... on CompleteUploadPayload { asset { id sha256 width url thumbnailUrl } } ... on Error { code message } } }",
    { input: { uploadId: createUpload.uploadId } },
  );
  return completeUpload.asset;
}
const outputsOf = async (jobId: string): Promise<any[]> =>
  (
    await studio.execute(
      "query ($id: ID!) { job(id: $id) { runs { nodes { outputs { id sha256 width url thumbnailUrl } } } } }",
      { id: encodeId("Job", jobId) },
    )
  ).job.runs.nodes.flatMap(({ outputs }: any) => outputs);

test("a picture goes up, through a machine and down again, and all of it lies in the bucket", async () => {
  const bytes = await pictureBytes("teal");
  const asset = await uploaded("teal.png", bytes);
  expect(asset).toMatchObject({ sha256: hashOf(bytes), width: 4 });
  expect(await bytesOf(await get(asset.url))).toEqual(bytes);
  const jobId = await studio.submit({ workflowId, inputs: [{ assetId: asset.id }] });
  expect(await studio.untilEnded(jobId)).toMatchObject({ status: "SUCCEEDED" });
  const [output] = await outputsOf(jobId);
  expect(output.width).toBe(4);

  const whole = await get(output.url);
  const content = await bytesOf(whole);
  expect(hashOf(content)).toBe(output.sha256);
  expect(whole.headers.get("etag")).toBe(`"${output.sha256}"`);
  const part = await get(output.url, { range: "bytes=10-19" });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 10-19/${content.length}`]);
  expect(await bytesOf(part)).toEqual(content.subarray(10, 20));
  expect((await get(output.url, { "if-none-match": `"${output.sha256}"` })).status).toBe(304);
  const thumbnail = await get(output.thumbnailUrl);
  expect([thumbnail.status, thumbnail.headers.get("content-type")]).toEqual([200, "image/webp"]);
  expect(await keys()).toEqual(expect.arrayContaining([blobKey(asset.sha256), blobKey(output.sha256)]));
  expect((await keys()).filter((key) => !key.startsWith("blobs/"))).toEqual([]);
});

test("a take of several clips is continued, joined and packed from the bucket", async () => {
  const take = await studio.untilTake((await studio.generate()).id, isInReview);
  expect(take.segments).toHaveLength(3);
  const final = take.artifacts.find(({ kind }) => kind === "FINAL");
  expect(final?.asset.blob.mime).toBe("video/mp4");
  await reviewTake(studio.deps, studio.admin, { takeId: take.id, verdict: "APPROVED" });
  const { timeline } = await studio.execute("query ($id: ID!) { timeline(projectId: $id) { zipUrl } }", {
    id: encodeId("Project", studio.projectId),
  });
  const files = unzipSync(new Uint8Array(await (await get(timeline.zipUrl)).arrayBuffer()));
  expect(Object.values(files).map(hashOf)).toContain(final?.asset.sha256);
});

test("an outage of the bucket is told to people, and runs wait for its end", async () => {
  const asset = await uploaded("plum.png", await pictureBytes("plum"));
  bucket.behave("busy");
  expect(await (await get("/readyz")).json()).toEqual({ status: "not ready", away: ["storage"] });
  const broken = await get(asset.url);
  expect([
    broken.status,
    ((await broken.json()) as { code: string }).code,
    broken.headers.get("cache-control"),
  ]).toEqual([503, "STORAGE_UNAVAILABLE", "no-store"]);
  const refused = await studio.execute(
    "mutation ($input: SubmitJobInput!) { submitJob(input: $input) { __typename ... on Error { code } } }",
    { input: { workflowId: encodeId("Workflow", workflowId), inputs: [{ assetId: asset.id }] } },
  );
  expect(refused.submitJob).toEqual({ __typename: "UnavailableError", code: "STORAGE_UNAVAILABLE" });

  bucket.behave("answer");
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const jobId = await studio.submit({ workflowId, inputs: [{ assetId: asset.id }], tries: 2 });
  bucket.behave("refuse");
  await studio.deps.db.prisma.queuePause.deleteMany();
  studio.deps.runQueue.wake();
  await studio.until("the outage to be noticed", async () => {
    await studio.deps.runLog.flush();
    return (await studio.deps.db.prisma.runLog.count({ where: { run: { jobId }, event: "STORAGE_UNREACHABLE" } })) > 0;
  });
  bucket.behave("answer");
  const job = await studio.untilEnded(jobId);
  expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt: 1 }, { attempt: 1 }] });
  expect((await get("/readyz")).status).toBe(200);
  expect(await studio.deps.db.prisma.machine.findFirst()).toMatchObject({ failureStreak: 0 });
});

test("outputs wait at the machine while the bucket is away", async () => {
  const jobId = await studio.submit({ ms: 1_000 });
  await studio.untilJob(jobId, (job) => job.runs[0]?.status === "RUNNING");
  bucket.behave("busy");
  await studio.untilJob(jobId, (job) => job.runs[0]?.status === "COLLECTING");
  await studio.until("the outage to be noticed", async () => {
    await studio.deps.runLog.flush();
    return (await studio.deps.db.prisma.runLog.count({ where: { run: { jobId }, event: "STORAGE_UNREACHABLE" } })) > 0;
  });
  bucket.behave("answer");
  expect(await studio.untilEnded(jobId)).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt: 1 }] });
  const [output] = await outputsOf(jobId);
  expect((await get(output.url)).status).toBe(200);
});

test("a canceled run does not wait for the bucket", async () => {
  const asset = await uploaded("lime.png", await pictureBytes("lime"));
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const jobId = await studio.submit({ workflowId, inputs: [{ assetId: asset.id }] });
  bucket.behave("busy");
  await studio.deps.db.prisma.queuePause.deleteMany();
  studio.deps.runQueue.wake();
  await studio.untilJob(jobId, (job) => job.runs[0]?.status === "CLAIMED");
  await studio.execute("mutation ($input: CancelJobInput!) { cancelJob(input: $input) { __typename } }", {
    input: { id: encodeId("Job", jobId), mode: "NOW" },
  });
  expect(await studio.untilEnded(jobId)).toMatchObject({ status: "CANCELED" });
});

test("a clean-up takes the bytes out of the bucket, and the status says what is left", async () => {
  const jobId = await studio.submit({
    workflowId,
    inputs: [{ assetId: (await uploaded("navy.png", await pictureBytes("navy"))).id }],
  });
  await studio.untilEnded(jobId);
  const [output] = await outputsOf(jobId);
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  await studio.deps.db.prisma.job.update({ where: { id: jobId }, data: { finishedAt: days(31) } });
  const status = async () =>
    (await studio.execute("{ systemStatus { storage { kind isReachable files bytes } } }")).systemStatus.storage;
  const before = await status();
  expect(before).toMatchObject({ kind: "s3", isReachable: true });
  await bucket.age(`${bucket.settings.prefix}${blobKey(output.sha256)}`, 31 * 86_400_000);
  expect(await cleanUp(studio.deps, studio.admin)).toMatchObject({ files: 1, failures: 0 });
  expect(await keys()).not.toContain(blobKey(output.sha256));
  expect((await get(output.url)).status).toBe(410);
  expect(await status()).toMatchObject({ files: before.files - 1 });
  bucket.behave("refuse");
  expect(await status()).toMatchObject({ kind: "s3", isReachable: false });
});

test("what waits for the bucket too long fails with the reason, and works when it is retried", async () => {
  await using own = await startTestBucket();
  await using impatient = await startQueueStudio({
    config: {
      s3: { ...own.settings, cacheBytes: 64 * 1024 ** 2 },
      worker: { machineLostTimeoutSecs: 1, attempts: 2 },
    },
  });
  const invert = await impatient.workflow("Invert", invertGraph);
  const assetId = encodeId("Asset", await impatient.picture("rose.png", "pink"));
  await impatient.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const before = await impatient.submit({ workflowId: invert, inputs: [{ assetId }] });
  const after = await impatient.submit();
  own.behave("busy");
  await impatient.deps.db.prisma.queuePause.deleteMany();
  impatient.deps.runQueue.wake();
  const failed = [await impatient.untilEnded(before), await impatient.untilEnded(after)];
  // Tried again before it was posted; what a machine has made is not made again.
  expect(failed).toMatchObject([
    { status: "FAILED", runs: [{ error: { code: "STORAGE_ERROR", message: expect.stringContaining("503") } }] },
    {
      status: "FAILED",
      runs: [{ error: { code: "STORAGE_ERROR", message: expect.stringContaining("could not be stored") } }],
    },
  ]);
  own.behave("answer");
  for (const id of [before, after]) {
    await retryJob(impatient.deps, impatient.admin, id, { newSeeds: false });
    expect(await impatient.untilEnded(id)).toMatchObject({ status: "SUCCEEDED" });
  }
});
