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
const run = async (
  name: string,
  payload: string,
  selection: string,
  input: object,
  viewer = studio.creator,
): Promise<any> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await app.execute(
    `mutation ($input: ${type}!) { ${name}(input: $input) {
      ... on ${payload}Payload { ${selection} } ... on Error { code path } } }`,
    { input },
    { viewer },
  );
  return answer[name];
};
const draft = `draft { id name delimiter maxDepth keys entries isOutdated library { id } project { name }
  conflicts { key base mine theirs } expiresAt }`;
const open = (input: object, viewer?: PromptStudio["creator"]) =>
  run("openLibraryDraft", "LibraryDraft", draft, input, viewer);
const edit = (input: object, viewer?: PromptStudio["creator"]) =>
  run("editLibraryDraft", "LibraryDraft", draft, input, viewer);
const save = (input: object, viewer?: PromptStudio["creator"]) =>
  run("saveLibraryDraft", "SaveLibraryDraft", "library { id name delimiter maxDepth entries }", input, viewer);
const change = (id: string, setEntries: object, removeKeys: string[] = []) =>
  run("updateLibrary", "UpdateLibrary", "library { entries }", { id, setEntries, removeKeys });
const read = async (id: string, viewer = studio.creator) =>
  (
    await app.execute(
      `query ($id: ID!) { node(id: $id) { id ... on LibraryDraft { keys isOutdated conflicts { key } } } }`,
      { id },
      { viewer },
    )
  ).node;
const fastForward = (minutes: number) =>
  app.deps.db.pool.query("UPDATE library_draft SET expires_at = expires_at - $1 * interval '1 minute'", [minutes]);

test("edits gather aside, each answers with the sorted keys, and a save publishes them", async () => {
  const id = await library("Looks", { base: "1", light: "2", old: "3" }, studio.projectId);
  const opened = (await open({ libraryId: id })).draft;
  expect(opened).toMatchObject({ name: "Looks", keys: ["base", "light", "old"], isOutdated: false, library: { id } });
  const edited = await edit({
    id: opened.id,
    removeKeys: ["old"],
    renames: [{ from: "Light", to: "key light" }],
    setEntries: { Grain: "fine", base: "one" },
    maxDepth: 4,
  });
  expect(edited.draft).toMatchObject({ keys: ["base", "grain", "key_light"], maxDepth: 4 });
  expect((await change(id, {})).library.entries).toEqual({ base: "1", light: "2", old: "3" });
  expect(await save({ id: opened.id })).toEqual({
    library: {
      id,
      name: "Looks",
      delimiter: "%",
      maxDepth: 4,
      entries: { base: "one", grain: "fine", key_light: "2" },
    },
  });
  expect(await read(opened.id)).toBeNull();
});

test("a new library lives in a draft until it is saved", async () => {
  const opened = (await open({ name: "Fresh", projectId: studio.ids.project })).draft;
  expect(opened).toMatchObject({ library: null, keys: [], isOutdated: false });
  await edit({ id: opened.id, setEntries: { a: "x" }, name: "Fresher" });
  expect((await save({ id: opened.id })).library).toMatchObject({ name: "Fresher", entries: { a: "x" } });
  expect(await open({ name: " " })).toMatchObject({ code: "VALIDATION", path: ["name"] });
});

describe("when the library was changed meanwhile", () => {
  const begin = async (name: string) => {
    const id = await library(name, { a: "1", b: "2", c: "3" });
    const opened = (await open({ libraryId: id })).draft;
    await edit({ id: opened.id, setEntries: { a: "mine", d: "4" } });
    await change(id, { a: "theirs", b: "two" }, ["c"]);
    return { id, draftId: opened.id as string };
  };

  test("a save is refused, shows both, and loses nothing", async () => {
    const { id, draftId } = await begin("Refused");
    expect(await save({ id: draftId })).toEqual({ code: "LIBRARY_CHANGED", path: ["id"] });
    const [held] = (await app.execute(`{ libraryDrafts { ${draft.slice(8, -2)} } }`, {}, { viewer: studio.creator }))
      .libraryDrafts;
    expect(held).toMatchObject({
      id: draftId,
      isOutdated: true,
      entries: { a: "mine", b: "2", c: "3", d: "4" },
      conflicts: [{ key: "a", base: "1", mine: "mine", theirs: "theirs" }],
    });
    expect((await change(id, {})).library.entries).toEqual({ a: "theirs", b: "two" });
  });

  test("a merge keeps the changes of both, and the draft's where both changed one entry", async () => {
    const { draftId } = await begin("Merged");
    expect((await save({ id: draftId, onChanged: "MERGE" })).library.entries).toEqual({ a: "mine", b: "two", d: "4" });
  });

  test("a replacement is the draft as it is", async () => {
    const { draftId } = await begin("Replaced");
    expect((await save({ id: draftId, onChanged: "REPLACE" })).library.entries).toEqual({
      a: "mine",
      b: "2",
      c: "3",
      d: "4",
    });
  });

  test("a draft of a deleted library makes a new one", async () => {
    const { id, draftId } = await begin("Deleted");
    await run("deleteLibrary", "DeleteLibrary", "deletedId", { id });
    const { library: saved } = await save({ id: draftId });
    expect(saved).toMatchObject({ name: "Deleted", entries: { a: "mine" } });
    expect(saved.id).not.toBe(id);
  });
});

