import { relevanceContext } from "#domains/stories/relevance/relevance-context.service.ts";
import { detectSceneAssets, keepSuggestions } from "#domains/stories/relevance/suggestions.service.ts";
import { createSceneAsset } from "#domains/stories/scene-assets/create-scene-asset.service.ts";
import { updateSceneAsset } from "#domains/stories/scene-assets/update-scene-asset.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { startLlmSimulator } from "#platform/llm/simulator/llm-simulator.ts";
import { textOf } from "#platform/llm/simulator/protocol.ts";
import { makeStoryStudio, type StoryStudio } from "#test/story-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: StoryStudio;
let films = 0;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  films += 1;
  studio = await makeStoryStudio(app, `Film ${films}`);
});
afterAll(() => app[Symbol.asyncDispose]());

/** Two scenes, the first of which left Mara muddy. */
async function story() {
  const one = await studio.scene("Pier", { endStateSummary: "rain begins" });
  const two = await studio.scene("Hut", { scriptExcerpt: "Mara lights a lamp." });
  const mara = await studio.asset("Mara", "CHARACTER", { description: "tall" });
  await studio.asset("Ben", "CHARACTER", { isLocked: false });
  await createSceneAsset(app.deps, studio.creator, {
    sceneId: one,
    projectAssetId: mara,
    fromLastAppearance: false,
    descriptionOverride: "in a torn coat",
    statusTags: ["muddy"],
  });
  return { one, two, mara };
}
const open = async (sceneId: string) =>
  (
    await app.execute(
      `query ($id: ID!) { scene(id: $id) { assetSuggestions { id name type reason statusTags projectAsset { name } } } }`,
      { id: encodeId("Scene", sceneId) },
      { viewer: studio.creator },
    )
  ).scene.assetSuggestions;
const answer = (maraId: string) => ({
  relevant: [{ id: maraId, why: "she acts", description: "in a wet coat", tags: ["Wet", "muddy"] }],
  required: [{ type: "PROP", name: "Lamp", description: "an oil lamp", why: "she lights it" }],
});

test("without a language model nothing is guessed: the error says what to do, and all else works", async () => {
  const { two } = await story();
  expect(await studio.mutate("detectSceneAssets", { sceneId: encodeId("Scene", two) })).toMatchObject({
    __typename: "UnavailableError",
    code: "LLM_UNAVAILABLE",
  });
  expect(await open(two)).toEqual([]);
});

test("a model's answer becomes suggestions; ids that it made up are dropped", async () => {
  await using llm = await startLlmSimulator();
  await using second = await startTestApp({ beside: app, config: { llm: llm.settings } });
  const { two, mara } = await story();
  const { relevant, required } = answer(mara);
  const invented = { ...relevant[0], id: "ffffffff-0000-4000-8000-000000000000" };
  llm.replyWith(() => JSON.stringify({ relevant: [...relevant, invented], required }));
  await detectSceneAssets(second.deps, studio.creator, two);
  expect(await open(two)).toMatchObject([
    { name: "Mara", reason: "she acts", statusTags: ["wet", "muddy"] },
    { name: "Lamp", projectAsset: null },
  ]);
  expect(textOf(llm.requests[0] as never, "user")).toContain("Mara lights a lamp.");
});

test("a model is told script, how the scene before ends, and how the locked assets were left", async () => {
  const { two, mara } = await story();
  expect(await relevanceContext(app.deps, studio.creator, two)).toEqual({
    scene: { number: 2, title: "Hut", script: "Mara lights a lamp.", shots: [] },
    priorEndState: "rain begins",
    assets: [
      {
        id: mara,
        type: "CHARACTER",
        name: "Mara",
        description: "tall",
        lastState: { sceneNumber: 1, description: "in a torn coat", statusTags: ["muddy"] },
      },
    ],
  });
  await expect(relevanceContext(app.deps, studio.stranger, two)).rejects.toMatchObject({ kind: "NotFoundError" });
});

