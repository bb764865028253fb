import { createFragment } from "#domains/fragments/fragments.service.ts";
import { createLibrary } from "#domains/libraries/libraries.service.ts";
import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { loadResolveInput } from "#domains/prompts/load-resolution.ts";
import { resolveForDispatch } from "#domains/prompts/resolution.service.ts";
import { setScenePromptDefault } from "#domains/prompts/scene-defaults.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { makePromptStudio, type PromptStudio } from "#test/prompt-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: PromptStudio;
let target: { sceneTypeId: string; characterId: string };
beforeAll(async () => {
  app = await startTestApp();
  studio = await makePromptStudio(app);
  target = { sceneTypeId: studio.sceneTypeId, characterId: studio.characterId };
  const { deps, admin } = app;
  const slotId = studio.slots.positive.id;
  const { sceneTypeId } = studio;
  await setScenePromptDefault(deps, admin, {
    sceneTypeId,
    slotId,
    clipPosition: "FULL_CLIP",
    text: "a portrait of {character_name} with {hair_color} hair",
  });
  await setScenePromptDefault(deps, admin, {
    sceneTypeId,
    slotId,
    clipPosition: "START_CLIP",
    text: "{character_name} enters",
  });
  const { id } = await createFragment(deps, { text: "soft window light" });
  await setPromptOverrides(deps, admin, { sceneTypeId, scope: "CHARACTER", targetId: studio.characterId }, [
    {
      slotId,
      fragments: [
        { type: "FRAGMENT_REF", fragmentId: id },
        { type: "INLINE", text: "{mood} expression" },
      ],
    },
  ]);
  await setPromptOverrides(deps, admin, { sceneTypeId, scope: "PROJECT", targetId: studio.projectId }, [
    { slotId: studio.slots.negative.id, fragments: [{ type: "INLINE", text: "watermark" }] },
  ]);
});
afterAll(() => app[Symbol.asyncDispose]());

const everything = `slot { id label defaultText isLinked description } nodeId inputName slotLabel slotType baseText resolvedText source
  unresolvedPlaceholders unresolvedLibraryReferences appliedFragments { fragmentId text isInline scope } warnings spans { text layer ref }`;
const preview = async (input: object = {}, selection = "resolvedText source", viewer = studio.viewer): Promise<any[]> =>
  (
    await app.execute(
      `query ($input: ResolvePromptsInput!) { resolvePrompts(input: $input) { ${selection} } }`,
      { input: { sceneTypeId: studio.ids.sceneType, characterId: studio.ids.character, ...input } },
      { viewer },
    )
  ).resolvePrompts;

test("the preview shows every slot with its text and why, in one statement", async () => {
  app.takeStatements();
  const [positive, negative, linked] = await preview({}, everything);
  expect(app.takeStatements()).toHaveLength(1);
  expect(positive).toMatchObject({
    slot: { id: studio.ids.positive, label: "Positive Prompt 1", defaultText: "a person walking", isLinked: false },
    nodeId: "2",
    inputName: "text",
    slotLabel: "Positive Prompt 1",
    slotType: "POSITIVE",
    baseText: "a portrait of {character_name} with {hair_color} hair",
    resolvedText: "a portrait of Mara with red hair, soft window light, {mood} expression",
    source: "WITH_FRAGMENTS",
    unresolvedPlaceholders: ["mood"],
    appliedFragments: [
      { text: "soft window light", isInline: false, scope: "CHARACTER" },
      { fragmentId: null, isInline: true },
    ],
  });
  expect(positive.spans.map((span: { text: string }) => span.text).join("")).toBe(positive.resolvedText);
  expect(negative).toMatchObject({ resolvedText: "blurry, watermark", appliedFragments: [{ scope: "PROJECT" }] });
  expect(linked).toMatchObject({
    resolvedText: "",
    source: "WORKFLOW_DEFAULT",
    slot: { isLinked: true, defaultText: null },
  });
});

test("Postgres keeps the plan of the preview's statement instead of planning each anew", async () => {
  for (let times = 0; times < 10; times++) await preview({ clipPosition: "START_CLIP" });
  const client = await app.deps.db.pool.connect();
  try {
    const { rows } = await client.query(
      `SELECT generic_plans > 0 AS "isKept" FROM pg_prepared_statements WHERE name = 'load-resolution'`,
    );
    expect(rows).toEqual([{ isKept: true }]);
  } finally {
    client.release();
  }
});

test("slot, clip position and separator can be chosen; the character can be left out", async () => {
  expect(await preview({ slotId: studio.ids.negative, separator: " + " })).toEqual([
    { resolvedText: "blurry + watermark", source: "WITH_FRAGMENTS" },
  ]);
  expect((await preview({ clipPosition: "START_CLIP" }))[0].resolvedText).toMatch(/^Mara enters, /);
  expect((await preview({ clipPosition: "CONTINUATION_CLIP" }))[0].resolvedText).toMatch(/^a portrait of Mara/);
  expect(await preview({ characterId: null })).toMatchObject([
    { resolvedText: "a portrait of {character_name} with {hair_color} hair", source: "SCENE_TYPE_DEFAULT" },
    { resolvedText: "blurry, watermark" },
    {},
  ]);
});

