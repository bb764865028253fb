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

const assetsOf = async (args = "") =>
  (
    await app.execute(
      `query ($id: ID!) { branch(id: $id) { assets${args} { totalCount nodes { name } pageInfo { endCursor } } } }`,
      { id: studio.ids.branch },
      { viewer: studio.creator },
    )
  ).branch.assets;

describe("a project asset", () => {
  test("has a name of its own among those of its type", async () => {
    await studio.asset("Lamp", "PROP");
    const again = (type: string) =>
      studio.mutate("createProjectAsset", { branchId: studio.ids.branch, type, name: "Lamp" });
    expect(await again("PROP")).toMatchObject({ __typename: "ConflictError", code: "NAME_TAKEN", path: ["name"] });
    expect(await again("LOCATION")).toMatchObject({ __typename: "CreateProjectAssetPayload" });
  });

  test("is found by type, words, lock and deferral, in pages by type and name", async () => {
    await studio.asset("Mara", "CHARACTER", { description: "a tall seller" });
    await studio.asset("Ben", "CHARACTER", { isLocked: false });
    await studio.asset("Market", "LOCATION");
    await studio.asset("Ship", "PROP", { isDeferred: true });
    const names = async (args: string) => (await assetsOf(args)).nodes.map(({ name }: { name: string }) => name);
    expect(await names("")).toEqual(["Ben", "Mara", "Market", "Ship"]);
    expect(await names("(types: [CHARACTER, PROP])")).toEqual(["Ben", "Mara", "Ship"]);
    expect(await names('(search: "SELL")')).toEqual(["Mara"]);
    expect(await names('(search: "%")')).toEqual([]);
    expect(await names("(isLocked: false)")).toEqual(["Ben"]);
    expect(await names("(isDeferred: true)")).toEqual(["Ship"]);
    const page = await assetsOf("(first: 2)");
    expect(page.totalCount).toBe(4);
    expect(await names(`(first: 2, after: "${page.pageInfo.endCursor}")`)).toEqual(["Market", "Ship"]);
    expect(await names("(last: 1)")).toEqual(["Ship"]);
  });

  test("takes a picture of its project only, and loses it by null", async () => {
    const id = encodeId("ProjectAsset", await studio.asset("Mara"));
    const elsewhere = await makeStoryStudio(app, `Other ${projects}`);
    const image = "projectAsset { image { id } }";
    const foreign = encodeId("Asset", await elsewhere.picture());
    expect(await studio.mutate("updateProjectAsset", { id, imageId: foreign })).toMatchObject({
      __typename: "NotFoundError",
      path: ["imageId"],
    });
    const own = encodeId("Asset", await studio.picture());
    expect(await studio.mutate("updateProjectAsset", { id, imageId: own }, image)).toMatchObject({
      projectAsset: { image: { id: own } },
    });
    expect(await studio.mutate("updateProjectAsset", { id, name: "Maria" }, image)).toMatchObject({
      projectAsset: { image: { id: own } },
    });
    expect(await studio.mutate("updateProjectAsset", { id, imageId: null }, image)).toMatchObject({
      projectAsset: { image: null },
    });
  });

  test("can't be deleted from under a scene", async () => {
    const id = encodeId("ProjectAsset", await studio.asset("Mara"));
    const scene = encodeId("Scene", await studio.scene("One"));
    const { sceneAsset } = await studio.mutate(
      "createSceneAsset",
      { sceneId: scene, projectAssetId: id },
      "sceneAsset { id }",
    );
    expect(await studio.mutate("deleteProjectAsset", { id })).toMatchObject({
      code: "IN_SCENES",
      message: "Mara is in scene 1; take it out there first",
    });
    await studio.mutate("deleteSceneAsset", { id: sceneAsset.id });
    expect(await studio.mutate("deleteProjectAsset", { id }, "deletedId")).toMatchObject({ deletedId: id });
  });
});

