import { createLibrary } from "#domains/libraries/libraries.service.ts";
import { setProjectLibraries } from "#domains/libraries/project-libraries.service.ts";
import { forkBranch } from "#domains/stories/fork-branch.service.ts";
import { encodeId } from "#graphql/ids.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { makeStoryStudio, type StoryStudio } from "#test/story-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: StoryStudio;
let projects = 0;
let scene: string;
let sceneId: string;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  projects += 1;
  studio = await makeStoryStudio(app, `Film ${projects}`);
  scene = await studio.scene("One");
  sceneId = encodeId("Scene", scene);
});
afterAll(() => app[Symbol.asyncDispose]());

const change = async (mutation: string, input: object, viewer: Viewer = studio.creator) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const payload = mutation === "importPromptCollection" ? type : "PromptCollection";
  const { result } = await app.execute(
    `mutation ($input: ${type}Input!) { result: ${mutation}(input: $input) { __typename
       ... on ${payload}Payload { names collection { version names prompts { name value category description tags } compositions { name promptNames } v1Backup file }
         ${payload === "PromptCollection" ? "" : "warnings"} }
       ... on Error { code path message } } }`,
    { input: { ...("branchId" in input ? {} : { sceneId }), ...input } },
    { viewer },
  );
  return result;
};
const ask = (query: string, variables: object = {}, viewer: Viewer = studio.creator) =>
  app.execute(query, { ...variables }, { viewer, errors: "return" });
const v1 = { girl_pos: "a girl", wan_prompt: "slow pan", strength: 0.5, list: [1, { two: null }] };

describe("a collection", () => {
  test("answers each edit with all of it and the sorted names", async () => {
    expect(
      (await ask("query ($id: ID!) { scene(id: $id) { promptCollection { id } } }", { id: sceneId })).data,
    ).toEqual({ scene: { promptCollection: null } });
    await change("addPrompt", { name: "sky", value: "grey", category: "place", tags: ["b", "a"] });
    const added = await change("addPrompt", { name: " hero ", value: "tall" });
    expect(added).toMatchObject({ names: ["hero", "sky"], collection: { version: 2 } });
    expect(added.collection.prompts[0]).toEqual({
      name: "sky",
      value: "grey",
      category: "place",
      description: null,
      tags: ["b", "a"],
    });
    await change("composePrompts", { name: "all", promptNames: ["hero", "sky"], separator: " + " });
    await change("updatePrompt", { name: "sky", value: "red", category: null });
    await change("reorderPrompts", { names: ["hero", "sky"] });
    const renamed = await change("renamePrompt", { name: "hero", to: "zoe" });
    expect(renamed).toMatchObject({
      names: ["all", "sky", "zoe"],
      collection: {
        version: 6,
        prompts: [
          { name: "zoe", value: "tall" },
          { name: "sky", value: "red", category: null, tags: ["b", "a"] },
        ],
        compositions: [{ name: "all", promptNames: ["zoe", "sky"] }],
      },
    });
    expect(await change("removePrompt", { name: "zoe" })).toMatchObject({ code: "PROMPT_COMPOSED", path: ["name"] });
    expect(await change("removePrompt", { name: "zoe", fromCompositions: true })).toMatchObject({
      names: ["all", "sky"],
      collection: { compositions: [{ name: "all", promptNames: ["sky"] }] },
    });
  });

  test("is not overwritten by somebody who has read an older version", async () => {
    expect(await change("addPrompt", { name: "a", value: "", expectedVersion: 0 })).toMatchObject({
      collection: { version: 1 },
    });
    expect(await change("updatePrompt", { name: "a", value: "mine", expectedVersion: 1 })).toMatchObject({
      collection: { version: 2 },
    });
    expect(await change("updatePrompt", { name: "a", value: "theirs", expectedVersion: 1 })).toMatchObject({
      __typename: "ConflictError",
      code: "COLLECTION_CHANGED",
      path: ["expectedVersion"],
    });
    // Who does not ask for it adds to what is there.
    const names = ["b", "c", "d", "e"];
    await Promise.all(names.map((name) => change("addPrompt", { name, value: name })));
    expect(await change("removePrompt", { name: "a" })).toMatchObject({ names, collection: { version: 7 } });
  });

  test("belongs to a scene or a branch, and to nobody outside of the project", async () => {
    expect(await change("addPrompt", { name: "a", value: "", branchId: studio.ids.branch, sceneId })).toMatchObject({
      __typename: "ValidationError",
      path: ["sceneId"],
    });
    expect(await change("addPrompt", { name: "a", value: "" }, studio.stranger)).toMatchObject({
      __typename: "NotFoundError",
      path: ["sceneId"],
    });
    await change("addPrompt", { name: "a", value: "x" });
    for (const query of [
      'query ($id: ID!) { scene: scenePrompt(sceneId: $id, name: "a") { text } }',
      "query ($id: ID!) { scene: applyLibrariesToCollection(sceneId: $id, libraryIds: []) { file } }",
    ])
      expect((await ask(query, { id: sceneId }, studio.stranger)).errors).toMatchObject([
        { extensions: { code: "NOT_FOUND" } },
      ]);
    for (const [argument, id] of Object.entries({ branchId: studio.ids.branch, projectId: studio.ids.project }))
      expect(
        (await ask(`query ($id: ID!) { promptNames(${argument}: $id) { totalCount } }`, { id }, studio.stranger))
          .errors,
      ).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });
});

