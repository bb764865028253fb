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

const chapters = async (search?: string, page = "first: 50") => {
  const { work } = await app.execute(
    `query ($id: ID!, $search: String) { work(id: $id) { chapters(search: $search, ${page}) {
       totalCount pageInfo { hasNextPage endCursor } nodes { id number title text characterCount previous { number } next { number } } } } }`,
    { id: studio.ids.work, search },
    { viewer: studio.creator },
  );
  return work.chapters;
};
const numbers = async () =>
  (await chapters()).nodes.map((node: { number: number; title: string }) => `${node.number} ${node.title}`);

test("a work is written, found, changed and deleted with all that it has", async () => {
  const { mutate, ids } = studio;
  const input = { title: "  The sea ", language: "French", author: "A. Noire", projectId: ids.project };
  const { work } = await mutate("createWork", input, "work { id title targetLanguage project { id } prompt { id } }");
  expect(work).toEqual({
    id: expect.any(String),
    title: "The sea",
    targetLanguage: "English",
    project: { id: ids.project },
    prompt: null,
  });
  const changed = await mutate("updateWork", { id: work.id, glossary: "mer: sea" }, "work { title glossary author }");
  expect(changed.work).toEqual({ title: "The sea", glossary: "mer: sea", author: "A. Noire" });
  const found = await app.execute(
    `query ($project: ID) { works(search: "noire", projectId: $project) { totalCount nodes { id } } }`,
    { project: ids.project },
    { viewer: studio.creator },
  );
  expect(found.works).toEqual({ totalCount: 1, nodes: [{ id: work.id }] });
  await mutate("createChapter", { workId: work.id, text: "La mer." });
  expect(await mutate("deleteWork", { id: work.id }, "deletedId")).toMatchObject({ deletedId: work.id });
  expect(await mutate("deleteWork", { id: work.id })).toMatchObject({ __typename: "NotFoundError" });
});

test("a studio-wide work is everybody's", async () => {
  const { work } = await studio.mutate("createWork", { title: "Ours", language: "ja" }, "work { id }");
  const asked = await app.execute(
    `query ($id: ID!) { work(id: $id) { title project { id } } }`,
    { id: work.id },
    { viewer: studio.stranger },
  );
  expect(asked.work).toEqual({ title: "Ours", project: null });
});

test("chapters follow each other, may leave gaps, and never share a number", async () => {
  const { mutate, ids } = studio;
  const add = (input: object) =>
    mutate("createChapter", { workId: ids.work, ...input }, "chapter { id number characterCount }");
  expect((await add({ text: "雨。" })).chapter).toMatchObject({ number: 1, characterCount: 2 });
  expect((await add({ number: 7 })).chapter.number).toBe(7);
  const last = (await add({})).chapter;
  expect(last.number).toBe(8);
  expect((await add({ number: 0, title: "Prologue" })).chapter.number).toBe(0);
  expect(await add({ number: 7 })).toMatchObject({ __typename: "ConflictError", code: "NUMBER_TAKEN" });
  expect(await mutate("updateChapter", { id: last.id, number: 7 })).toMatchObject({ code: "NUMBER_TAKEN" });
  expect(await add({ number: -1 })).toMatchObject({ __typename: "ValidationError", path: ["number"] });
  const changed = await mutate(
    "updateChapter",
    { id: last.id, number: 9, text: "Two\n\nparts", summary: "It ends." },
    "chapter { number text summary characterCount }",
  );
  expect(changed.chapter).toEqual({ number: 9, text: "Two\n\nparts", summary: "It ends.", characterCount: 10 });
  await mutate("deleteChapter", { id: last.id });
  expect(await numbers()).toEqual(["0 Prologue", "1 ", "7 "]);
});

test("fifty chapters added at once get fifty numbers", async () => {
  await Promise.all(
    Array.from({ length: 50 }, () => studio.mutate("createChapter", { workId: studio.ids.work, text: "x" })),
  );
  const { nodes } = await chapters();
  expect(nodes.map(({ number }: { number: number }) => number)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
});

test("chapters in another order share out the numbers that they have", async () => {
  const ids: string[] = [];
  for (const [number, title] of [
    [0, "a"],
    [3, "b"],
    [4, "c"],
    [9, "d"],
  ] as const)
    ids.push(await studio.chapter({ number, title }));
  const reorder = (chapterIds: (string | undefined)[]) =>
    studio.mutate("reorderChapters", { workId: studio.ids.work, chapterIds }, "work { id }");
  await reorder([ids[3], ids[2], ids[0]]);
  expect(await numbers()).toEqual(["0 d", "3 b", "4 c", "9 a"]);
  expect(await reorder([ids[0], ids[0]])).toMatchObject({ __typename: "ValidationError", path: ["chapterIds"] });
  const other = await makeWorkStudio(app, "Elsewhere");
  const theirs = await other.chapter({ title: "x" });
  expect(await reorder([ids[0], theirs])).toMatchObject({ code: "NOT_FOUND", path: ["chapterIds", "1"] });
});

test("chapters are read page by page, searched, and know their neighbours", async () => {
  for (let n = 1; n <= 5; n += 1)
    await studio.chapter({ number: n * 2, title: `T${n}`, text: n === 3 ? "A heron." : "" });
  const first = await chapters(undefined, "first: 2");
  expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
  const next = await chapters(undefined, `first: 2, after: "${first.pageInfo.endCursor}"`);
  expect(next.nodes.map(({ number }: { number: number }) => number)).toEqual([6, 8]);
  expect(next.nodes[0]).toMatchObject({ text: "A heron.", previous: { number: 4 }, next: { number: 8 } });
  const last = await chapters(undefined, "last: 2");
  expect(last.nodes.map(({ number }: { number: number }) => number)).toEqual([8, 10]);
  expect((await chapters("heron")).nodes).toMatchObject([{ number: 6 }]);
  expect((await chapters("10")).nodes).toMatchObject([{ number: 10 }]);
  expect(await chapters("%")).toMatchObject({ totalCount: 0 });
});

test("a book is cut into chapters, all or none", async () => {
  const { mutate, ids } = studio;
  const book = "Chapter 3: The pier\n\nIt rained.\n\nChapter 4\n\nIt stopped.";
  const imported = await mutate("importChapters", { workId: ids.work, text: book }, "imported work { id }");
  expect(imported).toMatchObject({ imported: 2, work: { id: ids.work } });
  expect(await numbers()).toEqual(["3 The pier", "4 "]);
  expect((await chapters()).nodes[0]).toMatchObject({ text: "It rained.", characterCount: 10 });
  const again = await mutate("importChapters", { workId: ids.work, text: `${book}\n\nChapter 5\n\nMore.` });
  expect(again).toMatchObject({ code: "NUMBER_TAKEN", message: expect.stringContaining("3, 4") });
  await mutate("importChapters", { workId: ids.work, text: "# Epilogue\nThe end." });
  expect(await numbers()).toEqual(["3 The pier", "4 ", "5 Epilogue"]);
  expect(await mutate("importChapters", { workId: ids.work, text: " " })).toMatchObject({ path: ["text"] });
});
