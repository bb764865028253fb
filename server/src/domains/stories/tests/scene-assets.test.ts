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

const scene = async (title: string) => encodeId("Scene", await studio.scene(title));
const asset = async (name: string, more: Parameters<StoryStudio["asset"]>[2] = {}) =>
  encodeId("ProjectAsset", await studio.asset(name, "CHARACTER", more));
const state = `id descriptionOverride effectiveDescription statusTags carryForward isLocked reviewStatus inheritedFromNumber
  inheritedFrom { id } image { id } projectAsset { id name }`;
const add = async (sceneId: string, projectAssetId: string, more: object = {}) =>
  studio.mutate("createSceneAsset", { sceneId, projectAssetId, ...more }, `sceneAsset { ${state} }`);
const added = async (...args: Parameters<typeof add>) => (await add(...args)).sceneAsset;
const inherit = (sceneId: string, more: object = {}) =>
  studio.mutate("inheritSceneAssets", { sceneId, ...more }, `sceneAssets { ${state} } notReady { name }`);
const edit = (id: string, input: object) =>
  studio.mutate("updateSceneAsset", { id, ...input }, `sceneAsset { ${state} }`);
const read = async (id: string, fields: string, type = "SceneAsset") =>
  (
    await app.execute(
      `query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`,
      { id },
      { viewer: studio.creator },
    )
  ).node;

describe("inheriting", () => {
  test("gives the first scene the approved assets, and names those that are not designed yet", async () => {
    const imageId = await studio.picture();
    await asset("Mara", { imageId, description: "tall" });
    await asset("Ben", { isLocked: false });
    await asset("Eve", { isDeferred: true });
    const { sceneAssets, notReady } = await inherit(await scene("One"));
    expect(sceneAssets).toMatchObject([
      {
        projectAsset: { name: "Mara" },
        effectiveDescription: "tall",
        statusTags: [],
        carryForward: true,
        isLocked: false,
        inheritedFrom: null,
        image: { id: encodeId("Asset", imageId) },
        reviewStatus: "READY",
      },
    ]);
    expect(notReady).toEqual([{ name: "Eve" }]);
  });

  test("takes over what carries, resets what does not, and starts unlocked", async () => {
    const image = encodeId("Asset", await studio.picture());
    const [one, two, three] = [await scene("One"), await scene("Two"), await scene("Three")];
    const [mara, ben] = [await asset("Mara", { description: "tall" }), await asset("Ben", { description: "small" })];
    const first = await added(one, mara, { descriptionOverride: "drenched", statusTags: ["Wet"], imageId: image });
    const other = await added(one, ben, { statusTags: ["muddy"], carryForward: false, imageId: image });
    await studio.mutate("lockSceneAssets", { ids: [first.id, other.id] });
    const { sceneAssets } = await inherit(two);
    expect(sceneAssets).toMatchObject([
      {
        projectAsset: { name: "Mara" },
        effectiveDescription: "drenched",
        statusTags: ["wet"],
        image: { id: image },
        carryForward: true,
        isLocked: false,
        inheritedFrom: { id: first.id },
        inheritedFromNumber: 1,
      },
      {
        projectAsset: { name: "Ben" },
        effectiveDescription: "small",
        statusTags: [],
        image: null,
        carryForward: false,
        isLocked: false,
        inheritedFrom: { id: other.id },
      },
    ]);
    await inherit(three);
    const chain = await read(three, "assets { inheritanceChain { statusTags scene { number } } }", "Scene");
    expect(chain.assets[0].inheritanceChain).toEqual([
      { statusTags: ["wet"], scene: { number: 1 } },
      { statusTags: ["wet"], scene: { number: 2 } },
      { statusTags: ["wet"], scene: { number: 3 } },
    ]);
  });

  test("is refused for a scene that has assets, and says what to do where there is nothing to inherit", async () => {
    const [one, two] = [await scene("One"), await scene("Two")];
    const mara = await asset("Mara");
    expect(await inherit(two)).toMatchObject({
      __typename: "ConflictError",
      code: "NO_PRIOR_STATE",
      message: "Scene 1 has no assets to inherit; have them detected, add them there, or start from the project assets",
    });
    expect(await inherit(two, { fromProjectAssets: true })).toMatchObject({
      sceneAssets: [{ projectAsset: { id: mara }, inheritedFrom: null }],
    });
    expect(await inherit(two)).toMatchObject({ __typename: "ConflictError", code: "HAS_INSTANCES" });
    expect((await inherit(one)).sceneAssets).toHaveLength(1);
  });

  test("twice at once gives a scene its assets once", async () => {
    await asset("Mara");
    const one = await scene("One");
    const results = await Promise.all([inherit(one), inherit(one), inherit(one)]);
    expect(results.map((result) => result.code ?? "done").toSorted()).toEqual([
      "HAS_INSTANCES",
      "HAS_INSTANCES",
      "done",
    ]);
    expect((await read(one, "assets { id }", "Scene")).assets).toHaveLength(1);
  });

  test("follows what people chose asset by asset, and keeps on record what they let go", async () => {
    const [one, two] = [await scene("One"), await scene("Two")];
    const [mara, ben, eve] = [await asset("Mara"), await asset("Ben"), await asset("Eve")];
    await added(one, mara, { statusTags: ["wet"] });
    await added(one, ben, { statusTags: ["muddy"], carryForward: false });
    await added(one, eve);
    const choices = [
      { projectAssetId: mara, choice: "RESET" },
      { projectAssetId: ben, choice: "CARRY" },
      { projectAssetId: eve, choice: "SKIP" },
    ];
    const { sceneAssets } = await inherit(two, { choices });
    expect(sceneAssets).toMatchObject([
      { projectAsset: { name: "Mara" }, statusTags: [], carryForward: true },
      { projectAsset: { name: "Ben" }, statusTags: ["muddy"], carryForward: false },
    ]);
    const trail = await read(
      sceneAssets[0].id,
      "reviewStatus changes { nodes { field origin before after user { name } } }",
    );
    expect(trail.changes.nodes).toEqual([
      { field: "TAGS", origin: "INHERITANCE", before: ["wet"], after: [], user: { name: studio.creator.name } },
    ]);
  });

  test("is refused for a choice about an asset that the scene before has not got", async () => {
    const [one, two] = [await scene("One"), await scene("Two")];
    await added(one, await asset("Mara"));
    expect(await inherit(two, { choices: [{ projectAssetId: await asset("Ben"), choice: "CARRY" }] })).toMatchObject({
      __typename: "ValidationError",
      path: ["choices", "0", "projectAssetId"],
    });
  });
});

