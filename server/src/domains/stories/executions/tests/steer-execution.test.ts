import { retryJob } from "#domains/queue/jobs.service.ts";
import { forkBranch } from "#domains/stories/fork-branch.service.ts";
import { addPrompt, updatePrompt } from "#domains/stories/collections/prompt-collections.service.ts";
import {
  cancelExecution,
  chooseVariant,
  continueExecution,
  retryExecution,
} from "#domains/stories/executions/steer-execution.service.ts";
import { preflightExecution } from "#domains/stories/executions/preflight-execution.service.ts";
import { setSlotPrompts } from "#domains/stories/executions/slot-prompts.service.ts";
import { updateSceneMetadata } from "#domains/stories/scene-metadata/scene-metadata.service.ts";
import { type ExecutionStudio, hasEnded, startExecutionStudio } from "#test/execution-studio.ts";

let studio: ExecutionStudio;
beforeAll(async () => {
  studio = await startExecutionStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());
afterEach(() => studio.simulators[0]?.clearFaults());

const jobsOf = (execution: { jobId: string }) =>
  studio.deps.db.prisma.job.count({ where: { parentId: execution.jobId } });

test("edits of the branch do not change an execution that runs; a retry renders what failed alone", async () => {
  const { deps, admin } = studio;
  const story = await studio.story("Edited", ["One", "Two"]);
  studio.simulators[0]?.setFault({ failNode: { classType: "KSampler", times: 1 } });
  const { id } = await story.start({ pausesForChoice: false, seed: 2n ** 64n - 1n });
  const owner = { sceneId: story.sceneIds[0] ?? "" };
  await updatePrompt(deps, admin, { owner }, { name: "move", value: "edited" });
  const failed = await studio.untilExecution(id, hasEnded);
  expect(failed.status).toBe("FAILED");
  expect(failed.scenes.map(({ status }) => status).toSorted()).toEqual(["DONE", "FAILED"]);
  await expect(continueExecution(deps, admin, id)).rejects.toMatchObject({ code: "NOT_CHOOSING" });
  await retryExecution(deps, admin, { id, newSeeds: false });
  const done = await studio.untilExecution(id, hasEnded);
  expect(done).toMatchObject({ status: "SUCCEEDED", frameCount: 9 });
  expect(done.scenes.map(({ jobId }) => jobId)).toEqual(failed.scenes.map(({ jobId }) => jobId));
  expect(done.scenes.map(({ images }) => images[0]?.seed.toFixed())).toEqual(["18446744073709551615", "0"]);
  expect((await studio.job(done.transitions[0]?.jobId ?? "")).runs[0]?.graph["3"]?.inputs["text"]).toBe(
    "move from One",
  );
  await expect(retryExecution(deps, admin, { id, newSeeds: false })).rejects.toMatchObject({ code: "NOT_OVER" });
});

test("a canceled execution stops its jobs, stays so, and goes on where it was when somebody retries it", async () => {
  const { deps, admin } = studio;
  const story = await studio.story("Canceled", ["One", "Two"]);
  studio.simulators[0]?.setFault({ neverEnding: true });
  const { id } = await story.start({ variants: 2, pausesForChoice: false });
  await studio.untilExecution(id, ({ scenes }) => scenes.every(({ jobId }) => jobId !== null));
  await cancelExecution(deps, admin, id);
  expect(await cancelExecution(deps, admin, id)).toMatchObject({ status: "CANCELED" });
  const stopped = await studio.untilExecution(id, ({ scenes }) => scenes.every(({ job }) => job?.finishedAt != null));
  expect(stopped.scenes.map(({ status, job }) => [status, job?.status])).toEqual([
    ["CANCELED", "CANCELED"],
    ["CANCELED", "CANCELED"],
  ]);
  studio.simulators[0]?.clearFaults();
  await retryExecution(deps, admin, { id, newSeeds: true });
  const done = await studio.untilExecution(id, hasEnded);
  expect(done).toMatchObject({ status: "SUCCEEDED", canceledAt: null });
  const images = done.scenes.flatMap((scene) => scene.images);
  // The seeds that are told are those that were used.
  expect(images.map(({ seed }) => seed.toFixed())).toEqual(images.map(({ run }) => run?.seed?.toFixed()));
  expect(await jobsOf(done)).toBe(3);
});

test("retrying a job of a part that failed brings its execution back", async () => {
  const { deps, admin } = studio;
  const story = await studio.story("Job", ["One", "Two"]);
  studio.simulators[0]?.setFault({ failNode: { classType: "KSampler", times: 1 } });
  const { id } = await story.start({ pausesForChoice: false });
  const failed = await studio.untilExecution(id, hasEnded);
  const jobId = failed.scenes.find(({ status }) => status === "FAILED")?.jobId ?? "";
  await retryJob(deps, admin, jobId, { newSeeds: false });
  expect((await studio.untilExecution(id, ({ status }) => status === "SUCCEEDED")).frameCount).toBe(9);
});

test("another choice renders the clips that touch the scene again, and only those; the former files stay", async () => {
  const { deps, admin } = studio;
  const { prisma } = deps.db;
  const story = await studio.story("Chosen", ["One", "Two", "Three"]);
  const { id } = await story.start({ variants: 2, pausesForChoice: false });
  const before = await studio.untilExecution(id, hasEnded);
  const sceneId = before.scenes[0]?.id ?? "";
  await expect(chooseVariant(deps, admin, { sceneId, variant: 2 })).rejects.toMatchObject({ path: ["variant"] });
  await chooseVariant(deps, admin, { sceneId, variant: 1 });
  expect(await studio.execution(id)).toMatchObject({ status: "CHOOSING", filmAssetId: before.filmAssetId });
  await continueExecution(deps, admin, id);
  await expect(chooseVariant(deps, admin, { sceneId, variant: 0 })).rejects.toMatchObject({ code: "RENDERING" });
  const after = await studio.untilExecution(id, hasEnded);
  expect(after.status).toBe("SUCCEEDED");
  expect(after.transitions[1]?.jobId).toBe(before.transitions[1]?.jobId);
  expect(after.transitions[0]?.jobId).not.toBe(before.transitions[0]?.jobId);
  expect(after.transitions[0]?.asset?.filename).toBe(before.transitions[0]?.asset?.filename);
  expect(after.filmAsset).toMatchObject({ filename: "final.mp4", folder: before.filmAsset?.folder });
  const former = await prisma.asset.findUniqueOrThrow({ where: { id: before.filmAssetId ?? "" } });
  expect(former.folder).toBe(`${before.filmAsset?.folder}/replaced`);
});

test("what stands against an execution is told with its scene, and with the names that there are", async () => {
  const { deps, admin } = studio;
  const story = await studio.story("Looked at", ["One", "Two"]);
  const input = {
    branchId: story.branchId,
    inputAssetId: story.inputAssetId,
    images: { workflowId: studio.imageWorkflowId },
    videos: { workflowId: studio.videoWorkflowId },
    variants: 3,
  };
  const fine = await preflightExecution(deps, admin, input);
  expect(fine.findings.filter(({ isBlocking }) => isBlocking)).toEqual([]);
  expect([fine.sceneCount, fine.images.runCount, fine.videos.runCount]).toEqual([2, 6, 1]);
  const [sceneId = ""] = story.sceneIds;
  await setSlotPrompts(deps, admin, { sceneId }, [{ slotId: studio.slots.image, name: "lok" }]);
  await updateSceneMetadata(deps, admin, sceneId, { poseName: "sitting" });
  const { findings } = await preflightExecution(deps, admin, input);
  expect(findings[0]).toMatchObject({
    code: "PROMPT_NAME_MISSING",
    stage: "IMAGES",
    isBlocking: true,
    message: `Scene 1 "One" has no prompt or composition "lok" for the slot "Positive Prompt 1"; there are "look", "move"`,
    sceneNumbers: [1],
    suggestions: ["look"],
  });
  expect(findings).toContainEqual(
    expect.objectContaining({ code: "VALUE_UNUSED", stage: "VIDEOS", isBlocking: false, sceneNumbers: [1] }),
  );
  const rows = await studio.countRows();
  await expect(story.start()).rejects.toMatchObject({ kind: "ValidationError", code: "PROMPT_NAME_MISSING" });
  await expect(
    story.start({ images: { workflowId: studio.imageWorkflowId, params: { stps: 1 } } }),
  ).rejects.toMatchObject({
    issues: expect.arrayContaining([expect.objectContaining({ path: ["images", "params", "stps"] })]),
  });
  expect(await studio.countRows()).toEqual(rows);
  // A branch's prompt of that name stands in for the scene's.
  await addPrompt(deps, admin, { owner: { branchId: story.branchId } }, { name: "lok", value: "of the branch" });
  expect((await preflightExecution(deps, admin, input)).findings[0]?.code).not.toBe("PROMPT_NAME_MISSING");
});

test("a fork takes the mapping along", async () => {
  const { deps, admin } = studio;
  const story = await studio.story("Forked", ["One", "Two"]);
  const [sceneId = ""] = story.sceneIds;
  await setSlotPrompts(deps, admin, { sceneId }, [{ slotId: studio.slots.video, name: "look" }]);
  const fork = await forkBranch(deps, admin, { branchId: story.branchId, name: "Cut" });
  const mapped = await deps.db.prisma.slotPrompt.findMany({
    where: { OR: [{ branchId: fork.id }, { scene: { branchId: fork.id } }] },
    include: { scene: true },
    orderBy: [{ scene: { number: "asc" } }, { name: "asc" }],
  });
  expect(mapped.map(({ scene, name }) => [scene?.title ?? null, name])).toEqual([
    ["One", "look"],
    [null, "look"],
    [null, "move"],
  ]);
});

test("what can't become a film is refused with the reason, and nothing is stored", async () => {
  const { deps, admin } = studio;
  const single = await studio.story("Single", ["One"]);
  const rows = await studio.countRows();
  await expect(single.start()).rejects.toMatchObject({ code: "TOO_FEW_SCENES", path: ["branchId"] });
  const story = await studio.story("Refused", ["One", "Two"]);
  await expect(story.start({ videos: { workflowId: studio.imageWorkflowId } })).rejects.toMatchObject({
    code: "NO_FRAME_WORKFLOW",
    path: ["videos", "workflowId"],
  });
  await expect(story.start({ variants: 21 })).rejects.toMatchObject({ issues: [{ path: ["variants"] }] });
  await expect(story.start({ execId: "../20261127_120000_abc123" })).rejects.toMatchObject({ path: ["execId"] });
  await expect(
    story.start({ images: { workflowId: studio.imageWorkflowId, params: { seed: 1 } } }),
  ).rejects.toMatchObject({
    issues: [{ path: ["images", "params"] }],
  });
  const stranger = await studio.person("CREATOR");
  const input = { branchId: story.branchId, inputAssetId: story.inputAssetId };
  const workflows = { images: { workflowId: studio.imageWorkflowId }, videos: { workflowId: studio.videoWorkflowId } };
  await expect(preflightExecution(deps, stranger, { ...input, ...workflows })).rejects.toMatchObject({
    kind: "NotFoundError",
    path: ["branchId"],
  });
  expect({ ...(await studio.countRows()), assets: 0 }).toEqual({ ...rows, assets: 0 });
  expect(await deps.db.prisma.execution.count({ where: { branchId: story.branchId } })).toBe(0);
  const { id } = await story.start({ execId: "20261127_120000_abc124", idempotencyKey: "once" });
  expect((await story.start({ execId: "20261127_120000_abc124", idempotencyKey: "once" })).id).toBe(id);
  await expect(story.start({ idempotencyKey: "once" })).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  await expect(story.start({ execId: "20261127_120000_abc124" })).rejects.toMatchObject({ code: "EXEC_ID_TAKEN" });
  await cancelExecution(deps, admin, id);
});