describe("a visual style", () => {
  const create = async (name: string) =>
    (
      await studio.mutate(
        "createVisualStyle",
        { projectId: studio.ids.project, name, prompt: "ink" },
        "visualStyle { id isLocked }",
      )
    ).visualStyle;
  const locked = async () =>
    (
      await app.execute(
        "query ($id: ID!) { node(id: $id) { ... on Project { lockedStyle { name } visualStyles { name isLocked } } } }",
        {
          id: studio.ids.project,
        },
      )
    ).node;

  test("is the only locked one of its project, and can't be changed or deleted while it is", async () => {
    const [ink, oil] = [await create("Ink"), await create("Oil")];
    expect(ink.isLocked).toBe(false);
    await studio.mutate("lockVisualStyle", { id: ink.id });
    expect(await studio.mutate("updateVisualStyle", { id: ink.id, prompt: "wet ink" })).toMatchObject({
      __typename: "ForbiddenError",
      code: "STYLE_LOCKED",
    });
    expect(await studio.mutate("deleteVisualStyle", { id: ink.id })).toMatchObject({ code: "STYLE_LOCKED" });
    await studio.mutate("lockVisualStyle", { id: oil.id });
    expect(await locked()).toEqual({
      lockedStyle: { name: "Oil" },
      visualStyles: [
        { name: "Ink", isLocked: false },
        { name: "Oil", isLocked: true },
      ],
    });
    expect(await studio.mutate("updateVisualStyle", { id: ink.id, name: "Oil" })).toMatchObject({ code: "NAME_TAKEN" });
    await studio.mutate("unlockVisualStyle", { id: oil.id });
    expect((await locked()).lockedStyle).toBeNull();
    expect(await studio.mutate("deleteVisualStyle", { id: oil.id }, "deletedId")).toMatchObject({ deletedId: oil.id });
  });

  test("keeps its reference pictures in their order", async () => {
    const images = [await studio.picture(), await studio.picture()].map((id) => encodeId("Asset", id));
    const { id } = await create("Ink");
    const set = (imageIds: string[]) =>
      studio.mutate("updateVisualStyle", { id, imageIds }, "visualStyle { images { id } }");
    expect((await set(images)).visualStyle.images).toEqual(images.map((each) => ({ id: each })));
    expect((await set(images.toReversed())).visualStyle.images).toEqual(
      images.toReversed().map((each) => ({ id: each })),
    );
  });
});

