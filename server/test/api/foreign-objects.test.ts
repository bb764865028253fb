import { isObjectType } from "graphql";
import { encodeId } from "#graphql/ids.ts";
import { schema } from "#graphql/schema.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { type Place, places, studioWide } from "#test/api/id-places.ts";
import { type FullStudio, makeFullStudio } from "#test/api/studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let theirs: FullStudio;
/** The other project, whose people see nothing of the first. */
let ours: FullStudio;
beforeAll(async () => {
  app = await startTestApp();
  theirs = await makeFullStudio(app, "Theirs");
  ours = await makeFullStudio(app, "Our own");
});
afterAll(() => app[Symbol.asyncDispose]());

const asked = (query: string, variables: object, viewer: Viewer | null = ours.creator) =>
  app.execute(query, { ...variables }, { viewer, errors: "return" });
const node = async (id: string, viewer: Viewer) =>
  (await asked("query ($id: ID!) { node(id: $id) { id __typename } }", { id }, viewer)).data.node;

/** Nodes of the operation of the studio. */
const ofAdmins = new Set(["Cleanup", "Webhook", "WebhookDelivery"]);
/** Nodes that nobody sees but who made them. */
const ofTheirMaker = new Set(["LibraryDraft"]);
const nodeTypes = Object.values(schema.getTypeMap()).filter(
  (type) => isObjectType(type) && type.getInterfaces().some((each) => each.name === "Node"),
);

test.each(nodeTypes.map((type) => type.name))(
  "a %s is there for those who may see it and for nobody else",
  async (type) => {
    const id = (theirs.nodes as Record<string, string>)[type];
    if (!id) throw new Error(`enter a ${type} into makeFullStudio`);
    const found = { id, __typename: type };
    const isOfMaker = ofTheirMaker.has(type);
    expect(await node(id, app.admin)).toEqual(isOfMaker ? null : found);
    if (ofAdmins.has(type)) return expect(await node(id, theirs.creator)).toBeNull();
    expect(await node(id, theirs.creator)).toEqual(found);
    expect(await node(id, ours.creator)).toEqual(studioWide.has(type) ? found : null);
    // A VIEWER of the project sees what its members see, but for people.
    expect(await node(id, theirs.viewer)).toEqual(type === "User" || isOfMaker ? null : found);
  },
);

test.each(["Asset", "Job", "Run"] as const)("a %s without a project is its owner's and ADMIN's", async (type) => {
  const id = theirs.own[type];
  expect(await node(id, theirs.creator)).toMatchObject({ id });
  expect(await node(id, app.admin)).toMatchObject({ id });
  expect(await node(id, theirs.viewer)).toBeNull();
  expect(await node(id, ours.creator)).toBeNull();
});

test("lists hold nothing of others", async () => {
  const query = `query ($job: ID!, $sceneType: ID!, $character: ID!) {
    projects { totalCount nodes { id } } jobs { totalCount nodes { id createdBy { id } } } outputs { totalCount nodes { id } } takes { totalCount nodes { id } }
    characters { totalCount nodes { id } } sceneTypes { totalCount nodes { id } } libraries { totalCount nodes { id } } presets { id } works { totalCount nodes { id } }
    job(id: $job) { id } sceneType(id: $sceneType) { id } character(id: $character) { id } }`;
  const { Job, SceneType, Character } = theirs.nodes;
  const { data, errors } = await asked(query, { job: Job, sceneType: SceneType, character: Character });
  expect(errors).toBeUndefined();
  const text = JSON.stringify(data);
  for (const id of [
    ...Object.entries(theirs.nodes).flatMap(([type, id]) => (studioWide.has(type) ? [] : [id])),
    ...Object.values(theirs.own),
  ])
    expect(text).not.toContain(id);
  expect(data).toMatchObject({
    projects: { totalCount: 1, nodes: [{ id: ours.nodes.Project }] },
    jobs: { totalCount: 2 },
    outputs: { totalCount: 2 },
    takes: { totalCount: 1, nodes: [{ id: ours.nodes.Take }] },
    characters: { totalCount: 1, nodes: [{ id: ours.nodes.Character }] },
    sceneTypes: { totalCount: 1, nodes: [{ id: ours.nodes.SceneType }] },
    libraries: { totalCount: 1, nodes: [{ id: ours.nodes.Library }] },
    works: { totalCount: 1, nodes: [{ id: ours.nodes.Work }] },
    job: null,
    sceneType: null,
    character: null,
  });
});

