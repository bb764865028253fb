import { encodeId } from "#graphql/ids.ts";
import { makeStoryStudio, type StoryStudio } from "#test/story-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: StoryStudio;
let projects = 0;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  projects += 1;
  studio = await makeStoryStudio(app, `Film ${projects}`);
});
afterAll(() => app[Symbol.asyncDispose]());

const scene = async (title: string, scriptExcerpt = "") =>
  encodeId("Scene", await studio.scene(title, { scriptExcerpt }));
const asset = async (name: string, more: Parameters<StoryStudio["asset"]>[2] = {}) =>
  encodeId("ProjectAsset", await studio.asset(name, "CHARACTER", more));
const add = async (sceneId: string, projectAssetId: string, more: object = {}) =>
  (await studio.mutate("createSceneAsset", { sceneId, projectAssetId, ...more }, "sceneAsset { id }")).sceneAsset.id;
const ask = async (field: string, id: string, selection: string) =>
  (
    await app.execute(
      `query ($id: ID!) { result: ${field}(${field === "continuityWarnings" ? "branchId" : "sceneId"}: $id) { ${selection} } }`,
      { id },
      { viewer: studio.creator },
    )
  ).result;

describe("the continuity diff", () => {
  const fields = `hasInstances prior { number } notReady { name }
    entries { kind projectAsset { name } prior { id } current { id } descriptionBefore descriptionAfter imageAfter { id } changes carriedTags droppedTags addedTags }`;

  test("shows what a scene would inherit, and which tags go with it", async () => {
    const [one, two] = [await scene("One"), await scene("Two")];
    const [mara, ben] = [await asset("Mara", { description: "tall" }), await asset("Ben", { description: "small" })];
    const first = await add(one, mara, { statusTags: ["wet"], descriptionOverride: "drenched" });
    await add(one, ben, { statusTags: ["muddy"], carryForward: false });
    const diff = await ask("continuityDiff", two, fields);
    expect(diff).toMatchObject({ hasInstances: false, prior: { number: 1 }, notReady: [] });
    expect(diff.entries).toMatchObject([
      {
        kind: "CARRIES",
        projectAsset: { name: "Mara" },
        prior: { id: first },
        current: null,
        descriptionAfter: "drenched",
        changes: [],
        carriedTags: ["wet"],
        droppedTags: [],
      },
      {
        kind: "RESETS",
        projectAsset: { name: "Ben" },
        descriptionAfter: "small",
        changes: ["TAGS"],
        droppedTags: ["muddy"],
      },
    ]);
    // What it shows is what happens.
    await studio.mutate("inheritSceneAssets", { sceneId: two });
    const after = await ask("continuityDiff", two, fields);
    const withoutCurrent = (entries: { current: unknown }[]) => entries.map(({ current: _current, ...entry }) => entry);
    expect(after.hasInstances).toBe(true);
    expect(withoutCurrent(after.entries)).toEqual(withoutCurrent(diff.entries));
  });

  test("shows a first scene what it would start with", async () => {
    const one = await scene("One");
    await asset("Mara");
    await asset("Eve", { isDeferred: true });
    await asset("Ben", { isLocked: false });
    expect(await ask("continuityDiff", one, fields)).toMatchObject({
      prior: null,
      entries: [{ kind: "NEW", projectAsset: { name: "Mara" }, prior: null }],
      notReady: [{ name: "Eve" }],
    });
  });

  test("compares what a scene has with the scene before", async () => {
    const [one, two] = [await scene("One"), await scene("Two")];
    const [mara, ben, eve] = [await asset("Mara"), await asset("Ben"), await asset("Eve")];
    await add(one, mara, { statusTags: ["wet", "tired"] });
    await add(one, ben);
    await add(two, mara, { statusTags: ["tired", "torn"] });
    await add(two, eve);
    expect((await ask("continuityDiff", two, fields)).entries).toMatchObject([
      {
        projectAsset: { name: "Mara" },
        changes: ["TAGS"],
        carriedTags: ["tired"],
        droppedTags: ["wet"],
        addedTags: ["torn"],
      },
      { projectAsset: { name: "Ben" }, kind: "LEFT_OUT", descriptionAfter: null },
      { projectAsset: { name: "Eve" }, kind: "NEW", descriptionBefore: null },
    ]);
  });
});