describe("the studio's library", () => {
  const publish = async (name: string, more: object = {}) =>
    (
      await studio.mutate(
        "createLibraryAsset",
        { type: "CHARACTER", name, description: "tall", ...more },
        "libraryAsset { id image { id url } }",
      )
    ).libraryAsset;
  const matches = async (libraryAssetId: string) =>
    (
      await app.execute(
        "query ($l: ID!, $b: ID!) { libraryAssetMatches(libraryAssetId: $l, branchId: $b) { score projectAsset { id name } } }",
        { l: libraryAssetId, b: studio.ids.branch },
        { viewer: studio.creator },
      )
    ).libraryAssetMatches;

  test("is everybody's to use with its pictures, and its maker's or ADMIN's to change", async () => {
    const imageId = encodeId("Asset", await studio.picture());
    const { id } = await publish(`Mara ${projects}`, { imageId });
    const { node } = await app.execute(
      "query ($id: ID!) { node(id: $id) { ... on LibraryAsset { name projectCount image { filename url } } } }",
      { id },
      { viewer: studio.stranger },
    );
    expect(node).toMatchObject({
      name: `Mara ${projects}`,
      projectCount: 0,
      image: { url: expect.stringContaining("/assets/") },
    });
    const rename = (viewer = studio.stranger) =>
      studio.mutate("updateLibraryAsset", { id, name: `Maria ${projects}` }, "libraryAsset { name }", viewer);
    expect(await rename()).toMatchObject({ __typename: "ForbiddenError" });
    expect(await rename(app.admin)).toMatchObject({ libraryAsset: { name: `Maria ${projects}` } });
    expect(await studio.mutate("deleteLibraryAsset", { id }, "deletedId", studio.stranger)).toMatchObject({
      __typename: "ForbiddenError",
    });
    expect(await studio.mutate("deleteLibraryAsset", { id }, "deletedId")).toMatchObject({ deletedId: id });
  });

  test("gives a branch a copy of its own, which a scene can have at once", async () => {
    const imageId = encodeId("Asset", await studio.picture());
    const { id, image } = await publish(`Ada ${projects}`, { imageId });
    const scene = encodeId("Scene", await studio.scene("One"));
    const cloned = await studio.mutate(
      "cloneLibraryAsset",
      { libraryAssetId: id, branchId: studio.ids.branch, sceneId: scene },
      `isNew projectAsset { id name description isLocked image { id } libraryAsset { id } }
       sceneAsset { descriptionOverride statusTags carryForward effectiveDescription scene { id } image { id } }`,
    );
    expect(cloned).toMatchObject({
      isNew: true,
      projectAsset: { name: `Ada ${projects}`, description: "tall", isLocked: false, libraryAsset: { id } },
      sceneAsset: {
        descriptionOverride: null,
        statusTags: [],
        carryForward: true,
        effectiveDescription: "tall",
        scene: { id: scene },
      },
    });
    // The project has a use of the picture of its own.
    expect(new Set([imageId, image.id, cloned.projectAsset.image.id]).size).toBe(3);
    expect(cloned.sceneAsset.image).toEqual(cloned.projectAsset.image);
  });

  test("proposes what it may be already, and links to it when asked", async () => {
    const { id } = await publish(`Captain Holm ${projects}`);
    const holm = await studio.asset(`captain holm ${projects}`);
    await studio.asset(`Holm ${projects}`);
    await studio.asset(`Captain Holm ${projects}`, "PROP");
    await studio.asset("Market", "LOCATION");
    const found = await matches(id);
    expect(found[0]).toEqual({
      score: 1,
      projectAsset: { id: encodeId("ProjectAsset", holm), name: `captain holm ${projects}` },
    });
    expect(found.map(({ projectAsset }: { projectAsset: { name: string } }) => projectAsset.name)).not.toContain(
      "Market",
    );
    const linked = await studio.mutate(
      "cloneLibraryAsset",
      { libraryAssetId: id, branchId: studio.ids.branch, linkToId: found[0].projectAsset.id },
      "isNew projectAsset { id name libraryAsset { id projectCount } } sceneAsset { id }",
    );
    expect(linked).toMatchObject({
      isNew: false,
      projectAsset: { id: found[0].projectAsset.id, libraryAsset: { id, projectCount: 1 } },
      sceneAsset: null,
    });
  });

  test("is recognised in a branch that has it, whatever it is called there", async () => {
    const { id } = await publish(`Captain Holm ${projects}`);
    const clone = { libraryAssetId: id, branchId: studio.ids.branch };
    const { projectAsset } = await studio.mutate("cloneLibraryAsset", clone, "projectAsset { id }");
    await studio.mutate("updateProjectAsset", { id: projectAsset.id, name: "The skipper" });
    expect(await matches(id)).toEqual([{ score: 1, projectAsset: { id: projectAsset.id, name: "The skipper" } }]);
  });

  test("makes nothing at all when a part of it can't be done", async () => {
    const { id } = await publish(`Eve ${projects}`);
    const eve = await studio.asset(`Eve ${projects}`);
    const clone = (more: object) =>
      studio.mutate("cloneLibraryAsset", { libraryAssetId: id, branchId: studio.ids.branch, ...more }, "isNew");
    expect(await clone({})).toMatchObject({
      code: "NAME_TAKEN",
      message: expect.stringContaining("link to it instead"),
    });
    const scene = encodeId("Scene", await studio.scene("One"));
    const linkToId = encodeId("ProjectAsset", eve);
    expect(await clone({ linkToId, sceneId: scene })).toMatchObject({ isNew: false });
    expect(await clone({ linkToId, sceneId: scene })).toMatchObject({ __typename: "ConflictError", code: "IN_SCENE" });
    const other = await publish(`Una ${projects}`);
    const missing = encodeId("Scene", "01900000-0000-7000-8000-00000000dead");
    expect(
      await studio.mutate("cloneLibraryAsset", {
        libraryAssetId: other.id,
        branchId: studio.ids.branch,
        sceneId: missing,
      }),
    ).toMatchObject({ __typename: "NotFoundError", path: ["sceneId"] });
    expect((await assetsOf()).nodes).toEqual([{ name: `Eve ${projects}` }]);
  });
});