describe("an asset that is added by hand", () => {
  test("starts from the last scene that has it when asked, else from the project asset", async () => {
    const [one, two, three, four] = [await scene("One"), await scene("Two"), await scene("Three"), await scene("Four")];
    const mara = await asset("Mara", { description: "tall" });
    await added(one, mara, { statusTags: ["clean"] });
    const last = await added(two, mara, { statusTags: ["wet"], descriptionOverride: "drenched" });
    await added(four, mara, { statusTags: ["dry"] });
    expect(await added(three, mara, { fromLastAppearance: true, statusTags: ["Torn"] })).toMatchObject({
      inheritedFrom: { id: last.id },
      inheritedFromNumber: 2,
      effectiveDescription: "drenched",
      statusTags: ["torn"],
    });
    expect(await add(three, mara)).toMatchObject({ __typename: "ConflictError", code: "IN_SCENE" });
    const ben = await asset("Ben");
    expect(await added(three, ben, { fromLastAppearance: true })).toMatchObject({
      inheritedFrom: null,
      statusTags: [],
    });
  });

  test("can be one that is to be designed later", async () => {
    const eve = await asset("Eve", { isDeferred: true });
    expect(await added(await scene("One"), eve)).toMatchObject({
      projectAsset: { id: eve },
      reviewStatus: "UNREVIEWED",
    });
  });

  test("is of the scene's own branch", async () => {
    const mara = await asset("Mara");
    const { branch } = await studio.mutate(
      "createBranch",
      { projectId: studio.ids.project, name: "Night" },
      "branch { id }",
    );
    const { scene: elsewhere } = await studio.mutate(
      "createScene",
      { branchId: branch.id, title: "One" },
      "scene { id }",
    );
    expect(await add(elsewhere.id, mara)).toMatchObject({ __typename: "NotFoundError", path: ["projectAssetId"] });
  });
});

