import { createLibrary } from "#domains/libraries/libraries.service.ts";
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

const library = async (name: string, entries: Record<string, string>, projectId?: string) =>
  encodeId("Library", (await createLibrary(app.deps, app.admin, { name, entries, projectId })).id);
const run = async (name: string, selection: string, input: object, viewer = studio.creator): Promise<any> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const answer = await app.execute(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) {
      ... on ${type}Payload { ${selection} } ... on Error { code path } ... on ValidationError { issues { path } } } }`,
    { input },
    { viewer },
  );
  return answer[name];
};
const update = (input: object, viewer?: PromptStudio["creator"]) =>
  run("updateLibrary", "library { name delimiter maxDepth entryCount entries project { name } }", input, viewer);

test("only what is given changes, and a key that is removed and set is there", async () => {
  const id = await library("Edited", { base: "1", light: "2", old: "3" }, studio.projectId);
  expect(
    await update({ id, setEntries: { Light: "two", "New-Key": "n" }, removeKeys: ["old", "light", "gone"] }),
  ).toEqual({
    library: {
      name: "Edited",
      delimiter: "%",
      maxDepth: 10,
      entryCount: 3,
      entries: { base: "1", light: "two", new_key: "n" },
      project: { name: expect.any(String) },
    },
  });
  expect(await update({ id, name: " Looks ", delimiter: "##", maxDepth: 3 })).toMatchObject({
    library: { name: "Looks", delimiter: "##", maxDepth: 3, entries: { base: "1", light: "two", new_key: "n" } },
  });
});

test("people who edit different entries at once keep each other's", async () => {
  const id = await library("Shared", {});
  const keys = Array.from({ length: 8 }, (_, index) => `k${index}`);
  await Promise.all(keys.map((key) => update({ id, setEntries: { [key]: key } })));
  const { library: after } = await update({ id });
  expect(Object.keys(after.entries).toSorted()).toEqual(keys);
});

test.each([
  [{ name: " " }, ["name"]],
  [{ delimiter: "" }, ["delimiter"]],
  [{ maxDepth: 101 }, ["maxDepth"]],
  [{ setEntries: { "a.b": "x" } }, ["setEntries", "a.b"]],
  [{ setEntries: { a: 1 } }, ["setEntries", "a"]],
  [{ removeKeys: ["a", "b.c"] }, ["removeKeys", "1"]],
])("%j is refused and changes nothing", async (input, path) => {
  const id = await library(`Refuses ${JSON.stringify(input)}`, { a: "x" });
  expect(await update({ id, setEntries: { b: "y" }, ...input })).toMatchObject({ code: "VALIDATION", path });
  expect((await update({ id })).library.entries).toEqual({ a: "x" });
});

test("a taken name is a conflict in its scope only", async () => {
  await library("Taken", {});
  const [wide, own] = [await library("Wide", {}), await library("Own", {}, studio.projectId)];
  expect(await update({ id: wide, name: "Taken" })).toMatchObject({ code: "NAME_TAKEN", path: ["name"] });
  expect(await update({ id: own, name: "Taken" })).toHaveProperty("library");
});

test("a deleted library is gone from its projects, for those who may", async () => {
  const id = await library("Goner", { a: "x" }, studio.projectId);
  await run("setProjectLibraries", "project { id }", { projectId: studio.ids.project, libraryIds: [id] });
  const remove = (viewer?: PromptStudio["creator"]) => run("deleteLibrary", "deletedId", { id }, viewer);
  expect(await remove(studio.viewer)).toMatchObject({ code: "FORBIDDEN" });
  expect(await remove(studio.stranger)).toMatchObject({ code: "NOT_FOUND", path: ["id"] });
  expect(await update({ id }, studio.stranger)).toMatchObject({ code: "NOT_FOUND", path: ["id"] });
  expect(await remove()).toEqual({ deletedId: id });
  expect(await remove()).toMatchObject({ code: "NOT_FOUND" });
  const { node } = await app.execute("query ($id: ID!) { node(id: $id) { ... on Project { libraries { id } } } }", {
    id: studio.ids.project,
  });
  expect(node.libraries).toEqual([]);
});
