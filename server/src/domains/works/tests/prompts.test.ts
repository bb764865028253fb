import { makeWorkStudio, type WorkStudio } from "#test/work-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: WorkStudio;
let studios = 0;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  studio = await makeWorkStudio(app, `Sea ${(studios += 1)}`);
});
afterAll(() => app[Symbol.asyncDispose]());

const template = "Into {target_language}: {chapter.text}";
const version =
  "promptVersion { id number model template isLatest revertedFrom { number } author { name } } warnings { code }";
const history = async (promptId: string, page = "first: 200") => {
  const { node } = await app.execute(
    `query ($id: ID!) { node(id: $id) { ... on WorkPrompt { name latestVersion { number } versions(${page}) { totalCount nodes { id number model createdAt } } } } }`,
    { id: promptId },
    { viewer: studio.creator },
  );
  return node;
};

test("a work has one prompt; a second one is a conflict", async () => {
  const input = { workId: studio.ids.work, name: "Ours", model: "m", template, parameters: { temperature: 0.4 } };
  const made = await studio.mutate(
    "createWorkPrompt",
    input,
    "workPrompt { id name latestVersion { number parameters } }",
  );
  expect(made.workPrompt).toMatchObject({
    name: "Ours",
    latestVersion: { number: 1, parameters: { temperature: 0.4 } },
  });
  expect(await studio.mutate("createWorkPrompt", input)).toMatchObject({
    __typename: "ConflictError",
    code: "PROMPT_EXISTS",
    message: expect.stringContaining("Ours"),
  });
  const renamed = await studio.mutate(
    "renameWorkPrompt",
    { id: made.workPrompt.id, name: "Mine" },
    "workPrompt { name }",
  );
  expect(renamed.workPrompt.name).toBe("Mine");
});

test("versions are appended with their author, and are read the newest first", async () => {
  const promptId = await studio.prompt("m", template);
  const { promptVersion } = await studio.mutate("appendPromptVersion", { promptId, model: "n", template }, version);
  expect(promptVersion).toMatchObject({ number: 2, model: "n", isLatest: true, author: { name: studio.creator.name } });
  expect(await history(promptId)).toMatchObject({
    latestVersion: { number: 2 },
    versions: { totalCount: 2, nodes: [{ number: 2 }, { number: 1 }] },
  });
  expect((await history(promptId, "last: 1")).versions.nodes).toMatchObject([{ number: 1 }]);
});

test("fifty versions appended at once are numbered without a gap or a number given twice, in the order of time", async () => {
  const promptId = await studio.prompt("m", template);
  const appended = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      studio.mutate("appendPromptVersion", { promptId, model: `m${n}`, template }, version),
    ),
  );
  const expected = Array.from({ length: 50 }, (_, n) => n + 2);
  const numbers = appended.map(({ promptVersion }) => promptVersion.number as number);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(expected);
  const { versions } = await history(promptId);
  const moments = versions.nodes.map(({ createdAt }: { createdAt: string }) => Date.parse(createdAt));
  expect(moments).toEqual(moments.toSorted((a: number, b: number) => b - a));
  for (const { promptVersion } of appended)
    expect(versions.nodes.find(({ id }: { id: string }) => id === promptVersion.id)).toMatchObject({
      number: promptVersion.number,
      model: promptVersion.model,
    });
});

test("a number whose version was refused is not lost", async () => {
  const promptId = await studio.prompt("m", template);
  expect(await studio.mutate("appendPromptVersion", { promptId, model: "m", template: "{" })).toMatchObject({
    code: "TEMPLATE",
  });
  const { promptVersion } = await studio.mutate("appendPromptVersion", { promptId, model: "m", template }, version);
  expect(promptVersion.number).toBe(2);
});

test("the database itself refuses to change a version", async () => {
  await studio.prompt("m", template);
  const { prisma } = app.deps.db;
  const change = prisma.promptVersion.updateMany({
    where: { prompt: { workId: studio.workId } },
    data: { template: "x" },
  });
  await expect(change).rejects.toThrow(/append another/);
});