describe("a file of version 1", () => {
  test("is migrated, and kept to the letter whatever is edited", async () => {
    const imported = await change("importPromptCollection", { file: v1 });
    expect(imported).toMatchObject({ names: ["girl_pos", "wan_prompt"], collection: { v1Backup: v1 } });
    expect(imported.warnings).toHaveLength(3);
    const stored = async () =>
      (await app.deps.db.prisma.promptCollection.findUniqueOrThrow({ where: { sceneId: scene } })).v1Backup;
    expect(await stored()).toBe(JSON.stringify(v1));
    await change("updatePrompt", { name: "girl_pos", value: "changed" });
    await change("removePrompt", { name: "wan_prompt" });
    await change("addPrompt", { name: "new", value: "x" });
    const { collection } = await change("composePrompts", { name: "all", promptNames: ["new", "girl_pos"] });
    expect(collection.v1Backup).toEqual(v1);
    expect(await stored()).toBe(JSON.stringify(v1));

    const exported = collection.file;
    expect(exported).toMatchObject({ version: 2, v1_backup: v1 });
    const other = encodeId("Scene", await studio.scene("Two"));
    const copy = await change("importPromptCollection", { sceneId: other, file: exported });
    expect(copy.collection.file).toEqual(exported);
    expect(copy.warnings).toEqual([]);

    expect(await change("rollbackToV1", {})).toMatchObject({
      names: ["girl_pos", "wan_prompt"],
      collection: { prompts: [{ value: "a girl" }, { value: "slow pan" }], compositions: [], v1Backup: v1 },
    });
    expect(await stored()).toBe(JSON.stringify(v1));
  });

  test("is never replaced by another one, but goes with a file of version 2", async () => {
    await change("importPromptCollection", { file: v1 });
    expect(await change("importPromptCollection", { file: { ...v1, girl_pos: "other" } })).toMatchObject({
      __typename: "ConflictError",
      code: "OTHER_BACKUP",
    });
    expect(await change("importPromptCollection", { file: v1 })).toMatchObject({ collection: { version: 2 } });
    const file = {
      version: 2,
      v1_backup: null,
      prompts: { a: { value: "b", category: null, description: null, tags: [] } },
    };
    expect(await change("importPromptCollection", { file })).toMatchObject({
      names: ["a"],
      collection: { v1Backup: v1 },
    });
    const second = encodeId("Scene", await studio.scene("Two"));
    expect(await change("rollbackToV1", { sceneId: second })).toMatchObject({ code: "NO_BACKUP" });
    expect(await change("importPromptCollection", { sceneId: second, file: { version: 3 } })).toMatchObject({
      __typename: "ValidationError",
      code: "UNKNOWN_VERSION",
      path: ["file", "version"],
    });
  });

  test("can't be changed, moved or deleted in the database either, but goes with its scene", async () => {
    await change("importPromptCollection", { file: v1 });
    const other = await studio.scene("Two");
    const { pool, prisma } = app.deps.db;
    for (const sql of [
      "UPDATE prompt_collection SET v1_backup = '{}' WHERE scene_id = $1",
      "UPDATE prompt_collection SET v1_backup = NULL WHERE scene_id = $1",
      "UPDATE prompt_collection SET v1_backup = v1_backup || ' ' WHERE scene_id = $1",
      `UPDATE prompt_collection SET scene_id = '${other}' WHERE scene_id = $1`,
      `UPDATE prompt_collection SET scene_id = NULL, branch_id = '${studio.branchId}' WHERE scene_id = $1`,
      "DELETE FROM prompt_collection WHERE scene_id = $1",
      "INSERT INTO prompt_collection (id, scene_id, updated_at) VALUES (gen_random_uuid(), $1, now()) ON CONFLICT (scene_id) DO UPDATE SET v1_backup = '{}'",
    ])
      await expect(pool.query(sql, [scene])).rejects.toThrow(/backup of version 1/);
    await expect(
      prisma.promptCollection.update({ where: { sceneId: scene }, data: { v1Backup: "{}" } }),
    ).rejects.toThrow(/backup of version 1/);
    await expect(
      pool.query("INSERT INTO prompt_collection (id, updated_at) VALUES (gen_random_uuid(), now())"),
    ).rejects.toThrow(/owner_check/);
    const [row] = await prisma.promptCollection.findMany({ where: { sceneId: scene } });
    expect(row?.v1Backup).toBe(JSON.stringify(v1));
    await studio.mutate("deleteScene", { id: sceneId });
    expect(await prisma.promptCollection.count({ where: { id: row?.id ?? "" } })).toBe(0);
    await change("importPromptCollection", { branchId: studio.ids.branch, file: v1 });
    await prisma.project.delete({ where: { id: studio.projectId } });
  });

  test("is readable by the five historic names", async () => {
    await change("importPromptCollection", { file: v1 });
    const { data } = await ask(
      "query ($id: ID!) { scene(id: $id) { promptCollection { legacyPrompts { girlPos malePos wanPrompt wanLowPrompt fourImagePrompt } } } }",
      { id: sceneId },
    );
    expect(data.scene.promptCollection.legacyPrompts).toEqual({
      girlPos: "a girl",
      malePos: null,
      wanPrompt: "slow pan",
      wanLowPrompt: null,
      fourImagePrompt: null,
    });
  });
});