const filters: [string, string, string][] = [
  ["jobs", "projectId", "Project"],
  ["characters", "projectId", "Project"],
  ["sceneTypes", "projectId", "Project"],
  ["takes", "projectId", "Project"],
  ["takeComparisons", "sceneTypeId", "SceneType"],
  ["takeComparisons", "characterId", "Character"],
  ["takes", "sceneTypeId", "SceneType"],
  ["takes", "characterId", "Character"],
  ["fragments", "sceneTypeId", "SceneType"],
  ["characters", "groupId", "CharacterGroup"],
  ["characterGroups", "projectId", "Project"],
  ["works", "projectId", "Project"],
];
test.each(filters)("%s filtered by a foreign %s tells nothing", async (field, argument, type) => {
  const foreign = (theirs.nodes as Record<string, string>)[type];
  const { data, errors } = await asked(
    `query ($id: ID!) { list: ${field}(${argument}: $id) { totalCount nodes { id } } }`,
    { id: foreign },
  );
  if (errors) expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  else expect(data).toEqual({ list: { totalCount: 0, nodes: [] } });
});

test("prompts of others are not resolved, listed or applied", async () => {
  const { SceneType, Character, Library } = theirs.nodes;
  for (const [query, variables] of [
    ["query ($s: ID!) { resolvePrompts(input: { sceneTypeId: $s }) { resolvedText } }", { s: SceneType }],
    [
      "query ($s: ID!, $c: ID!) { resolvePrompts(input: { sceneTypeId: $s, characterId: $c }) { resolvedText } }",
      { s: ours.nodes.SceneType, c: Character },
    ],
    [
      "query ($s: ID!, $l: ID!) { resolvePrompts(input: { sceneTypeId: $s, libraryIds: [$l] }) { resolvedText } }",
      { s: ours.nodes.SceneType, l: Library },
    ],
    [
      "query ($s: ID!, $c: ID!) { promptOverrides(sceneTypeId: $s, scope: CHARACTER, targetId: $c) { text } }",
      { s: SceneType, c: Character },
    ],
    [
      "query ($s: ID!, $c: ID!) { promptOverrides(sceneTypeId: $s, scope: CHARACTER, targetId: $c) { text } }",
      { s: ours.nodes.SceneType, c: Character },
    ],
    [
      "query ($s: ID!, $c: ID!) { takeStates(sceneTypeIds: [$s], characterIds: [$c]) { freshness } }",
      { s: ours.nodes.SceneType, c: Character },
    ],
    [
      "query ($f: ID!, $t: ID!) { promptVersionDiff(fromId: $f, toId: $t) { template { text } } }",
      { f: ours.nodes.PromptVersion, t: theirs.nodes.PromptVersion },
    ],
    ["query ($p: ID!) { timeline(projectId: $p) { name } }", { p: theirs.nodes.Project }],
    ["query ($a: ID!) { takeOfFile(assetId: $a) { id } }", { a: theirs.nodes.Asset }],
    ['query ($l: ID!) { applyLibraries(text: "%light%", libraryIds: [$l]) { text } }', { l: Library }],
  ] as const) {
    const { errors } = await asked(query, variables);
    expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  }
  const { data } = await asked(
    "query ($f: ID!, $s: ID!) { node(id: $f) { ... on Fragment { isPinned(sceneTypeId: $s) } } }",
    { f: theirs.nodes.Fragment, s: SceneType },
  );
  expect(data.node.isPinned).toBe(false);
});

test("the list of places is whole", () => {
  const count = (name: string, seen: string[] = []): number => {
    const type = schema.getType(name);
    if (!type || !("getFields" in type) || seen.includes(name)) return 0;
    return Object.values(type.getFields()).reduce((sum, field) => {
      const named = String(field.type).replace(/[[\]!]/g, "");
      return sum + (named === "ID" ? 1 : named.endsWith("Input") ? count(named, [...seen, name]) : 0);
    }, 0);
  };
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const inSchema = Object.fromEntries(
    mutations
      .map((field) => [field.name, count(String(field.args[0]?.type).replace("!", ""))])
      .filter(([, number]) => number !== 0),
  );
  const here: Record<string, number> = {};
  for (const { mutation } of places) here[mutation] = (here[mutation] ?? 0) + 1;
  expect(here).toEqual(inSchema);
});