test("a draft tells what it changes in what was there, and is found by its library", async () => {
  const id = await library("Told", { a: "1", b: "2", c: "3" });
  const opened = (await open({ libraryId: id })).draft;
  await edit({ id: opened.id, setEntries: { b: "two", d: "4" }, removeKeys: ["c"] });
  const query = `query ($id: ID) { libraryDrafts(libraryId: $id) { id base changedKeys } }`;
  const find = async (libraryId: string) =>
    (await app.execute(query, { id: libraryId }, { viewer: studio.creator })).libraryDrafts;
  expect(await find(id)).toEqual([{ id: opened.id, base: { a: "1", b: "2", c: "3" }, changedKeys: ["b", "c", "d"] }]);
  expect(await find(await library("Untouched", {}))).toEqual([]);
});

test("a draft is forgotten half an hour after its last edit", async () => {
  const { id } = (await open({ name: "Forgotten" })).draft;
  await fastForward(29);
  const { expiresAt } = (await edit({ id, setEntries: { a: "x" } })).draft;
  expect(new Date(expiresAt).getTime() - Date.now()).toBeGreaterThan(29 * 60_000);
  await fastForward(31);
  expect(await edit({ id, setEntries: { b: "y" } })).toMatchObject({ code: "NOT_FOUND", path: ["id"] });
  expect(await save({ id })).toMatchObject({ code: "NOT_FOUND" });
  expect(await read(id)).toBeNull();
  await open({ name: "Sweeps" });
  expect(await app.deps.db.prisma.libraryDraft.count({ where: { name: "Forgotten" } })).toBe(0);
});

test("each has a draft of one's own, and the same one when it is opened again", async () => {
  const id = await library("Several", { a: "1" });
  const [one, again] = await Promise.all([open({ libraryId: id }), open({ libraryId: id })]);
  expect(again.draft.id).toBe(one.draft.id);
  const other = await open({ libraryId: id }, app.admin);
  expect(other.draft.id).not.toBe(one.draft.id);
  expect(await read(one.draft.id, app.admin)).toBeNull();
  expect(await edit({ id: one.draft.id, setEntries: { b: "2" } }, app.admin)).toMatchObject({ code: "NOT_FOUND" });
  expect(await run("discardLibraryDraft", "DiscardLibraryDraft", "deletedId", { id: one.draft.id })).toEqual({
    deletedId: one.draft.id,
  });
  expect(await read(other.draft.id, app.admin)).toMatchObject({ keys: ["a"] });
});

test("a draft survives a restart of the server", async () => {
  const { id } = (await open({ name: "Kept" })).draft;
  await edit({ id, setEntries: { a: "x" } });
  await using after = await startTestApp({ beside: app });
  const { node } = await after.execute(
    `query ($id: ID!) { node(id: $id) { ... on LibraryDraft { entries } } }`,
    { id },
    { viewer: studio.creator },
  );
  expect(node).toEqual({ entries: { a: "x" } });
});

test.each([
  [{ renames: [{ from: "gone", to: "x" }] }, ["renames", "0", "from"]],
  [{ renames: [{ from: "a", to: "b" }] }, ["renames", "0", "to"]],
  [{ renames: [{ from: "a", to: "!" }] }, ["renames", "0", "to"]],
  [{ setEntries: { "a.b": "x" } }, ["setEntries", "a.b"]],
  [{ removeKeys: ["b.c"] }, ["removeKeys", "0"]],
  [{ delimiter: "" }, ["delimiter"]],
  [{ maxDepth: 0 }, ["maxDepth"]],
])("%j is refused and changes nothing", async (input, path) => {
  const { id } = (await open({ libraryId: await library(`Refuses ${JSON.stringify(input)}`, { a: "1", b: "2" }) }))
    .draft;
  expect(await edit({ id, ...input })).toMatchObject({ code: "VALIDATION", path });
  expect((await edit({ id })).draft.entries).toEqual({ a: "1", b: "2" });
});