test("a fork has the collections of its scenes and its branch, with their backups", async () => {
  await change("importPromptCollection", { file: v1 });
  await change("addPrompt", { branchId: studio.ids.branch, name: "film", value: "grain" });
  await studio.mutate("updateSceneMetadata", { sceneId, poseName: "sitting" });
  const fork = await forkBranch(app.deps, studio.creator, { branchId: studio.branchId, name: "Night" });
  const read = async (branchId: string) =>
    (
      await ask(
        "query ($id: ID!) { branch(id: $id) { promptCollection { file } scenes { nodes { metadata { poseName } promptNames promptCollection { version file } } } } }",
        { id: branchId },
      )
    ).data.branch;
  const copy = await read(encodeId("Branch", fork.id));
  expect(copy).toEqual(await read(studio.ids.branch));
  expect(copy.scenes.nodes[0]).toMatchObject({
    metadata: { poseName: "sitting" },
    promptNames: ["film", "girl_pos", "list", "strength", "wan_prompt"],
    promptCollection: { file: { v1_backup: v1 } },
  });
});

test("names are found over a branch and a project, with the scenes that lack them", async () => {
  const two = encodeId("Scene", await studio.scene("Two"));
  const three = encodeId("Scene", await studio.scene("Three"));
  await change("importPromptCollection", { file: v1 });
  await change("removePrompt", { name: "girl_pos" });
  await change("addPrompt", { sceneId: three, name: "girl_pos", value: "x" });
  await change("addPrompt", { sceneId: three, name: "Zoe", value: "x" });
  await change("composePrompts", { sceneId: three, name: "all", promptNames: ["Zoe"] });
  const names = async (args: string, id: string) =>
    (
      await ask(
        `query ($id: ID!) { promptNames(${args}) { totalCount pageInfo { hasNextPage endCursor startCursor } nodes { name sceneCount missingCount missingIn { id } } } }`,
        { id },
      )
    ).data.promptNames;
  const found = await names("branchId: $id", studio.ids.branch);
  const missing = (name: string, ...ids: string[]) => ({
    name,
    sceneCount: 3 - ids.length,
    missingCount: ids.length,
    missingIn: ids.map((id) => ({ id })),
  });
  expect(found.nodes).toEqual([
    missing("Zoe", sceneId, two),
    missing("all", sceneId, two),
    missing("girl_pos", two),
    missing("list", two, three),
    missing("strength", two, three),
    missing("wan_prompt", two, three),
  ]);
  expect(found.totalCount).toBe(6);
  expect((await names("projectId: $id", studio.ids.project)).nodes).toEqual(found.nodes);
  await change("addPrompt", { branchId: studio.ids.branch, name: "girl_pos", value: "x" });
  const page = await names("branchId: $id, first: 3", studio.ids.branch);
  expect(page.nodes.at(-1)).toEqual(missing("girl_pos"));
  expect(page.pageInfo.hasNextPage).toBe(true);
  const rest = await names(`branchId: $id, after: "${page.pageInfo.endCursor}"`, studio.ids.branch);
  expect(rest.nodes.map(({ name }: { name: string }) => name)).toEqual(["list", "strength", "wan_prompt"]);
  const back = await names(`branchId: $id, last: 2, before: "${rest.pageInfo.startCursor}"`, studio.ids.branch);
  expect(back.nodes.map(({ name }: { name: string }) => name)).toEqual(["all", "girl_pos"]);
  expect((await ask("{ promptNames { totalCount } }")).errors).toMatchObject([
    { extensions: { code: "BAD_USER_INPUT" } },
  ]);
});

