import { createLibrary } from "#domains/libraries/libraries.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { updatePromptSlot } from "#domains/workflows/workflows.service.ts";
import { makePromptStudio, type PromptStudio } from "#test/prompt-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: PromptStudio;
beforeAll(async () => {
  app = await startTestApp();
  studio = await makePromptStudio(app);
});
afterAll(() => app[Symbol.asyncDispose]());

const error = "... on Error { __typename code path }";
const mutate = async (name: string, selection: string, input: object, viewer = studio.creator): Promise<any> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const operation = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ... on ${type}Payload { ${selection} } ${error} } }`;
  return (await app.execute(operation, { input }, { viewer }))[name];
};

test("a scene type uses the workflow's version of the day and may be changed", async () => {
  const selection = `sceneType { id name description generationStrategy fragmentSeparator expectedChunks chunkOutputPattern
    project { name } workflow { id } workflowVersion { number } promptDefaults { id } }`;
  const { sceneType } = await mutate("createSceneType", selection, {
    name: " Turn ",
    workflowId: studio.ids.workflow,
    projectId: studio.ids.project,
  });
  expect(sceneType).toEqual({
    id: sceneType.id,
    name: "Turn",
    description: null,
    generationStrategy: "PLATFORM_ORCHESTRATED",
    fragmentSeparator: ", ",
    expectedChunks: null,
    chunkOutputPattern: null,
    project: { name: "Market" },
    workflow: { id: studio.ids.workflow },
    workflowVersion: { number: 1 },
    promptDefaults: [],
  });
  const change = {
    description: "to the left",
    generationStrategy: "WORKFLOW_MANAGED",
    expectedChunks: 3,
    chunkOutputPattern: "chunk_{n}.mp4",
    fragmentSeparator: " | ",
  };
  expect((await mutate("updateSceneType", selection, { id: sceneType.id, ...change })).sceneType).toMatchObject({
    name: "Turn",
    ...change,
  });
  expect((await mutate("updateSceneType", selection, { id: sceneType.id, description: "" })).sceneType).toMatchObject({
    description: null,
    expectedChunks: 3,
  });
});

test("names are unique in their project and among the studio-wide ones", async () => {
  const create = (name: string, projectId?: string) =>
    mutate("createSceneType", "sceneType { name }", { name, workflowId: studio.ids.workflow, projectId });
  expect(await create("Twice")).toMatchObject({ sceneType: { name: "Twice" } });
  expect(await create("Twice")).toMatchObject({ __typename: "ConflictError", code: "NAME_TAKEN", path: ["name"] });
  expect(await create("Twice", studio.ids.project)).toMatchObject({ sceneType: { name: "Twice" } });
  expect(await create("Twice", studio.ids.project)).toMatchObject({ __typename: "ConflictError" });
});

test("wrong input is named by its field", async () => {
  const create = (input: object) =>
    mutate("createSceneType", "sceneType { name }", { name: "Wrong", workflowId: studio.ids.workflow, ...input });
  for (const [input, expected] of [
    [{ name: "  " }, ["ValidationError", "name"]],
    [{ expectedChunks: 0 }, ["ValidationError", "expectedChunks"]],
    [{ chunkOutputPattern: "chunk.mp4" }, ["ValidationError", "chunkOutputPattern"]],
    [{ chunkOutputPattern: "../{n}.mp4" }, ["ValidationError", "chunkOutputPattern"]],
    [{ workflowId: encodeId("Workflow", studio.projectId) }, ["NotFoundError", "workflowId"]],
    [{ projectId: encodeId("Project", studio.workflowId) }, ["NotFoundError", "projectId"]],
  ] as const) {
    const { __typename, path } = await create(input);
    expect([__typename, ...path]).toEqual(expected);
  }
});

describe("texts of a scene type", () => {
  const set = (input: object) =>
    mutate("setScenePromptDefault", "promptDefault { id text clipPosition slot { id defaultText } }", {
      sceneTypeId: studio.ids.sceneType,
      slotId: studio.ids.positive,
      ...input,
    });

  test("are set, replaced and deleted for each clip position on its own", async () => {
    const first = await set({ text: "a portrait of {character_name}" });
    expect(first.promptDefault).toMatchObject({
      text: "a portrait of {character_name}",
      clipPosition: "FULL_CLIP",
      slot: { id: studio.ids.positive, defaultText: "a person walking" },
    });
    const second = await set({ text: "other" });
    expect(second.promptDefault.id).toBe(first.promptDefault.id);
    await set({ text: "at the start", clipPosition: "START_CLIP" });
    const selection = "sceneType { promptDefaults { text clipPosition } }";
    const remove = () =>
      mutate("deleteScenePromptDefault", selection, { sceneTypeId: studio.ids.sceneType, slotId: studio.ids.positive });
    const left = { sceneType: { promptDefaults: [{ text: "at the start", clipPosition: "START_CLIP" }] } };
    expect([await remove(), await remove()]).toEqual([left, left]);
  });

  test("are never empty, never of a foreign slot, never of a locked one", async () => {
    const foreign = await makePromptStudio(app, "Foreign slots");
    expect(await set({ text: " \n" })).toMatchObject({ __typename: "ValidationError", path: ["text"] });
    expect(await set({ text: "x", slotId: foreign.ids.positive })).toMatchObject({
      __typename: "NotFoundError",
      path: ["slotId"],
    });
    await updatePromptSlot(app.deps, studio.slots.negative.id, { isUserEditable: false });
    expect(await set({ text: "x", slotId: studio.ids.negative })).toMatchObject({
      __typename: "ForbiddenError",
      code: "SLOT_LOCKED",
      path: ["slotId"],
    });
  });
});

describe("characters", () => {
  const create = (input: object) =>
    mutate("createCharacter", "character { id name metadata project { id } }", {
      projectId: studio.ids.project,
      ...input,
    });

  test("have a map of texts, which is replaced as a whole", async () => {
    const { character } = await create({ name: "Ilse", metadata: { hair_color: "grey", outfit: "" } });
    expect(character).toMatchObject({
      name: "Ilse",
      metadata: { hair_color: "grey", outfit: "" },
      project: { id: studio.ids.project },
    });
    const { character: changed } = await mutate("updateCharacter", "character { name metadata }", {
      id: character.id,
      metadata: { mood: "calm" },
    });
    expect(changed).toEqual({ name: "Ilse", metadata: { mood: "calm" } });
    expect(await create({ name: "Ilse" })).toMatchObject({ code: "NAME_TAKEN" });
  });

  test.each([
    [["list"]],
    ["text"],
    [{ "two words": "x" }],
    [{ n: 1 }],
    [{ n: null }],
    [{ nul: "\0" }],
    [{ half: "\ud800" }],
  ])("metadata %j is refused", async (metadata) => {
    const { __typename, path } = await create({ name: "Nobody", metadata });
    expect([__typename, path[0]]).toEqual(["ValidationError", "metadata"]);
  });

  test("are found by a part of their name, in the viewer's projects", async () => {
    const search = async (viewer: PromptStudio["creator"], variables: object = {}) =>
      (
        await app.execute(
          `query ($s: String, $p: ID) { characters(search: $s, projectId: $p) { nodes { name } totalCount } }`,
          { s: "aR", ...variables },
          { viewer },
        )
      ).characters;
    expect(await search(studio.viewer)).toEqual({ nodes: [{ name: "Mara" }], totalCount: 1 });
    expect(await search(studio.viewer, { p: studio.ids.project, s: "100%" })).toEqual({ nodes: [], totalCount: 0 });
    expect(await search(studio.stranger)).toEqual({ nodes: [], totalCount: 0 });
    await expect(search(studio.stranger, { p: studio.ids.project })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

test("strangers see neither scene type nor character, whichever way they ask", async () => {
  const query = `query ($s: ID!, $c: ID!) { sceneType(id: $s) { id } character(id: $c) { id } a: node(id: $s) { id } b: node(id: $c) { id } }`;
  const variables = { s: studio.ids.sceneType, c: studio.ids.character };
  expect(await app.execute(query, variables, { viewer: studio.stranger })).toEqual({
    sceneType: null,
    character: null,
    a: null,
    b: null,
  });
  const { a, character } = await app.execute(query, variables, { viewer: studio.viewer });
  expect([a.id, character.id]).toEqual([studio.ids.sceneType, studio.ids.character]);
  const change = await mutate(
    "updateSceneType",
    "sceneType { id }",
    { id: studio.ids.sceneType, name: "Mine" },
    studio.stranger,
  );
  expect(change).toMatchObject({ __typename: "NotFoundError", path: ["id"] });
  expect(
    await mutate("updateCharacter", "character { id }", { id: studio.ids.character, name: "Mine" }, studio.viewer),
  ).toMatchObject({ __typename: "ForbiddenError" });
});

test("the widest query of scene types costs the same number of statements for one as for many", async () => {
  const query = `query ($p: ID) { sceneTypes(projectId: $p, first: 50) { totalCount nodes {
    name project { name } workflow { name } workflowVersion { number } promptDefaults { text slot { label defaultText } } } } }`;
  const statements = async (): Promise<number> => {
    app.takeStatements();
    await app.execute(query, { p: studio.ids.project });
    return app.takeStatements().length;
  };
  const few = await statements();
  for (const name of ["Wide 1", "Wide 2", "Wide 3"]) {
    const other = await makePromptStudio(app, name);
    const { sceneType } = await mutate("createSceneType", "sceneType { id }", {
      name,
      workflowId: other.ids.workflow,
      projectId: studio.ids.project,
    });
    for (const slotId of [other.ids.positive, other.ids.negative])
      await mutate("setScenePromptDefault", "promptDefault { id }", { sceneTypeId: sceneType.id, slotId, text: "x" });
  }
  expect(await statements()).toBe(few);
  expect(few).toBeLessThanOrEqual(9);
});

describe("lists to choose from", () => {
  let other: PromptStudio;
  beforeAll(async () => {
    other = await makePromptStudio(app, "Harbour_1");
    await createLibrary(app.deps, studio.creator, { name: "Harbour looks" });
    await createLibrary(app.deps, app.admin, { name: "Harbour_1 looks", projectId: other.projectId });
  });
  const names = async (field: string, viewer = app.admin): Promise<string[]> => {
    const data = await app.execute(`{ list: ${field} { totalCount nodes { name } } }`, {}, { viewer });
    expect(data.list.totalCount).toBe(data.list.nodes.length);
    return data.list.nodes.map(({ name }: { name: string }) => name);
  };

  test("are searched by a part of the name, with no wildcards, among what the viewer may see", async () => {
    for (const list of ["sceneTypes", "projects", "workflows"]) {
      expect(await names(`${list}(search: "HARBOUR_")`)).toEqual(["Harbour_1"]);
      expect(await names(`${list}(search: "market%")`)).toEqual([]);
    }
    expect(await names(`libraries(search: "harbour")`)).toEqual(["Harbour_1 looks", "Harbour looks"]);
    expect(await names(`libraries(search: "harbour")`, studio.viewer)).toEqual(["Harbour looks"]);
    expect(await names(`sceneTypes(search: "harbour")`, studio.viewer)).toEqual([]);
    expect(await names(`projects(search: "harbour")`, studio.viewer)).toEqual([]);
  });

  test("hold what a project can use: its own and studio-wide ones", async () => {
    const forProject = `forProjectId: "${studio.ids.project}"`;
    expect(await names(`libraries(search: "harbour", ${forProject})`)).toEqual(["Harbour looks"]);
    expect(await names(`sceneTypes(${forProject})`)).toEqual(expect.not.arrayContaining(["Harbour_1"]));
    expect(await names(`sceneTypes(forProjectId: "${other.ids.project}", search: "harbour")`)).toEqual(["Harbour_1"]);
    for (const list of ["libraries", "sceneTypes"]) {
      const foreign = names(`${list}(forProjectId: "${other.ids.project}")`, studio.viewer);
      await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  test("of workflows hold only those of some categories, with a file to start from or without", async () => {
    const search = `search: "harbour"`;
    expect(await names(`workflows(${search}, categories: [IMAGE_GEN, OTHER], takesFile: false)`)).toEqual([
      "Harbour_1",
    ]);
    expect(await names(`workflows(${search}, takesFile: true)`)).toEqual([]);
    expect(await names(`workflows(${search}, categories: [VIDEO_UPSCALE])`)).toEqual([]);
  });
});