test("warnings follow what is stored: they come with a mistake and go when it is mended", async () => {
  const [one, two] = [await scene("One", "Mara waits."), await scene("Two", "Mara leaves with Ben.")];
  const [mara, ben, ship] = [
    await asset("Mara", { description: "tall" }),
    await asset("Ben"),
    encodeId("ProjectAsset", await studio.asset("Ship", "PROP")),
  ];
  const first = await add(one, mara, { statusTags: ["wet"] });
  const { sceneAssets } = await studio.mutate("inheritSceneAssets", { sceneId: two }, "sceneAssets { id }");
  const second = sceneAssets[0].id;
  const told = async () =>
    (
      await ask(
        "continuityWarnings",
        studio.ids.branch,
        "kind scene { number } projectAsset { name } sceneAsset { id }",
      )
    ).map(
      (each: { kind: string; scene: { number: number }; projectAsset: { name: string } }) =>
        `${each.scene.number} ${each.kind} ${each.projectAsset.name}`,
    );
  expect(await told()).toEqual(["2 CAST_INCOMPLETE Ben"]);
  await add(two, ben);
  expect(await told()).toEqual([]);

  await add(two, ship);
  expect(await told()).toEqual(["2 NOT_INTRODUCED Ship"]);
  await studio.mutate("updateScene", { id: one, shots: [{ setting: "the ship, at night" }] });
  expect(await told()).toEqual([]);

  // A tag that comes later in the scene before is in no change of this one.
  await studio.mutate("updateSceneAsset", { id: first, statusTags: ["wet", "muddy"] });
  expect(await told()).toEqual(["2 TAG_VANISHED Mara"]);
  await studio.mutate("updateSceneAsset", { id: second, statusTags: ["wet", "muddy"] });
  await studio.mutate("updateSceneAsset", { id: second, statusTags: ["wet"], reason: "washed" });
  expect(await told()).toEqual([]);

  await studio.mutate("updateSceneAsset", { id: second, descriptionOverride: "bent" });
  await studio.mutate("lockSceneAssets", { ids: [second] });
  expect(await told()).toEqual(["2 LOCKED_DIFFERS Mara"]);
  await studio.mutate("unlockSceneAssets", { ids: [second] });

  await studio.mutate("reorderScenes", { branchId: studio.ids.branch, sceneIds: [two, one] });
  expect(await told()).toContain("1 SOURCE_NOT_EARLIER Mara");
  const chain = await app.execute(
    "query ($id: ID!) { node(id: $id) { ... on SceneAsset { inheritedFrom { id } inheritanceChain { id } } } }",
    { id: second },
  );
  expect(chain.node).toEqual({ inheritedFrom: { id: first }, inheritanceChain: [{ id: second }] });
  await studio.mutate("deleteScene", { id: one });
  expect(await told()).toContain("1 SOURCE_NOT_EARLIER Mara");
});