test("drafts stand in for what is stored, as they would be saved", async () => {
  const slotId = studio.ids.positive;
  const { id } = await createFragment(app.deps, { text: "at dusk" });
  const fragments = [{ type: "FRAGMENT_REF", fragmentId: encodeId("Fragment", id) }];
  const draft = async (override: object) =>
    (
      await preview({
        slotId,
        draftDefaults: [{ slotId, text: "draft" }],
        draftOverrides: [{ scope: "CHARACTER", slotId, ...override }],
      })
    )[0];
  expect(await draft({ fragments })).toEqual({ resolvedText: "draft, at dusk", source: "WITH_FRAGMENTS" });
  expect(await draft({ text: "other", fragments: [] })).toEqual({ resolvedText: "other", source: "OVERRIDE" });
  expect(await draft({ text: "", fragments: [] })).toEqual({ resolvedText: "draft", source: "SCENE_TYPE_DEFAULT" });
  expect(await draft({ text: "", fragments })).toEqual({ resolvedText: "at dusk", source: "WITH_FRAGMENTS" });
  expect((await preview({ slotId }))[0].source).toBe("WITH_FRAGMENTS");
});

test("libraries replace their references in what people wrote, with placeholders inside their texts", async () => {
  const library = await createLibrary(app.deps, app.admin, {
    name: "Looks",
    entries: { base: "%light% on {hair_color} hair", light: "rim light" },
  });
  const slotId = studio.ids.negative;
  const [resolved] = await preview(
    {
      slotId,
      libraryIds: [encodeId("Library", library.id)],
      draftDefaults: [{ slotId, text: "%base%, %none%, {gone}" }],
    },
    "resolvedText unresolvedPlaceholders unresolvedLibraryReferences spans { text layer ref }",
  );
  expect(resolved).toMatchObject({
    resolvedText: "rim light on red hair, %none%, {gone}, watermark",
    unresolvedPlaceholders: ["gone"],
    unresolvedLibraryReferences: ["none"],
  });
  expect(resolved.spans.slice(0, 3)).toEqual([
    { text: "rim light", layer: "library", ref: "light" },
    { text: " on ", layer: "library", ref: "base" },
    { text: "red", layer: "placeholder", ref: "hair_color" },
  ]);
});

test("what is not there is named by its path", async () => {
  const elsewhere = await makePromptStudio(app, "Elsewhere");
  const foreign = elsewhere.ids.positive;
  for (const [input, path] of [
    [{ sceneTypeId: encodeId("SceneType", studio.projectId) }, ["sceneTypeId"]],
    [{ characterId: encodeId("Character", studio.projectId) }, ["characterId"]],
    [{ characterId: elsewhere.ids.character }, ["characterId"]],
    [{ slotId: foreign }, ["slotId"]],
    [{ libraryIds: [encodeId("Library", studio.projectId)] }, ["libraryIds", "0"]],
    [{ draftDefaults: [{ slotId: foreign, text: "x" }] }, ["draftDefaults", "0", "slotId"]],
    [{ draftOverrides: [{ scope: "GROUP", slotId: foreign, fragments: [] }] }, ["draftOverrides", "0", "slotId"]],
  ] as const) {
    await expect(preview(input)).rejects.toMatchObject({ code: "NOT_FOUND", path });
  }
  await expect(preview({}, "resolvedText", studio.stranger)).rejects.toMatchObject({
    code: "NOT_FOUND",
    path: ["sceneTypeId"],
  });
});

test("dispatch gets the preview's texts, leaves links alone and says what is unresolved, slot by slot", async () => {
  const { sceneType, slots, texts, problems } = await resolveForDispatch(app.deps, studio.creator, target);
  expect(slots.map(({ resolvedText }) => resolvedText)).toEqual(
    (await preview()).map(({ resolvedText }) => resolvedText),
  );
  expect(texts).toEqual([
    { nodeId: "2", inputName: "text", text: "a portrait of Mara with red hair, soft window light, {mood} expression" },
    { nodeId: "3", inputName: "text", text: "blurry, watermark" },
  ]);
  expect(problems).toEqual([
    { path: ["prompts", "2", "text"], message: '"Positive Prompt 1" has unresolved placeholders: {mood}' },
  ]);
  expect(sceneType).toMatchObject({ id: studio.sceneTypeId, name: "Market", projectId: studio.projectId });
  expect((await loadResolveInput(app.deps, studio.viewer, target)).character).toEqual({
    name: "Mara",
    metadata: { hair_color: "red" },
  });
});
