import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { setScenePromptDefault } from "#domains/prompts/scene-defaults.service.ts";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import { regenerateTakes, takeStates } from "#domains/takes/freshness/freshness.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { isInReview, startTakeStudio, type TakeStudio } from "#test/take-studio.ts";

let studio: TakeStudio;
beforeEach(async () => {
  studio = await startTakeStudio();
});
afterEach(() => studio[Symbol.asyncDispose]());

const pairs = () => ({ sceneTypeIds: [studio.sceneTypeId], characterIds: [studio.characterId] });
const state = async () => (await takeStates(studio.deps, studio.admin, pairs()))[0];
const regenerate = (states: ("MISSING" | "STALE" | "CURRENT")[] = ["MISSING", "STALE"]) =>
  regenerateTakes(studio.deps, studio.admin, { ...pairs(), states });
const write = (text: string, clipPosition: "START_CLIP" | "CONTINUATION_CLIP" | "FULL_CLIP") =>
  setScenePromptDefault(studio.deps, studio.admin, {
    sceneTypeId: studio.sceneTypeId,
    slotId: studio.slotId,
    text,
    clipPosition,
  });

test("a take is missing, then current, then stale for each kind of change, and current again when it is undone", async () => {
  const { deps, admin, sceneTypeId, slotId, characterId } = studio;
  expect(await state()).toMatchObject({ freshness: "MISSING", take: null, problems: [] });
  const { id } = await studio.generate({ params: { steps: 2 } });
  expect(await state()).toMatchObject({ freshness: "MISSING", isUnderWay: true });
  await studio.untilTake(id, isInReview);
  expect(await state()).toMatchObject({ freshness: "CURRENT", take: { id }, isUnderWay: false });
  await write("go on otherwise", "CONTINUATION_CLIP");
  expect(await state()).toMatchObject({ freshness: "STALE", take: { id } });
  await write("go on {character_name}", "CONTINUATION_CLIP");
  expect(await state()).toMatchObject({ freshness: "CURRENT" });
  // A text that the take does not use changes nothing.
  await write("never seen", "FULL_CLIP");
  expect(await state()).toMatchObject({ freshness: "CURRENT" });
  const target = { scope: "CHARACTER" as const, targetId: characterId, sceneTypeId };
  await setPromptOverrides(deps, admin, target, [{ slotId, text: "mine", fragments: [] }]);
  expect(await state()).toMatchObject({ freshness: "STALE" });
  const answer = await studio.execute(`query ($id: ID!) { node(id: $id) { ... on Take { freshness } } }`, {
    id: encodeId("Take", id),
  });
  expect(answer.node.freshness).toBe("STALE");
});

test("what is stale or missing is made again in one call, once, with its parameters and seed", async () => {
  const first = await studio.generate({ seed: 4n, params: { steps: 2 } });
  await studio.untilTake(first.id, isInReview);
  expect(await regenerate()).toEqual({ takes: [], skipped: [] });
  await write("begin", "START_CLIP");
  const { takes } = await regenerate();
  expect(takes).toHaveLength(1);
  expect(takes[0]?.seed?.toFixed()).toBe("4");
  const graph = (await studio.job(takes[0]?.jobId ?? "")).runs[0]?.graph;
  expect(graph?.["3"]?.inputs["text"]).toBe("begin");
  expect(graph?.["6"]?.inputs).toMatchObject({ steps: 2 });
  expect(graph?.["2"]?.inputs["image"]).toMatch(/^callsheet\//);
  const again = await regenerate();
  if (again.skipped.length > 0) expect(again.skipped).toMatchObject([{ isUnderWay: true }]);
  expect(again.takes).toEqual([]);
  await studio.untilTake(takes[0]?.id ?? "", isInReview);
  expect(await state()).toMatchObject({ freshness: "CURRENT", take: { id: takes[0]?.id } });
  // A rejected take can't be used: the one before it counts.
  await reviewTake(studio.deps, studio.admin, { takeId: takes[0]?.id ?? "", verdict: "REJECTED" });
  expect(await state()).toMatchObject({ freshness: "STALE", take: { id: first.id } });
});

test("what nothing fills blocks a take, and is told", async () => {
  await write("a {coat}", "START_CLIP");
  expect(await state()).toMatchObject({ freshness: "BLOCKED", problems: [expect.stringContaining("{coat}")] });
  expect(await regenerate()).toEqual({ takes: [], skipped: [] });
});

test("others see nothing of it", async () => {
  const stranger = await studio.person("CREATOR");
  await expect(takeStates(studio.deps, stranger, pairs())).rejects.toMatchObject({
    kind: "NotFoundError",
    path: ["sceneTypeIds", "0"],
  });
});