test("a scene moves on step by step, and is held up by everything that it lacks", async () => {
  const one = await scene("One");
  const advance = () => studio.mutate("advanceScene", { sceneId: one }, "scene { status }");
  const missing = async () =>
    (await ask("sceneReadiness", one, "isReady missing { kind message sceneAsset { id } }")).missing;
  expect(await advance()).toMatchObject({ scene: { status: "ASSETS" } });
  expect((await missing()).map(({ kind }: { kind: string }) => kind)).toEqual(["NO_INSTANCES", "NO_LOCKED_STYLE"]);
  const imageId = encodeId("Asset", await studio.picture());
  const [mara, ben] = [await add(one, await asset("Mara")), await add(one, await asset("Ben"))];
  expect(await advance()).toMatchObject({
    __typename: "ValidationError",
    code: "NOT_READY",
    issues: [
      { message: "Mara has no image" },
      { message: "Ben has no image" },
      { message: "the project has no locked visual style" },
    ],
  });
  expect((await missing())[0]).toMatchObject({ kind: "NO_IMAGE", sceneAsset: { id: mara } });
  for (const id of [mara, ben]) await studio.mutate("updateSceneAsset", { id, imageId });
  const { visualStyle } = await studio.mutate(
    "createVisualStyle",
    { projectId: studio.ids.project, name: "Ink" },
    "visualStyle { id }",
  );
  await studio.mutate("lockVisualStyle", { id: visualStyle.id });
  expect(await ask("sceneReadiness", one, "isReady missing { kind }")).toEqual({ isReady: true, missing: [] });
  expect(await advance()).toMatchObject({ scene: { status: "READY" } });
  expect(await advance()).toMatchObject({ scene: { status: "RENDERED" } });
  expect(await advance()).toMatchObject({ __typename: "ConflictError", code: "LAST_STATUS" });
});

test("the context of a scene is what a prompt writer needs", async () => {
  const [portrait, wet] = [encodeId("Asset", await studio.picture()), encodeId("Asset", await studio.picture())];
  const [one, two] = [await scene("One"), await scene("Two", "Mara leaves.")];
  await studio.mutate("updateScene", { id: one, endStateSummary: "It rains.", endFrameId: portrait });
  const [mara, ben] = [await asset("Mara", { description: "tall" }), await asset("Ben", { description: "small" })];
  await studio.mutate("updateProjectAsset", { id: ben, imageId: portrait });
  await add(two, mara, { statusTags: ["wet"], descriptionOverride: "drenched", imageId: wet });
  const instance = await add(two, ben);
  await studio.mutate("updateSceneAsset", { id: instance, imageId: null });
  expect(
    await ask(
      "sceneContext",
      two,
      "scene { scriptExcerpt } prior { endStateSummary endFrame { id } } assets { name type description statusTags image { id } }",
    ),
  ).toEqual({
    scene: { scriptExcerpt: "Mara leaves." },
    prior: { endStateSummary: "It rains.", endFrame: { id: portrait } },
    assets: [
      { name: "Ben", type: "CHARACTER", description: "small", statusTags: [], image: { id: portrait } },
      { name: "Mara", type: "CHARACTER", description: "drenched", statusTags: ["wet"], image: { id: wet } },
    ],
  });
  expect((await ask("sceneContext", one, "prior { id }")).prior).toBeNull();
});

test.each(["continuityDiff", "sceneReadiness", "sceneContext"])("%s of a foreign scene is not found", async (field) => {
  const one = await scene("One");
  const { errors } = await app.execute(
    `query ($id: ID!) { ${field}(sceneId: $id) { scene { id } } }`,
    { id: one },
    { viewer: studio.stranger, errors: "return" },
  );
  expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});

test.each([
  "continuityWarnings(branchId: $id) { kind }",
  "sceneAssets(branchId: $id) { totalCount }",
  "statusTagCounts(branchId: $id) { tag }",
])("%s of a foreign branch is not found", async (field) => {
  const { errors } = await app.execute(
    `query ($id: ID!) { ${field} }`,
    { id: studio.ids.branch },
    { viewer: studio.stranger, errors: "return" },
  );
  expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});

test("a scene knows which assets its script and shots name, whole names only", async () => {
  await asset("Mara");
  await asset("Old lantern");
  await asset("Ben");
  const id = encodeId(
    "Scene",
    await studio.scene("One", {
      scriptExcerpt: "MARA waits. Benches in the rain.",
      shots: [{ action: "She lights the old lantern." }],
    }),
  );
  const { scene: found } = await app.execute(
    "query ($id: ID!) { scene(id: $id) { namedAssets { name } } }",
    { id },
    { viewer: studio.creator },
  );
  expect(found.namedAssets).toEqual([{ name: "Mara" }, { name: "Old lantern" }]);
});
