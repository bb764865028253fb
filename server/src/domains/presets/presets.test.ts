import { encodeId } from "#graphql/ids.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let mara: Viewer;
let ben: Viewer;
beforeAll(async () => {
  app = await startTestApp();
  const person = async (name: string): Promise<Viewer> => {
    const { id } = await app.deps.db.prisma.user.create({ data: { name, role: "CREATOR" } });
    return { userId: id, name, role: "CREATOR", projectIds: [] };
  };
  [mara, ben] = [await person("Mara"), await person("Ben")];
});
afterAll(() => app[Symbol.asyncDispose]());

const fields = "id kind category name content promptPreset { id name }";
const errors = "... on Error { code path message }";
const run = async (name: string, type: string, payload: string, input: object, viewer: Viewer) =>
  (
    await app.execute(
      `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ${payload} ${errors} } }`,
      { input },
      { viewer },
    )
  ).result;
const save = (input: object, viewer = mara) =>
  run(
    "savePreset",
    "SavePresetInput",
    `... on SavePresetPayload { preset { ${fields} } }`,
    { kind: "PROMPT", category: "IMAGE_GEN", content: { positive_prompt: "a boat" }, ...input },
    viewer,
  );
const listed = async (viewer: Viewer, args = "") =>
  (await app.execute(`{ presets${args} { ${fields} } }`, {}, { viewer })).presets;

describe("a preset", () => {
  test("is its owner's alone, and one for each name, kind and category", async () => {
    const { preset } = await save({ name: "Night" });
    expect(preset).toMatchObject({ name: "Night", kind: "PROMPT", content: { positive_prompt: "a boat" } });
    expect((await save({ name: "Night", category: "VIDEO_GEN" })).preset.id).not.toBe(preset.id);
    expect((await save({ name: "Night", kind: "SETTINGS", content: {} })).preset.id).not.toBe(preset.id);
    expect(await listed(mara)).toHaveLength(3);
    expect(await listed(mara, "(kind: PROMPT, category: IMAGE_GEN)")).toEqual([preset]);
    expect(await listed(ben)).toEqual([]);
    expect((await save({ name: "Night" }, ben)).preset.id).not.toBe(preset.id);
  });

  test("is saved over only when it is said", async () => {
    const { preset } = await save({ name: "Fog" });
    expect(await save({ name: "Fog", content: { positive_prompt: "fog" } })).toMatchObject({
      __typename: "ConflictError",
      code: "NAME_TAKEN",
      path: ["name"],
    });
    const again = await save({ name: "Fog", content: { positive_prompt: "fog" }, overwrite: true });
    expect(again.preset).toEqual({ ...preset, content: { positive_prompt: "fog" } });
  });

  test("keeps a seed of 64 bits exactly", async () => {
    const { preset } = await save({ name: "Exact", kind: "SETTINGS", content: { seed: 18446744073709551615n } });
    expect(preset.content).toEqual({ seed: 18446744073709551615n });
  });

  test.each([
    ["a name of blanks", { name: "  " }, ["name"]],
    ["a prompt that is no text", { name: "x", content: { positive_prompt: 4 } }, ["content", "positive_prompt"]],
    ["a setting that there is not", { name: "x", kind: "SETTINGS", content: { steps: 4 } }, ["content", "steps"]],
    [
      "a text that can't be stored",
      { name: "x", kind: "SETTINGS", content: { params: { a: "\0" } } },
      ["content", "params"],
    ],
    ["content that is no object", { name: "x", kind: "SETTINGS", content: [] }, ["content"]],
  ])("is refused for %s", async (_what, input, path) => {
    expect(await save(input)).toMatchObject({ __typename: "ValidationError", path });
  });

  test("of settings brings prompts with it, and stays without them when they are deleted", async () => {
    const prompts = (await save({ name: "Words" })).preset;
    const settings = { name: "All", kind: "SETTINGS", content: { tries: 2 }, promptPresetId: prompts.id };
    expect((await save(settings)).preset.promptPreset).toEqual({ id: prompts.id, name: "Words" });
    expect(await save({ ...settings, name: "Ben's" }, ben)).toMatchObject({
      __typename: "NotFoundError",
      path: ["promptPresetId"],
    });
    expect(await save({ name: "Wrong", promptPresetId: prompts.id })).toMatchObject({ __typename: "ValidationError" });
    const remove = (viewer: Viewer) =>
      run("deletePreset", "DeletePresetInput", "... on DeletePresetPayload { deletedId }", { id: prompts.id }, viewer);
    expect(await remove(ben)).toMatchObject({ __typename: "NotFoundError" });
    expect(await remove(mara)).toMatchObject({ deletedId: prompts.id });
    expect(await listed(mara, "(kind: SETTINGS, category: IMAGE_GEN)")).toContainEqual(
      expect.objectContaining({ name: "All", promptPreset: null }),
    );
  });

  test("is renamed by its owner, but not to a name that is taken", async () => {
    const { preset } = await save({ name: "Before" });
    await save({ name: "Taken" });
    const rename = (name: string, viewer = mara) =>
      run(
        "renamePreset",
        "RenamePresetInput",
        `... on RenamePresetPayload { preset { ${fields} } }`,
        { id: preset.id, name },
        viewer,
      );
    expect(await rename("Taken")).toMatchObject({ __typename: "ConflictError", code: "NAME_TAKEN" });
    expect(await rename("After", ben)).toMatchObject({ __typename: "NotFoundError" });
    expect((await rename("After")).preset).toEqual({ ...preset, name: "After" });
  });
});