test("a revert appends a copy that says where it is from", async () => {
  const promptId = await studio.prompt("m", template);
  await studio.mutate("appendPromptVersion", { promptId, model: "n", template: "{chapter.text}" });
  const { nodes } = (await history(promptId)).versions;
  const { promptVersion } = await studio.mutate("revertPromptVersion", { versionId: nodes[1].id }, version);
  expect(promptVersion).toMatchObject({ number: 3, model: "m", template, revertedFrom: { number: 1 } });
  expect(await studio.mutate("revertPromptVersion", { versionId: nodes[1].id }, "", studio.stranger)).toMatchObject({
    code: "NOT_FOUND",
  });
});

test("two versions are compared word by word and field by field", async () => {
  const promptId = await studio.prompt("m", template, { temperature: 0.3 });
  const next = {
    promptId,
    model: "n",
    template: "Into good {target_language}: {chapter.text}",
    metadata: { by: "Ana" },
  };
  await studio.mutate("appendPromptVersion", next);
  const { nodes } = (await history(promptId)).versions;
  const { promptVersionDiff } = await app.execute(
    `query ($from: ID!, $to: ID!) { promptVersionDiff(fromId: $from, toId: $to) { from { number } to { number } template { kind text } fields { field kind before after } } }`,
    { from: nodes[1].id, to: nodes[0].id },
    { viewer: studio.creator },
  );
  expect(promptVersionDiff).toEqual({
    from: { number: 1 },
    to: { number: 2 },
    template: [
      { kind: "SAME", text: "Into " },
      { kind: "ADDED", text: "good " },
      { kind: "SAME", text: "{target_language}: {chapter.text}" },
    ],
    fields: [
      { field: "model", kind: "CHANGED", before: "m", after: "n" },
      { field: "parameters.temperature", kind: "REMOVED", before: 0.3, after: null },
      { field: "metadata.by", kind: "ADDED", before: null, after: "Ana" },
    ],
  });
});

test("every problem of a prompt is told with its place, and nothing is stored", async () => {
  const refused = await studio.mutate("createWorkPrompt", {
    workId: studio.ids.work,
    name: "x",
    model: "m",
    template: "{chapter.text}\n{nope} {}",
  });
  expect(refused).toMatchObject({
    __typename: "ValidationError",
    code: "TEMPLATE",
    issues: [
      { path: ["template"], message: expect.stringMatching(/^line 2, column 1: .*nope.*glossary/) },
      { path: ["template"], message: expect.stringMatching(/^line 2, column 8: .*empty/) },
    ],
  });
  const wrong = { workId: studio.ids.work, name: "x", model: "m", template, parameters: { temperature: 9 } };
  expect(await studio.mutate("createWorkPrompt", wrong)).toMatchObject({ path: ["parameters", "temperature"] });
  expect(await app.deps.db.prisma.workPrompt.count({ where: { workId: studio.workId } })).toBe(0);
});

test("a prompt may use its own parameters, and is warned of what it lacks", async () => {
  const input = { workId: studio.ids.work, name: "x", model: "m", template: "{tone}", parameters: { tone: "dry" } };
  const { warnings } = await studio.mutate("createWorkPrompt", input, "warnings { code message }");
  expect(warnings).toEqual([
    { code: "TEXT_UNUSED", message: expect.stringContaining("{chapter.text}") },
    { code: "MODEL_UNKNOWN", message: expect.stringContaining("m") },
  ]);
});

test("a prompt is checked while it is written", async () => {
  const { checkPrompt } = await app.execute(
    `query ($template: String!) { checkPrompt(template: $template, parameterNames: ["tone"]) { problems { code offset line column } warnings { code } used known } }`,
    { template: "{tone} {chapter.text} {a.b" },
  );
  expect(checkPrompt).toEqual({
    problems: [{ code: "BRACE_NOT_CLOSED", offset: 22, line: 1, column: 23 }],
    warnings: [],
    used: ["tone", "chapter.text"],
    known: expect.arrayContaining(["work.title", "previous_summary", "tone"]),
  });
});