/** The input with an id put in at a place. */
function inputWith({ path, input }: Place, id: string): unknown {
  const whole = structuredClone(input(ours.nodes, ours));
  let at: Record<string, unknown> = whole;
  for (const [index, key] of path.slice(0, -1).entries())
    at = (at[key] ??= /^\d+$/.test(path[index + 1] ?? "") ? [] : {}) as Record<string, unknown>;
  at[path.at(-1) ?? ""] = id;
  return whole;
}
const send = async (each: Place, id: string, viewer: Viewer) => {
  const name = schema.getMutationType()?.getFields()[each.mutation]?.args[0]?.type;
  const query = `mutation ($input: ${String(name)}) { result: ${each.mutation}(input: $input) { __typename ... on Error { code path message } } }`;
  return (await asked(query, { input: inputWith(each, id) }, viewer)).data.result;
};
const named = places.map((each) => [`${each.mutation} ${each.path.join(".")}`, each] as const);

test.each(named)("%s: junk and ids of other types never reach the database", async (_name, each) => {
  const bare = Buffer.from(ours.nodes.Job, "base64").toString().split(":")[1] ?? "";
  for (const id of [
    "",
    "junk",
    bare,
    "💥",
    encodeId(each.type, "1"),
    encodeId(each.type, "' OR 1=1"),
    encodeId("PageInfo", bare),
    encodeId(each.type === "Job" ? "Run" : "Job", bare),
  ]) {
    app.takeStatements();
    expect(await send(each, id, app.admin)).toMatchObject({
      __typename: "NotFoundError",
      code: "NOT_FOUND",
      path: each.path,
    });
    if (!each.looksFirst) expect(app.takeStatements()).toEqual([]);
  }
});

test.each(named)("%s: something that does not exist is not found", async (_name, each) => {
  const result = await send(each, encodeId(each.type, "01900000-0000-7000-8000-00000000dead"), app.admin);
  // A run of another job, or a slot of another workflow, is a wrong combination rather than a missing thing.
  expect(["NotFoundError", "ValidationError"]).toContain(result.__typename);
  expect(result.path?.[0]).toBe(each.path[0]);
});

test.each(named.filter(([, each]) => !each.isStudioWide && each.mutation !== "importWorkflow"))(
  "%s: what is another project's is not found, and stays as it was",
  async (_name, each) => {
    const foreign = (theirs.nodes as Record<string, string>)[each.type] ?? "";
    const result = await send(each, foreign, ours.creator);
    expect(["NotFoundError", "ValidationError"]).toContain(result.__typename);
    // It is told in the same words as something that does not exist.
    const missing = await send(each, encodeId(each.type, "01900000-0000-7000-8000-00000000dead"), ours.creator);
    expect(result).toEqual(missing);
  },
);

test("an asset of others can't be smuggled in as a parameter", async () => {
  const { data } = await asked("query ($id: ID!) { workflow(id: $id) { parameters { key type } } }", {
    id: ours.pictureWorkflowId,
  });
  const key = data.workflow.parameters.find((parameter: { type: string }) => parameter.type === "IMAGE")?.key;
  const query =
    "mutation ($input: SubmitJobInput!) { submitJob(input: $input) { __typename ... on Error { code path } } }";
  const submit = async (asset: string) =>
    (await asked(query, { input: { workflowId: ours.pictureWorkflowId, dryRun: true, params: { [key]: asset } } })).data
      .submitJob;
  expect(await submit(ours.nodes.Asset)).toMatchObject({ __typename: "SubmitJobPayload" });
  expect(["NotFoundError", "ValidationError"]).toContain((await submit(theirs.nodes.Asset)).__typename);
});

test("ids that are junk answer null in queries and never reach the database", async () => {
  const query =
    "query ($id: ID!) { node(id: $id) { id } job(id: $id) { id } workflow(id: $id) { id } sceneType(id: $id) { id } character(id: $id) { id } }";
  const bare = Buffer.from(ours.nodes.Job, "base64").toString().split(":")[1] ?? "";
  for (const id of [
    "",
    "junk",
    bare,
    "💥",
    encodeId("Job", "1"),
    encodeId("Job", "' OR 1=1"),
    encodeId("Nothing", bare),
    encodeId("PageInfo", bare),
    encodeId("Query", bare),
    encodeId("constructor", bare),
  ]) {
    app.takeStatements();
    expect(await app.execute(query, { id })).toEqual({
      node: null,
      job: null,
      workflow: null,
      sceneType: null,
      character: null,
    });
    expect(app.takeStatements()).toEqual([]);
  }
});

test("a machine's key is not in the schema, and not in any answer", async () => {
  const { data } = await asked("{ machines { name url } systemStatus { machines { name } } }", {}, app.admin);
  expect(JSON.stringify(data)).not.toContain("machine-secret");
  expect(Object.keys((schema.getType("Machine") as unknown as { getFields(): object }).getFields())).not.toContain(
    "apiKey",
  );
});
