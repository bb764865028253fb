import { join } from "node:path";
import sharp from "sharp";
import { cancelJob, retryJob } from "#domains/queue/jobs.service.ts";
import { takeJobEnded } from "#domains/takes/segments/job-events.service.ts";
import { pickBoundaryFrame } from "#domains/takes/segments/pick-frame.service.ts";
import { extendTake } from "#domains/takes/segments/segments.service.ts";
import type { TakePrompt } from "#domains/takes/take-record.ts";
import { blobKey } from "#platform/storage/storage.ts";
import { inScope } from "#platform/work/scope.ts";
import { isInReview, startTakeStudio, type TakeState, type TakeStudio } from "#test/take-studio.ts";
import { invertGraph } from "#test/queue-studio.ts";

let studio: TakeStudio;
beforeAll(async () => {
  studio = await startTakeStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());
afterEach(() => studio.simulators[0]?.clearFaults());

const textsOf = ({ segments }: TakeState) =>
  segments.map(({ prompts }) => (prompts as unknown as TakePrompt[]).find(({ nodeId }) => nodeId === "3")?.text);
const graphOf = async (jobId: string | null | undefined) => (await studio.job(jobId ?? "")).runs[0]?.graph;
/** By which requests the jobs of its segments came. */
const requestsOf = async ({ segments }: TakeState) =>
  Promise.all(segments.map(async ({ jobId }) => (await studio.job(jobId ?? "")).requestId));
const pathOf = (sha256: string) => join(studio.config.assetsDir, blobKey(sha256));
const files = () => studio.deps.db.prisma.asset.count();

test("segments follow each other from the last frame of the one before and are joined into one clip", async () => {
  const { id } = await inScope({ ids: { requestId: "shot-42" } }, () => studio.generate({ seed: 2n ** 64n - 1n }));
  const take = await studio.untilTake(id, isInReview);
  expect(await requestsOf(take)).toEqual(["shot-42", "shot-42", "shot-42"]);
  expect(take.segments.map(({ status, clipPosition, seed }) => [status, clipPosition, seed.toFixed()])).toEqual([
    ["DONE", "START_CLIP", "18446744073709551615"],
    ["DONE", "CONTINUATION_CLIP", "0"],
    ["DONE", "CONTINUATION_CLIP", "1"],
  ]);
  expect(textsOf(take)).toEqual(["start Mara", "go on Mara", "go on Mara"]);
  const [first, second, third] = take.segments;
  expect(first).toMatchObject({
    seedAssetId: studio.inputAssetId,
    durationSecs: 1.125,
    boundaryIndex: 8,
    boundarySecs: 1,
  });
  expect(second?.seedAssetId).toBe(first?.boundaryAssetId);
  expect(third).toMatchObject({ seedAssetId: second?.boundaryAssetId, boundaryAssetId: null });
  const graph = await graphOf(second?.jobId);
  expect(graph?.["2"]?.inputs["image"]).toBe(`callsheet/${first?.boundaryAsset?.sha256}.png`);
  expect(graph?.["3"]?.inputs["text"]).toBe("go on Mara");
  expect(await sharp(pathOf(first?.boundaryAsset?.sha256 ?? "")).metadata()).toMatchObject({ width: 64, height: 48 });
  expect(take.artifacts.map(({ kind, sequenceIndex, isPrimary }) => [kind, sequenceIndex, isPrimary])).toEqual([
    ["CHUNK", 0, false],
    ["CHUNK", 1, false],
    ["CHUNK", 2, false],
    ["FINAL", null, true],
  ]);
  expect(take.artifacts[3]).toMatchObject({
    codec: "avc",
    frameCount: 27,
    fps: 8,
    width: 64,
    height: 48,
    durationSecs: 3.375,
  });
  expect(take).toMatchObject({ seed: expect.anything(), jobId: third?.jobId, warnings: [] });
  const { name } = await studio.deps.db.prisma.machine.findFirstOrThrow();
  expect(take.snapshot).toMatchObject({ machines: [name] });
});

test("a scene type without durations is one segment with the texts of a whole clip", async () => {
  const sceneTypeId = await studio.sceneType("Whole", {});
  const take = await studio.untilTake((await studio.generate({ sceneTypeId })).id, isInReview);
  expect(textsOf(take)).toEqual(["whole Mara"]);
  expect(take.segments).toMatchObject([{ clipPosition: "FULL_CLIP", status: "DONE", durationSecs: 1.125 }]);
  expect(take.artifacts).toMatchObject([{ kind: "FINAL", isPrimary: true, frameCount: 9 }]);
});

test("a workflow of pictures is one segment, whatever the durations", async () => {
  const { deps, admin, projectId } = studio;
  const workflowId = await studio.workflow("Picture", invertGraph);
  const sceneTypeId = await studio.sceneType("Still", { targetDurationSecs: 9, segmentDurationSecs: 1 });
  const { currentVersionId } = await deps.db.prisma.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  await deps.db.prisma.sceneType.update({
    where: { id: sceneTypeId },
    data: { workflowVersionId: currentVersionId ?? "" },
  });
  const take = await studio.untilTake((await studio.generate({ sceneTypeId })).id, isInReview);
  expect(take.segments).toMatchObject([{ clipPosition: "FULL_CLIP", status: "DONE", durationSecs: null }]);
  await expect(extendTake(deps, admin, { takeId: take.id, segments: 1 })).rejects.toMatchObject({
    code: "NO_CONTINUATION",
  });
  expect(projectId).toBeDefined();
});

test("clips that start from no picture can't continue each other, and nothing is queued", async () => {
  const { deps } = studio;
  const before = await studio.countRows();
  await deps.db.prisma.workflow.update({ where: { id: studio.workflowId }, data: { inputKind: "NONE" } });
  await expect(studio.generate({ inputAssetId: undefined })).rejects.toMatchObject({ code: "NO_CONTINUATION" });
  await deps.db.prisma.workflow.update({ where: { id: studio.workflowId }, data: { inputKind: "IMAGE" } });
  expect(await studio.countRows()).toEqual(before);
});

test("a character's first reference image is taken when none is named", async () => {
  const characterId = await studio.character("Ilse");
  const assetId = await studio.picture("ilse.png", "blue", { projectId: studio.projectId });
  await studio.deps.db.prisma.characterImage.create({ data: { characterId, assetId, sortOrder: 0 } });
  const { id } = await studio.generate({ characterId, inputAssetId: undefined });
  expect((await studio.untilTake(id, isInReview)).segments[0]?.seedAssetId).toBe(assetId);
});

test("LOWEST_MOTION looks for the stillest of the last frames and cuts the clip there", async () => {
  const sceneTypeId = await studio.sceneType("Still end", { targetDurationSecs: 2, segmentDurationSecs: 1 });
  const { id } = await studio.generate({ sceneTypeId, boundaryMode: "LOWEST_MOTION", boundaryFrames: 4 });
  const [first] = (await studio.untilTake(id, isInReview)).segments;
  expect(first?.boundaryIndex).toBeGreaterThanOrEqual(5);
  expect(first?.durationSecs).toBeCloseTo(((first?.boundaryIndex ?? 0) + 1) / 8, 3);
});

test("MANUAL waits for a person, who picks one of the last second's frames; the clip is cut there", async () => {
  const { deps, admin } = studio;
  const sceneTypeId = await studio.sceneType("By hand", { targetDurationSecs: 2, segmentDurationSecs: 1 });
  const { id } = await studio.generate({ sceneTypeId, boundaryMode: "MANUAL" });
  const waiting = await studio.untilTake(id, ({ segments }) => segments[0]?.status === "WAITING");
  const [segment] = waiting.segments;
  const segmentId = segment?.id ?? "";
  expect(segment?.candidates.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  await takeJobEnded(deps, segment?.jobId ?? "");
  await expect(pickBoundaryFrame(deps, admin, { segmentId, frame: 0 })).rejects.toMatchObject({
    kind: "ValidationError",
    message: expect.stringContaining("1 to 8"),
  });
  const stranger = await studio.person("CREATOR");
  await expect(pickBoundaryFrame(deps, stranger, { segmentId, frame: 4 })).rejects.toMatchObject({
    kind: "NotFoundError",
  });
  await pickBoundaryFrame(deps, admin, { segmentId, frame: 4 });
  await expect(pickBoundaryFrame(deps, admin, { segmentId, frame: 5 })).rejects.toMatchObject({ code: "NOT_WAITING" });
  const take = await studio.untilTake(id, isInReview);
  expect(take.segments[0]).toMatchObject({ boundaryIndex: 4, boundarySecs: 0.5, durationSecs: 0.625, candidates: [] });
  expect(take.segments[1]?.seedAssetId).toBe(take.segments[0]?.boundaryAssetId);
  expect(take.artifacts.find(({ isPrimary }) => isPrimary)).toMatchObject({ frameCount: 5 + 9 });
});

test("a segment that fails is retried alone, and the others stay", async () => {
  const { deps, admin } = studio;
  const { id } = await studio.generate();
  const second = await studio.untilTake(id, ({ segments }) => segments[0]?.status === "DONE");
  studio.simulators[0]?.setFault({ failNode: { classType: "KSampler", times: 1 } });
  // The second may have been rendered before the fault was set; then the third fails.
  const failed = await studio.untilTake(id, ({ status }) => status === "FAILED");
  const at = failed.segments.findIndex(({ status }) => status === "FAILED");
  await retryJob(deps, admin, failed.segments[at]?.jobId ?? "", { newSeeds: false });
  expect((await studio.take(id)).status).toBe("GENERATING");
  const take = await studio.untilTake(id, isInReview);
  expect(take.segments[0]?.jobId).toBe(second.segments[0]?.jobId);
  expect(take.segments.map(({ status }) => status)).toEqual(["DONE", "DONE", "DONE"]);
});

test("a take that is canceled goes on where it was after a retry", async () => {
  const { deps, admin } = studio;
  studio.simulators[0]?.setFault({ neverEnding: true });
  const { id, jobId } = await studio.generate();
  await studio.untilJob(jobId ?? "", (job) => job.runs[0]?.status === "RUNNING");
  await cancelJob(deps, admin, jobId ?? "", "NOW");
  const canceled = await studio.untilTake(id, ({ status }) => status === "CANCELED");
  expect(canceled.segments.map(({ status }) => status)).toEqual(["CANCELED", "PENDING", "PENDING"]);
  studio.simulators[0]?.clearFaults();
  await retryJob(deps, admin, jobId ?? "", { newSeeds: false });
  expect((await studio.untilTake(id, isInReview)).artifacts).toHaveLength(4);
});

test("news that come twice, late or all at once change nothing", async () => {
  const { deps } = studio;
  const { id } = await studio.generate();
  const take = await studio.untilTake(id, isInReview);
  const before = await files();
  for (const { jobId } of take.segments)
    await Promise.all([takeJobEnded(deps, jobId ?? ""), takeJobEnded(deps, jobId ?? "")]);
  deps.takeDriver.wake(id);
  const another = await studio.generate();
  await studio.untilTake(another.id, isInReview);
  expect(await studio.take(id)).toEqual(take);
  expect(await files()).toBe(before + 3 + 2 + 1);
});

test("a take is extended from where it ends, and only while nobody has decided", async () => {
  const { deps, admin } = studio;
  const sceneTypeId = await studio.sceneType("Longer", {});
  const { id } = await studio.generate({ sceneTypeId });
  await studio.untilTake(id, isInReview);
  await expect(extendTake(deps, admin, { takeId: id, segments: 0 })).rejects.toMatchObject({ kind: "ValidationError" });
  await inScope({ ids: { requestId: "longer" } }, () => extendTake(deps, admin, { takeId: id, segments: 2 }));
  const take = await studio.untilTake(id, isInReview);
  expect(await requestsOf(take)).toEqual([null, "longer", "longer"]);
  expect(textsOf(take)).toEqual(["whole Mara", "go on Mara", "go on Mara"]);
  expect(take.artifacts.find(({ isPrimary }) => isPrimary)).toMatchObject({ kind: "FINAL", frameCount: 27 });
  await extendTake(deps, admin, { takeId: id, segments: 1 });
  await studio.untilTake(id, isInReview);
  // Three frames and the last joined clip; the one before it is of no more use.
  const inItsFolder = () => deps.db.prisma.asset.count({ where: { folder: `takes/${id}` } });
  await studio.until("the former clip's end", async () => (await inItsFolder()) === 4);
  await deps.db.prisma.take.update({ where: { id }, data: { status: "APPROVED" } });
  await expect(extendTake(deps, admin, { takeId: id, segments: 1 })).rejects.toMatchObject({ code: "TAKE_DECIDED" });
});

test("takes of several characters are rendered side by side", async () => {
  const characters = await Promise.all(["A", "B", "C"].map((name) => studio.character(name)));
  const takes = await Promise.all(characters.map((characterId) => studio.generate({ characterId })));
  const done = await Promise.all(takes.map(({ id }) => studio.untilTake(id, isInReview)));
  const [a, b] = done.map(({ segments }) => segments.map(({ updatedAt }) => updatedAt.getTime()));
  // The first of one was over before the last of the other had begun, and the other way round.
  expect(Math.min(...(a ?? []))).toBeLessThan(Math.max(...(b ?? [])));
  expect(Math.min(...(b ?? []))).toBeLessThan(Math.max(...(a ?? [])));
});