describe("a resolution preset", () => {
  const saveSize = (input: object, viewer = mara) =>
    run(
      "saveResolutionPreset",
      "SaveResolutionPresetInput",
      "... on SaveResolutionPresetPayload { resolutionPreset { id name width height } }",
      { name: "Poster", width: 900, height: 1600, ...input },
      viewer,
    );

  test("is everybody's to use, and its maker's or ADMIN's to change", async () => {
    const { resolutionPreset } = await saveSize({});
    const { resolutionPresets } = await app.execute(
      "{ resolutionPresets { id name width height } }",
      {},
      { viewer: ben },
    );
    expect(resolutionPresets[0]).toEqual({ id: null, name: "Square 512", width: 512, height: 512 });
    expect(resolutionPresets.at(-1)).toEqual(resolutionPreset);
    expect(await saveSize({ name: "poster" }, ben)).toMatchObject({ __typename: "ConflictError", code: "NAME_TAKEN" });
    expect(await saveSize({ overwrite: true }, ben)).toMatchObject({ __typename: "ForbiddenError" });
    expect((await saveSize({ overwrite: true, width: 1000 }, app.admin)).resolutionPreset.width).toBe(1000);
    const { id } = resolutionPreset;
    const rename = (name: string, viewer: Viewer) =>
      run(
        "renameResolutionPreset",
        "RenameResolutionPresetInput",
        "... on RenameResolutionPresetPayload { resolutionPreset { name } }",
        { id, name },
        viewer,
      );
    expect(await rename("One sheet", ben)).toMatchObject({ __typename: "ForbiddenError" });
    expect(await rename("video 480P", mara)).toMatchObject({ __typename: "ConflictError" });
    expect(await rename("One sheet", mara)).toMatchObject({ resolutionPreset: { name: "One sheet" } });
    const remove = (viewer: Viewer) =>
      run(
        "deleteResolutionPreset",
        "DeleteResolutionPresetInput",
        "... on DeleteResolutionPresetPayload { deletedId }",
        { id },
        viewer,
      );
    expect(await remove(ben)).toMatchObject({ __typename: "ForbiddenError" });
    expect(await remove(mara)).toMatchObject({ deletedId: id });
    expect(await remove(mara)).toMatchObject({ __typename: "NotFoundError" });
    expect(encodeId("ResolutionPreset", Buffer.from(id, "base64").toString().split(":")[1] ?? "")).toBe(id);
  });

  test.each([
    ["a side of nothing", { width: 0 }, ["width"]],
    ["a side that is too long", { height: 16_385 }, ["height"]],
    ["a name that is a size", { name: "640x480" }, ["name"]],
  ])("is refused for %s", async (_what, input, path) => {
    expect(await saveSize(input)).toMatchObject({ __typename: "ValidationError", path });
  });
});
