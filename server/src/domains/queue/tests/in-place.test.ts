import { mkdir, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cancelJob, retryJob } from "#domains/queue/jobs.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph, pictureBytes, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let beside: QueueStudio;
let studio: QueueStudio;
let root: string;
let workflowId: string;

beforeAll(async () => {
  beside = await startQueueStudio({ roles: { worker: false }, simulators: [] });
  root = join(beside.config.stateDir, "inputs");
  await mkdir(root, { recursive: true });
  studio = await startQueueStudio({
    beside,
    roles: { api: true, worker: true },
    simulators: [{}],
    config: { inputRoots: [root], stageOnSubmit: false },
  });
  workflowId = await studio.workflow("Invert", invertGraph);
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await beside[Symbol.asyncDispose]();
});

const write = async (name: string, colour: string) => writeFile(join(root, name), await pictureBytes(colour));
const setPaused = async (isPaused: boolean): Promise<void> => {
  if (isPaused) await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  else await studio.deps.db.prisma.queuePause.deleteMany();
  studio.deps.runQueue.wake();
};
/** Submits the file while nothing is claimed, does something to it, and lets the run begin. */
async function submitThen(path: string, change: () => Promise<unknown>, stageOnSubmit?: boolean) {
  await setPaused(true);
  const id = await studio.submit({ workflowId, inputs: [{ path }], stageOnSubmit });
  await change();
  await setPaused(false);
  return studio.untilEnded(id);
}
const inputOf = async (jobId: string) =>
  (await studio.deps.db.prisma.run.findFirstOrThrow({ where: { jobId }, include: { inputAsset: true } })).inputAsset;

test("files that are used in place are not copied, and all their runs read them", async () => {
  await write("plain.png", "#102030");
  const id = await studio.submit({ workflowId, inputs: [{ path: "plain.png" }], tries: 3 });
  const { status, stageOnSubmit } = await studio.untilEnded(id);
  expect([status, stageOnSubmit]).toEqual(["SUCCEEDED", false]);
  const asset = await inputOf(id);
  expect(asset).toMatchObject({ isInPlace: true, sourcePath: expect.stringMatching(/inputs\/plain\.png$/) });
  expect(await studio.deps.storage.has(asset?.sha256 ?? "")).toBe(false);
});

test("the API tells how a job and the installation treat such files, and serves them", async () => {
  await write("told.png", "#112233");
  const submitted = await studio.execute(
    `mutation ($input: SubmitJobInput!) { submitJob(input: $input) { ... on SubmitJobPayload { job { id stageOnSubmit } } } }`,
    { input: { workflowId: encodeId("Workflow", workflowId), inputs: [{ path: "told.png" }] } },
  );
  expect(submitted.submitJob.job.stageOnSubmit).toBe(false);
  const { systemStatus, node } = await studio.execute(
    `query ($id: ID!) { systemStatus { stageOnSubmit }
      node(id: $id) { ... on Job { runs(first: 1) { nodes { inputAsset { isInPlace url } } } } } }`,
    { id: submitted.submitJob.job.id },
  );
  expect(systemStatus.stageOnSubmit).toBe(false);
  const [{ inputAsset: input }] = node.runs.nodes;
  expect(input.isInPlace).toBe(true);
  const get = (headers = {}) => fetch(new URL(input.url, studio.url), { headers });
  const whole = Buffer.from(await (await get()).arrayBuffer());
  expect(whole).toEqual(await pictureBytes("#112233"));
  const part = await get({ range: "bytes=1-3" });
  expect([part.status, await part.text()]).toEqual([206, "PNG"]);
  await write("told.png", "#ffffff");
  expect((await get()).status).toBe(410);
});

test.each<[string, string, () => Promise<unknown>, RegExp]>([
  ["is gone", "INPUT_MISSING", () => rm(join(root, "x.png")), /x\.png is no longer there; put it back.*submit again/],
  ["has another size", "INPUT_CHANGED", () => writeFile(join(root, "x.png"), "short"), /x\.png .*5 bytes instead of/],
  [
    "has another content of the same size",
    "INPUT_CHANGED",
    async () => {
      const bytes = await pictureBytes("#abcdef");
      bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 255;
      await writeFile(join(root, "x.png"), bytes);
    },
    /x\.png .*another content/,
  ],
  [
    "leads out of the open folders",
    "INPUT_OUTSIDE_ROOTS",
    async () => {
      await rename(join(root, "x.png"), join(root, "..", "x.png"));
      await symlink(join(root, "..", "x.png"), join(root, "x.png"));
    },
    /x\.png leads out/,
  ],
])(
  "a file that %s when its run starts fails it with %s, the file, and what to do",
  async (_what, code, change, says) => {
    await rm(join(root, "x.png"), { force: true });
    await write("x.png", "#abcdef");
    const { runs } = await submitThen("x.png", change);
    expect(runs[0]).toMatchObject({
      status: "FAILED",
      attempt: 1,
      error: { code, message: expect.stringMatching(says) },
    });
  },
);

test("a new date alone does not matter, and a file that is put back lets a retry succeed", async () => {
  await write("touched.png", "#445566");
  const job = await submitThen("touched.png", () => utimes(join(root, "touched.png"), 1, 1));
  expect(job.status).toBe("SUCCEEDED");
  await write("back.png", "#556677");
  const failed = await submitThen("back.png", () => rm(join(root, "back.png")));
  expect(failed.status).toBe("FAILED");
  await write("back.png", "#556677");
  await retryJob(studio.deps, studio.admin, failed.id, { newSeeds: false });
  expect((await studio.untilEnded(failed.id)).status).toBe("SUCCEEDED");
});

test("a change after the first run stops the next ones, though the machine has the file", async () => {
  await write("turn.png", "#667788");
  const first = await studio.untilEnded(await studio.submit({ workflowId, inputs: [{ path: "turn.png" }] }));
  expect(first.status).toBe("SUCCEEDED");
  const { runs } = await submitThen("turn.png", () => rm(join(root, "turn.png")));
  expect(runs[0]).toMatchObject({ status: "FAILED", error: { code: "INPUT_MISSING" } });
});

test("a submission can ask for copies, whatever the setting", async () => {
  await write("copied.png", "#778899");
  const job = await submitThen("copied.png", () => rm(join(root, "copied.png")), true);
  expect([job.status, job.stageOnSubmit]).toEqual(["SUCCEEDED", true]);
  expect(await inputOf(job.id)).toMatchObject({ isInPlace: false });
});

test("an asset in place can be the input of another job, while it is what it was", async () => {
  await write("again.png", "#8899aa");
  const first = await studio.submit({ workflowId, inputs: [{ path: "again.png" }] });
  await cancelJob(studio.deps, studio.admin, first, "NOW");
  const inputs = [{ assetId: encodeId("Asset", (await inputOf(first))?.id ?? "") }];
  expect((await studio.untilEnded(await studio.submit({ workflowId, inputs }))).status).toBe("SUCCEEDED");
  await rm(join(root, "again.png"));
  await expect(studio.submit({ workflowId, inputs })).rejects.toMatchObject({ kind: "ValidationError" });
});