test("what does not carry forward is no state that a model could go on from", async () => {
  const { one, two, mara } = await story();
  const state = await app.deps.db.prisma.sceneAsset.findFirstOrThrow({ where: { sceneId: one } });
  await updateSceneAsset(app.deps, studio.creator, state.id, { carryForward: false });
  expect((await relevanceContext(app.deps, studio.creator, two)).assets).toMatchObject([
    { id: mara, lastState: { sceneNumber: 1, description: "tall", statusTags: [] } },
  ]);
});

test("suggestions are listed, and accepted ones are in the scene and carry forward; a new one becomes an asset", async () => {
  const { two, mara } = await story();
  await keepSuggestions(app.deps, studio.creator, two, answer(mara));
  const suggestions = await open(two);
  expect(suggestions).toMatchObject([
    { name: "Mara", reason: "she acts", statusTags: ["wet", "muddy"], projectAsset: { name: "Mara" } },
    { name: "Lamp", type: "PROP", projectAsset: null },
  ]);
  const accepted = await studio.mutate(
    "acceptSceneAssets",
    {
      sceneId: encodeId("Scene", two),
      suggestions: [{ id: suggestions[0].id }, { id: suggestions[1].id, statusTags: ["lit"] }],
    },
    "sceneAssets { effectiveDescription descriptionOverride statusTags carryForward inheritedFromNumber projectAsset { name isLocked } }",
  );
  expect(accepted.sceneAssets).toEqual([
    {
      effectiveDescription: "in a wet coat",
      descriptionOverride: "in a wet coat",
      statusTags: ["wet", "muddy"],
      carryForward: true,
      inheritedFromNumber: 1,
      projectAsset: { name: "Mara", isLocked: true },
    },
    {
      effectiveDescription: "an oil lamp",
      descriptionOverride: null,
      statusTags: ["lit"],
      carryForward: true,
      inheritedFromNumber: null,
      projectAsset: { name: "Lamp", isLocked: false },
    },
  ]);
  expect(await open(two)).toEqual([]);
  expect(await keepSuggestions(app.deps, studio.creator, two, answer(mara))).toEqual([]);
});

test("all or none are accepted", async () => {
  const { two, mara } = await story();
  const [known, made] = await keepSuggestions(app.deps, studio.creator, two, answer(mara));
  await createSceneAsset(app.deps, studio.creator, { sceneId: two, projectAssetId: mara, fromLastAppearance: false });
  const both = [made, known].map((each) => ({ id: encodeId("SceneAssetSuggestion", each?.id ?? "") }));
  const accept = (suggestions: object[]) =>
    studio.mutate("acceptSceneAssets", { sceneId: encodeId("Scene", two), suggestions }, "sceneAssets { id }");
  expect(await accept(both)).toMatchObject({ __typename: "ConflictError", code: "IN_SCENE" });
  expect(await accept([])).toMatchObject({ __typename: "ValidationError", path: ["suggestions"] });
  expect(await app.deps.db.prisma.projectAsset.count({ where: { branchId: studio.branchId, name: "Lamp" } })).toBe(0);
  expect(await open(two)).toHaveLength(2);
});

test("what is ignored is not suggested again; a new answer takes the place of what is open", async () => {
  const { two, mara } = await story();
  const [, lamp] = await keepSuggestions(app.deps, studio.creator, two, answer(mara));
  const ids = [encodeId("SceneAssetSuggestion", lamp?.id ?? "")];
  const ignored = await studio.mutate(
    "ignoreSceneAssetSuggestions",
    { sceneId: encodeId("Scene", two), ids },
    "scene { assetSuggestions { name } }",
  );
  expect(ignored.scene.assetSuggestions).toEqual([{ name: "Mara" }]);
  const again = { ...answer(mara), relevant: [] };
  again.required.push({ type: "PROP", name: "Rope", description: "", why: "" });
  expect(await keepSuggestions(app.deps, studio.creator, two, again)).toMatchObject([{ name: "Rope" }]);
  await expect(keepSuggestions(app.deps, studio.creator, two, { relevant: "all" })).rejects.toMatchObject({
    code: "LLM_BAD_ANSWER",
  });
  expect(await open(two)).toMatchObject([{ name: "Rope" }]);
});