describe("the record of an instance", () => {
  test("holds each field that became another: before, after, who and why, the newest first", async () => {
    const image = encodeId("Asset", await studio.picture());
    const { id } = await added(await scene("One"), await asset("Mara", { description: "tall" }));
    await edit(id, { statusTags: [" Muddy ", "muddy", "Torn"], carryForward: false, reason: "she fell" });
    await edit(id, { statusTags: ["torn", "muddy"], descriptionOverride: "" });
    await edit(id, { descriptionOverride: "bent", imageId: image });
    await edit(id, { descriptionOverride: null });
    const found = await read(
      id,
      `statusTags effectiveDescription modificationCount lastModifiedField
       changes { totalCount nodes { field origin before after reason user { name } } }`,
    );
    const by = { origin: "PERSON", user: { name: studio.creator.name } };
    expect(found.changes.nodes.slice(0, 1)).toEqual([
      { ...by, field: "DESCRIPTION", before: "bent", after: null, reason: null },
    ]);
    expect(found.changes.nodes.slice(1, 3)).toEqual(
      expect.arrayContaining([
        { ...by, field: "DESCRIPTION", before: null, after: "bent", reason: null },
        { ...by, field: "IMAGE", before: null, after: image, reason: null },
      ]),
    );
    expect(found.changes.nodes.slice(3)).toEqual(
      expect.arrayContaining([
        { ...by, field: "TAGS", before: [], after: ["muddy", "torn"], reason: "she fell" },
        { ...by, field: "CARRY_FORWARD", before: true, after: false, reason: "she fell" },
      ]),
    );
    expect(found).toMatchObject({
      modificationCount: 5,
      lastModifiedField: "DESCRIPTION",
      effectiveDescription: "tall",
    });
    expect(found.changes.totalCount).toBe(5);
  });

  test("is read in pages", async () => {
    const { id } = await added(await scene("One"), await asset("Mara"));
    for (const tag of ["a", "b", "c"]) await edit(id, { statusTags: [tag] });
    const page = async (args: string) =>
      (await read(id, `changes(${args}) { nodes { after } pageInfo { endCursor hasNextPage } }`)).changes;
    const first = await page("first: 2");
    expect(first).toMatchObject({ nodes: [{ after: ["c"] }, { after: ["b"] }], pageInfo: { hasNextPage: true } });
    expect((await page(`first: 2, after: "${first.pageInfo.endCursor}"`)).nodes).toEqual([{ after: ["a"] }]);
  });

  test("loses nothing when several people edit at once", async () => {
    const { id } = await added(await scene("One"), await asset("Mara"));
    const tags = Array.from({ length: 60 }, (_none, index) => `tag ${index}`);
    await Promise.all(tags.map((tag) => edit(id, { statusTags: [tag] })));
    const { changes, statusTags } = await read(id, "statusTags changes(first: 200) { nodes { before after } }");
    expect(changes.nodes).toHaveLength(tags.length);
    // Each began where the one before ended.
    const ends = changes.nodes.toReversed();
    expect(ends[0].before).toEqual([]);
    for (const [index, change] of ends.slice(1).entries()) expect(change.before).toEqual(ends[index].after);
    expect(statusTags).toEqual(ends.at(-1).after);
  });
});

describe("a lock", () => {
  test("keeps text and tags, lets image and carrying change, and is on record", async () => {
    const image = encodeId("Asset", await studio.picture());
    const { id } = await added(await scene("One"), await asset("Mara"), { statusTags: ["wet"] });
    await studio.mutate("lockSceneAssets", { ids: [id], reason: "approved" });
    await studio.mutate("lockSceneAssets", { ids: [id] });
    expect(await edit(id, { statusTags: ["dry"] })).toMatchObject({ code: "INSTANCE_LOCKED", path: ["statusTags"] });
    expect(await edit(id, { descriptionOverride: "x" })).toMatchObject({
      code: "INSTANCE_LOCKED",
      path: ["descriptionOverride"],
    });
    expect(await studio.mutate("deleteSceneAsset", { id })).toMatchObject({ code: "INSTANCE_LOCKED" });
    expect(await edit(id, { statusTags: ["wet"], imageId: image, carryForward: false })).toMatchObject({
      sceneAsset: { image: { id: image }, reviewStatus: "LOCKED" },
    });
    await studio.mutate("unlockSceneAssets", { ids: [id] });
    expect(await edit(id, { statusTags: ["dry"] })).toMatchObject({
      sceneAsset: { statusTags: ["dry"], reviewStatus: "EDITED" },
    });
    const { changes } = await read(id, "changes { nodes { field after reason } }");
    expect(changes.nodes.filter(({ field }: { field: string }) => field === "LOCKED")).toEqual([
      { field: "LOCKED", after: false, reason: null },
      { field: "LOCKED", after: true, reason: "approved" },
    ]);
  });

  test("is set on all or none", async () => {
    const { id } = await added(await scene("One"), await asset("Mara"));
    const missing = encodeId("SceneAsset", "01900000-0000-7000-8000-00000000dead");
    expect(await studio.mutate("lockSceneAssets", { ids: [id, missing] })).toMatchObject({
      __typename: "NotFoundError",
      path: ["ids", "1"],
    });
    expect((await read(id, "isLocked")).isLocked).toBe(false);
  });
});