test("libraries are applied to a prompt, a composition and a whole collection, without storing it", async () => {
  const library = await createLibrary(app.deps, app.admin, {
    name: `Looks ${projects}`,
    entries: { light: "soft", hue: "blue" },
  });
  await setProjectLibraries(app.deps, app.admin, studio.projectId, [library.id]);
  await change("addPrompt", { branchId: studio.ids.branch, name: "sky", value: "%hue% sky" });
  await change("addPrompt", { branchId: studio.ids.branch, name: "hero", value: "a seller" });
  await change("composePrompts", { branchId: studio.ids.branch, name: "all", promptNames: ["hero", "sky"] });
  const { collection } = await change("addPrompt", { name: "hero", value: "%light% %who%" });
  const text = async (name: string) =>
    await ask("query ($id: ID!, $name: String!) { scenePrompt(sceneId: $id, name: $name) { text replaced unknown } }", {
      id: sceneId,
      name,
    });
  expect((await text("all")).data.scenePrompt).toEqual({
    text: "soft %who%, blue sky",
    replaced: ["light", "hue"],
    unknown: ["who"],
  });
  expect((await text("moon")).errors).toMatchObject([
    { message: expect.stringContaining("all, hero, sky"), extensions: { code: "NOT_FOUND" } },
  ]);
  const ids = [encodeId("Library", library.id)];
  const apply =
    "query ($id: ID, $file: JSON, $ids: [ID!]!) { applied: applyLibrariesToCollection(sceneId: $id, collection: $file, libraryIds: $ids) { file replaced unknown } }";
  const prompts = { hero: { value: "soft %who%", category: null, description: null, tags: [] } };
  const applied = { file: { version: 2, v1_backup: null, prompts }, replaced: ["light"], unknown: ["who"] };
  expect((await ask(apply, { id: sceneId, ids })).data.applied).toEqual(applied);
  expect((await ask(apply, { file: collection.file, ids })).data.applied).toEqual(applied);
  expect(
    (await ask("query ($id: ID!) { scene(id: $id) { promptCollection { file } } }", { id: sceneId })).data.scene
      .promptCollection.file,
  ).toEqual(collection.file);
  expect((await ask(apply, { ids })).errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
});
