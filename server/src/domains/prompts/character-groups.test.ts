import { encodeId } from "#graphql/ids.ts";
import { makePromptStudio, type PromptStudio } from "#test/prompt-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: PromptStudio;
beforeAll(async () => {
  app = await startTestApp();
  studio = await makePromptStudio(app);
});
afterAll(() => app[Symbol.asyncDispose]());

const mutate = async (name: string, selection: string, input: object, viewer = studio.creator): Promise<any> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const operation = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ... on ${type}Payload { ${selection} } ... on Error { __typename code path } } }`;
  return (await app.execute(operation, { input }, { viewer }))[name];
};
const makeGroup = async (name: string): Promise<string> =>
  (await mutate("createCharacterGroup", "group { id }", { projectId: studio.ids.project, name })).group.id;
const makeCharacter = async (name: string, input: object = {}): Promise<string> =>
  (await mutate("createCharacter", "character { id }", { projectId: studio.ids.project, name, ...input })).character.id;

describe("groups", () => {
  test("are made, renamed, counted and deleted; their characters stay and their overrides go", async () => {
    const id = await makeGroup("Sellers");
    const inside = await makeCharacter("Ana", { groupId: id });
    const { characters } = await mutate("assignCharacters", "characters { id group { name } }", {
      characterIds: [studio.ids.character],
      groupId: id,
    });
    expect(characters).toEqual([{ id: studio.ids.character, group: { name: "Sellers" } }]);
    await mutate("setPromptOverrides", "overrides { id }", {
      sceneTypeId: studio.ids.sceneType,
      scope: "GROUP",
      targetId: id,
      overrides: [{ slotId: studio.ids.positive, text: "a seller", fragments: [] }],
    });
    expect(await mutate("renameCharacterGroup", "group { name characterCount }", { id, name: " Vendors " })).toEqual({
      group: { name: "Vendors", characterCount: 2 },
    });
    const list = async () =>
      (
        await app.execute(
          `query ($p: ID) { characterGroups(projectId: $p) { totalCount nodes { name characterCount project { id } } } }`,
          { p: studio.ids.project },
          { viewer: studio.viewer },
        )
      ).characterGroups;
    expect(await list()).toEqual({
      totalCount: 1,
      nodes: [{ name: "Vendors", characterCount: 2, project: { id: studio.ids.project } }],
    });
    expect(await mutate("deleteCharacterGroup", "deletedId", { id })).toEqual({ deletedId: id });
    expect(await list()).toMatchObject({ totalCount: 0 });
    const { character } = await app.execute(`query ($id: ID!) { character(id: $id) { group { id } } }`, { id: inside });
    expect(character).toEqual({ group: null });
    expect(await app.deps.db.prisma.promptOverride.count({ where: { scope: "GROUP" } })).toBe(0);
  });

  test("have names of their own, and take characters of their project only", async () => {
    const id = await makeGroup("Twice");
    expect(
      await mutate("createCharacterGroup", "group { id }", { projectId: studio.ids.project, name: "Twice" }),
    ).toMatchObject({ code: "NAME_TAKEN", path: ["name"] });
    const other = await makePromptStudio(app, "Elsewhere");
    const foreign = [studio.ids.character, other.ids.character];
    const assign = (viewer: PromptStudio["creator"]) =>
      mutate("assignCharacters", "characters { id }", { characterIds: foreign, groupId: id }, viewer);
    expect(await assign(studio.creator)).toMatchObject({ code: "NOT_FOUND", path: ["characterIds", "1"] });
    expect(await assign(app.admin)).toMatchObject({ code: "VALIDATION", path: ["characterIds", "1"] });
    expect(
      await mutate(
        "createCharacter",
        "character { id }",
        { projectId: other.ids.project, name: "x", groupId: id },
        app.admin,
      ),
    ).toMatchObject({ code: "VALIDATION", path: ["groupId"] });
    const { characters } = await mutate("assignCharacters", "characters { group { id } }", {
      characterIds: [studio.ids.character],
    });
    expect(characters).toEqual([{ group: null }]);
  });
});

test("metadata keeps names of JavaScript's own, and refuses the one that objects do not keep", async () => {
  const input = (metadata: string) => ({ projectId: studio.ids.project, name: "Odd", metadata: JSON.parse(metadata) });
  expect(
    await mutate("createCharacter", "character { id }", input(`{ "hair": "red", "__proto__": "x" }`)),
  ).toMatchObject({ code: "VALIDATION", path: ["metadata", "__proto__"] });
  const { character } = await mutate("createCharacter", "character { metadata }", input(`{ "constructor": "x" }`));
  expect(character.metadata).toEqual({ constructor: "x" });
});

test("characters are found by group and by metadata", async () => {
  const groupId = await makeGroup("Found");
  await makeCharacter("Red 1", { groupId, metadata: { hair: "red", outfit: "coat" } });
  await makeCharacter("Red 2", { metadata: { hair: "red", outfit: "" } });
  await makeCharacter("Grey", { groupId, metadata: { hair: "grey" } });
  const find = async (variables: object): Promise<string[]> =>
    (
      await app.execute(
        `query ($g: ID, $m: JSON) { characters(groupId: $g, metadata: $m) { nodes { name } totalCount } }`,
        { ...variables },
        { viewer: studio.viewer },
      )
    ).characters.nodes.map(({ name }: { name: string }) => name);
  expect(await find({ g: groupId })).toEqual(["Grey", "Red 1"]);
  expect(await find({ m: { hair: "red" } })).toEqual(["Red 2", "Red 1"]);
  expect(await find({ m: { hair: "red", outfit: "" } })).toEqual(["Red 2"]);
  expect(await find({ g: groupId, m: { outfit: null } })).toEqual(["Red 1"]);
  expect(await find({ m: { "'; drop": "x" } })).toEqual([]);
  await expect(find({ m: ["x"] })).rejects.toMatchObject({ kind: "ValidationError", path: ["metadata"] });
  await expect(find({ m: { hair: 1 } })).rejects.toMatchObject({ path: ["metadata", "hair"] });
});

test("keys of metadata are counted for the completion of placeholders", async () => {
  const other = await makePromptStudio(app, "Keys");
  await app.deps.db.prisma.character.create({
    data: { projectId: other.projectId, name: "Two", metadata: { hair_color: "grey", coat: "" } },
  });
  const keys = async (viewer: PromptStudio["creator"], p?: string) =>
    (await app.execute(`query ($p: ID) { metadataKeys(projectId: $p) { name count } }`, { p }, { viewer }))
      .metadataKeys;
  const expected = [
    { name: "hair_color", count: 2 },
    { name: "coat", count: 1 },
  ];
  expect(await keys(other.viewer)).toEqual(expected);
  expect(await keys(app.admin, other.ids.project)).toEqual(expected);
  expect(await keys(studio.stranger)).toEqual([]);
  await expect(keys(studio.viewer, other.ids.project)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a character goes with its overrides and images, but not when takes were made of it", async () => {
  const id = await makeCharacter("Gone");
  expect(await mutate("deleteCharacter", "deletedId", { id }, studio.stranger)).toMatchObject({ code: "NOT_FOUND" });
  expect(await mutate("deleteCharacter", "deletedId", { id })).toEqual({ deletedId: id });
  await app.deps.db.prisma.take.create({
    data: {
      sceneTypeId: studio.sceneTypeId,
      characterId: studio.characterId,
      createdById: app.admin.userId,
      snapshot: {},
    },
  });
  expect(await mutate("deleteCharacter", "deletedId", { id: studio.ids.character })).toMatchObject({
    __typename: "ConflictError",
    code: "HAS_TAKES",
  });
});

describe("reference images", () => {
  const asset = async (filename: string, mime = "image/png", projectId: string | null = studio.projectId) => {
    const sha256 = Buffer.from(filename).toString("hex").padEnd(64, "0");
    await app.deps.db.prisma.blob.create({ data: { sha256, bytes: 1, mime } });
    const data = {
      sha256,
      kind: "UPLOAD" as const,
      folder: "test",
      filename,
      projectId,
      createdById: app.admin.userId,
    };
    return encodeId("Asset", (await app.deps.db.prisma.asset.create({ data })).id);
  };
  const change = async (name: string, characterId: string, assetIds: string[]) => {
    const answer = await mutate(name, "character { images { filename } }", { characterId, assetIds });
    return answer.character?.images.map(({ filename }: { filename: string }) => filename) ?? answer;
  };

  test("are added once, reordered and taken away; the files stay", async () => {
    const characterId = await makeCharacter("Pictured");
    const [a, b, c] = [await asset("a.png"), await asset("b.png"), await asset("c.png")];
    expect(await change("addCharacterImages", characterId, [a, b])).toEqual(["a.png", "b.png"]);
    expect(await change("addCharacterImages", characterId, [b, c, c])).toEqual(["a.png", "b.png", "c.png"]);
    expect(await change("reorderCharacterImages", characterId, [c, a, b])).toEqual(["c.png", "a.png", "b.png"]);
    expect(await change("reorderCharacterImages", characterId, [c, a])).toMatchObject({ code: "IMAGES_CHANGED" });
    expect(await change("reorderCharacterImages", characterId, [c, a, a])).toMatchObject({ code: "IMAGES_CHANGED" });
    expect(await change("removeCharacterImages", characterId, [a])).toEqual(["c.png", "b.png"]);
    expect(await change("removeCharacterImages", characterId, [b, a])).toMatchObject({ path: ["assetIds", "1"] });
    expect(await app.deps.db.prisma.asset.count({ where: { filename: "a.png" } })).toBe(1);
    const together = [await asset("d.png"), await asset("e.png"), await asset("f.png")];
    await Promise.all(together.map((id) => change("addCharacterImages", characterId, [id])));
    expect(await change("addCharacterImages", characterId, [])).toHaveLength(5);
  });

  test("are pictures of the character's project", async () => {
    const characterId = await makeCharacter("Strict");
    const picture = await asset("ok.png");
    expect(
      await change("addCharacterImages", characterId, [picture, await asset("clip.mp4", "video/mp4")]),
    ).toMatchObject({
      code: "VALIDATION",
      path: ["assetIds", "1"],
    });
    expect(
      await change("addCharacterImages", characterId, [await asset("nobody.png", "image/png", null)]),
    ).toMatchObject({
      code: "NOT_FOUND",
      path: ["assetIds", "0"],
    });
    expect(await change("addCharacterImages", characterId, [])).toEqual([]);
  });
});
