import { cancelJob } from "#domains/queue/jobs.service.ts";
import { setScenePromptDefault } from "#domains/prompts/scene-defaults.service.ts";
import { generateTakes } from "#domains/takes/generate-takes.service.ts";
import { setOutputKinds } from "#domains/takes/output-kinds.service.ts";
import { reproduceTake } from "#domains/takes/reproduce-take.service.ts";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import { updateParameter } from "#domains/workflows/parameters.service.ts";
import { isInReview, startTakeStudio, type TakeStudio } from "#test/take-studio.ts";
import { encodeId } from "#graphql/ids.ts";
import { decodeClip } from "#platform/comfy/simulator/media/video.ts";

let studio: TakeStudio;
let whole: string;
beforeAll(async () => {
  studio = await startTakeStudio();
  whole = await studio.sceneType("Whole", {});
});
afterAll(() => studio[Symbol.asyncDispose]());

const graphOf = async (jobId: string | null | undefined) => (await studio.job(jobId ?? "")).runs[0]?.graph;
const pixelsOf = async (sha256 = ""): Promise<Buffer> => {
  await using file = await studio.deps.storage.localCopy(sha256);
  const { frames } = await decodeClip(file.path);
  return Buffer.concat(await Promise.all(frames.map(async (frame) => (await frame.raw()).data)));
};
const reviewed = async (input: Parameters<TakeStudio["generate"]>[0] = {}) =>
  studio.untilTake((await studio.generate(input)).id, isInReview);

describe("again", () => {
  test("exactly: the same graphs, files and segments, whatever was edited since", async () => {
    const { deps, admin } = studio;
    const sceneTypeId = await studio.sceneType("Twice", { targetDurationSecs: 2, segmentDurationSecs: 1 });
    const take = await reviewed({ sceneTypeId, seed: 11n, params: { steps: 2 } });
    await setScenePromptDefault(deps, admin, {
      sceneTypeId,
      slotId: studio.slotId,
      text: "edited",
      clipPosition: "START_CLIP",
    });
    await deps.db.prisma.sceneType.update({ where: { id: sceneTypeId }, data: { targetDurationSecs: 9 } });
    await updateParameter(deps, studio.workflowId, "cfg", { default: 3 });
    const again = await reproduceTake(deps, admin, { takeId: take.id });
    const done = await studio.untilTake(again.id, isInReview);
    expect(done).toMatchObject({ sourceTakeId: take.id, changes: [] });
    expect(done.segments).toHaveLength(2);
    for (const index of [0, 1])
      expect(await graphOf(done.segments[index]?.jobId)).toEqual(await graphOf(take.segments[index]?.jobId));
    for (const [index, { outputAsset }] of done.segments.entries()) {
      const before = await pixelsOf(take.segments[index]?.outputAsset?.sha256);
      const after = await pixelsOf(outputAsset?.sha256);
      expect(after).toHaveLength(before.length);
      // Encoding the same pictures twice may change a few pixels of a video by 1 or 2 of 255.
      expect(Math.max(...after.map((value, at) => Math.abs(value - (before[at] ?? 0))))).toBeLessThan(8);
    }
  });

  test("with changes: all else stays, and what differs is told", async () => {
    const { deps, admin } = studio;
    const take = await reviewed({ sceneTypeId: whole, seed: 5n });
    const prompts = [{ slotId: studio.slotId, text: "she runs" }];
    const changed = await reproduceTake(deps, admin, { takeId: take.id, seed: 6n, params: { steps: 3 }, prompts });
    expect(changed.changes).toEqual([
      { path: "seed", before: "5", after: "6" },
      { path: "prompts.3.text", before: "whole Mara", after: "she runs" },
      { path: "params.3.text", before: null, after: "she runs" },
      { path: "params.steps", before: null, after: "3" },
    ]);
    const graph = await graphOf(changed.jobId);
    expect(graph?.["3"]?.inputs["text"]).toBe("she runs");
    expect(graph?.["6"]?.inputs).toMatchObject({ seed: 6, steps: 3 });
    await cancelJob(deps, admin, changed.jobId ?? "", "NOW");
  });

  test("a repeat with the same key gives the same take; foreign takes are not found", async () => {
    const { deps, admin } = studio;
    const take = await reviewed({ sceneTypeId: whole });
    const input = { takeId: take.id, idempotencyKey: "again" };
    const [one, two] = [await reproduceTake(deps, admin, input), await reproduceTake(deps, admin, input)];
    expect(two.id).toBe(one.id);
    await expect(reproduceTake(deps, await studio.person("CREATOR"), { takeId: take.id })).rejects.toMatchObject({
      kind: "NotFoundError",
    });
  });
});