test("the review status says what a person did, not what the system did", async () => {
  const image = encodeId("Asset", await studio.picture());
  const [one, two] = [await scene("One"), await scene("Two")];
  const { id } = await added(one, await asset("Mara"));
  const status = async (each = id) => (await read(each, "reviewStatus")).reviewStatus;
  expect(await status()).toBe("UNREVIEWED");
  await app.deps.db.prisma.sceneAsset.updateMany({
    data: { imageId: (await app.deps.db.prisma.asset.findFirstOrThrow()).id },
  });
  expect(await status()).toBe("READY");
  await edit(id, { carryForward: false });
  await edit(id, { carryForward: true });
  expect(await status()).toBe("READY");
  await edit(id, { imageId: image });
  expect(await status()).toBe("EDITED");
  await studio.mutate("lockSceneAssets", { ids: [id] });
  expect(await status()).toBe("LOCKED");
  const { sceneAssets } = await inherit(two);
  expect(await status(sceneAssets[0].id)).toBe("READY");
});

describe("searching a branch", () => {
  const search = async (args: string) => {
    const { sceneAssets } = await app.execute(
      `query ($id: ID!) { sceneAssets(branchId: $id ${args}) { totalCount nodes { scene { number } projectAsset { name } } pageInfo { endCursor hasNextPage } } }`,
      { id: studio.ids.branch },
      { viewer: studio.creator },
    );
    return {
      ...sceneAssets,
      found: sceneAssets.nodes.map(
        (each: { scene: { number: number }; projectAsset: { name: string } }) =>
          `${each.scene.number} ${each.projectAsset.name}`,
      ),
    };
  };

  test("is by any or all tags, type, words and scenes, in story order, with counts for the tags", async () => {
    const scenes = [await scene("One"), await scene("Two"), await scene("Three")];
    const [mara, ship] = [
      await asset("Mara", { description: "a tall seller" }),
      encodeId("ProjectAsset", await studio.asset("Ship", "PROP")),
    ];
    await added(scenes[2] as string, ship, { statusTags: ["wet", "burning"] });
    await added(scenes[0] as string, mara, { statusTags: ["wet"] });
    await added(scenes[1] as string, mara, { statusTags: ["wet", "muddy"], descriptionOverride: "a drenched woman" });
    await added(scenes[0] as string, ship);
    const found = async (args: string) => (await search(args)).found;
    expect(await found("")).toEqual(["1 Mara", "1 Ship", "2 Mara", "3 Ship"]);
    expect(await found(', tags: [" Muddy", "burning"]')).toEqual(["2 Mara", "3 Ship"]);
    expect(await found(', tags: ["wet", "muddy"], tagMatch: ALL')).toEqual(["2 Mara"]);
    expect(await found(", types: [PROP]")).toEqual(["1 Ship", "3 Ship"]);
    // The text that stands is searched: the project asset's does not where a scene has its own.
    expect(await found(', search: "SELLER"')).toEqual(["1 Mara"]);
    expect(await found(', search: "drenched"')).toEqual(["2 Mara"]);
    expect(await found(', search: "ship", fromScene: 2')).toEqual(["3 Ship"]);
    expect(await found(", toScene: 1")).toEqual(["1 Mara", "1 Ship"]);
    const page = await search(", first: 3");
    expect(page).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    expect(await found(`, first: 3, after: "${page.pageInfo.endCursor}"`)).toEqual(["3 Ship"]);
    expect(await found(", last: 2")).toEqual(["2 Mara", "3 Ship"]);
    const { statusTagCounts } = await app.execute("query ($id: ID!) { statusTagCounts(branchId: $id) { tag count } }", {
      id: studio.ids.branch,
    });
    expect(statusTagCounts).toEqual([
      { tag: "wet", count: 3 },
      { tag: "burning", count: 1 },
      { tag: "muddy", count: 1 },
    ]);
  });
});