test("a reviewer decides with a note, may think again, and only about what is rendered", async () => {
  const { deps, admin } = studio;
  const take = await reviewed({ sceneTypeId: whole });
  const approved = await reviewTake(deps, admin, { takeId: take.id, verdict: "APPROVED", note: " lovely " });
  expect(approved).toMatchObject({ status: "APPROVED", reviewNote: "lovely", reviewedById: admin.userId });
  expect(await reviewTake(deps, admin, { takeId: take.id, verdict: "REJECTED" })).toMatchObject({
    status: "REJECTED",
    reviewNote: null,
  });
  studio.simulators[0]?.setFault({ neverEnding: true });
  const open = await studio.generate({ sceneTypeId: whole });
  await expect(reviewTake(deps, admin, { takeId: open.id, verdict: "APPROVED" })).rejects.toMatchObject({
    code: "NOT_REVIEWABLE",
  });
  await cancelJob(deps, admin, open.jobId ?? "", "NOW");
  studio.simulators[0]?.clearFaults();
});

describe("many takes in one call", () => {
  const many = async (input: Partial<Parameters<typeof generateTakes>[2]>) =>
    generateTakes(studio.deps, studio.admin, {
      sceneTypeIds: [whole],
      characterIds: [studio.characterId],
      allowUnresolved: false,
      inputAssetId: studio.inputAssetId,
      ...input,
    });

  test("every scene type is rendered for every character, once for a key", async () => {
    const other = await studio.character("Otto");
    const sceneTypeIds = [whole, studio.sceneTypeId];
    const input = { sceneTypeIds, characterIds: [studio.characterId, other, other], idempotencyKey: "all" };
    const takes = await many(input);
    expect(takes.map(({ sceneTypeId, characterId }) => [sceneTypeId, characterId])).toEqual([
      [whole, studio.characterId],
      [whole, other],
      [studio.sceneTypeId, studio.characterId],
      [studio.sceneTypeId, other],
    ]);
    expect(new Set(takes.map(({ seed }) => seed?.toFixed())).size).toBe(4);
    expect((await many(input)).map(({ id }) => id)).toEqual(takes.map(({ id }) => id));
    await Promise.all(takes.map(({ id }) => studio.untilTake(id, isInReview)));
  });

  test("a picture that nobody gives and no machine has is asked for", async () => {
    const other = await studio.character("Bare");
    await expect(many({ characterIds: [other], inputAssetId: undefined })).rejects.toMatchObject({
      code: "PREFLIGHT_BLOCKED",
      issues: [{ message: expect.stringContaining('no file "example.png"') }],
    });
  });

  test("one that is wrong queues none, and is named", async () => {
    const open = await studio.sceneType("Open", {});
    const key = { sceneTypeId: open, slotId: studio.slotId, clipPosition: "FULL_CLIP" as const };
    await setScenePromptDefault(studio.deps, studio.admin, { ...key, text: "a {coat}" });
    const before = await studio.countRows();
    await expect(many({ sceneTypeIds: [whole, open] })).rejects.toMatchObject({
      code: "UNRESOLVED_PLACEHOLDERS",
      issues: [
        { path: ["sceneTypeIds", "1", "prompts", "3", "text"], message: expect.stringMatching(/Open, Mara.*\{coat\}/) },
      ],
    });
    await expect(many({ characterIds: [studio.characterId, whole] })).rejects.toMatchObject({
      path: ["characterIds", "1"],
    });
    await expect(many({ characterIds: [] })).rejects.toMatchObject({ path: ["characterIds"] });
    expect(await studio.countRows()).toEqual(before);
  });
});

test("what a workflow says of its output nodes decides what their files are", async () => {
  const { deps, workflowId } = studio;
  await expect(setOutputKinds(deps, workflowId, [{ nodeId: "77", kind: "UPSCALED" }])).rejects.toMatchObject({
    issues: [{ path: ["kinds", "0", "nodeId"] }],
  });
  await setOutputKinds(deps, workflowId, [{ nodeId: "9", kind: "UPSCALED" }]);
  const take = await reviewed({ sceneTypeId: whole });
  expect(take.artifacts).toMatchObject([{ kind: "UPSCALED", isPrimary: true, codec: "avc" }]);
  await setOutputKinds(deps, workflowId, []);
});

test("the prompts of a take tell which piece came from which layer", async () => {
  const take = await studio.generate({ sceneTypeId: whole });
  const { node } = await studio.execute(
    `query ($id: ID!) { node(id: $id) { ... on Take { prompts { text spans { text layer ref } } } } }`,
    { id: encodeId("Take", take.id) },
  );
  expect(node.prompts[0]).toEqual({
    text: "whole Mara",
    spans: [
      { text: "whole ", layer: "scene type", ref: null },
      { text: "Mara", layer: "placeholder", ref: "character_name" },
    ],
  });
});
