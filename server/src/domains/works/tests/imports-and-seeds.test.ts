import { seedDefaultPrompts } from "#domains/works/seed-prompts.service.ts";
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

const legacyPrompt = { name: "v0", model: "gpt-old", template: "Translate: {0}", parameters: { temperature: 1 } };
const bring = (input: object) =>
  studio.mutate("importTranslations", { workId: studio.ids.work, ...input }, "imported skipped work { id }");
const translations = async (chapterId: string) =>
  (
    await app.execute(
      `query ($id: ID!) { chapter(id: $id) { translations { nodes { status isImported text promptVersion { number } model template parameters legacyPromptName targetLanguage createdAt renderedPrompt progress { total done } } } } }`,
      { id: chapterId },
      { viewer: studio.creator },
    )
  ).chapter.translations.nodes;

test("older translations come with what they were made with, and without a version", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  const createdAt = "2024-03-01T08:00:00.000Z";
  const input = { legacyPrompt, translations: [{ chapterNumber: 1, text: " Rain. ", createdAt }] };
  expect(await bring(input)).toMatchObject({ imported: 1, skipped: 0 });
  expect(await translations(chapterId)).toEqual([
    {
      status: "SUCCEEDED",
      isImported: true,
      text: "Rain.",
      promptVersion: null,
      model: "gpt-old",
      template: "Translate: {0}",
      parameters: { temperature: 1 },
      legacyPromptName: "v0",
      targetLanguage: "English",
      createdAt,
      renderedPrompt: null,
      progress: { total: 1, done: 1 },
    },
  ]);
});

test("what was imported before is skipped, and older ones stand behind newer ones", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  const first = { chapterNumber: 1, text: "Rain.", createdAt: "2024-03-01T08:00:00.000Z" };
  const earlier = { chapterNumber: 1, text: "It rains.", createdAt: "2023-03-01T08:00:00.000Z" };
  await bring({ translations: [first] });
  expect(await bring({ translations: [first, earlier, earlier] })).toMatchObject({ imported: 1, skipped: 2 });
  expect((await translations(chapterId)).map(({ text }: { text: string }) => text)).toEqual(["Rain.", "It rains."]);
  expect(await bring({ targetLanguage: "German", translations: [first] })).toMatchObject({ imported: 1 });
});

test("all or none is imported, and the first wrong one is named", async () => {
  await studio.chapter({ text: "雨。" });
  const good = { chapterNumber: 1, text: "Rain." };
  expect(await bring({ translations: [good, { chapterNumber: 2, text: "Snow." }] })).toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("Chapter 2"),
    path: ["translations", "1", "chapterNumber"],
  });
  expect(await bring({ translations: [good, { chapterNumber: 1, text: " " }] })).toMatchObject({
    path: ["translations", "1", "text"],
  });
  expect(await bring({ translations: [{ ...good, createdAt: "2999-01-01T00:00:00.000Z" }] })).toMatchObject({
    path: ["translations", "0", "createdAt"],
  });
  expect(await bring({ legacyPrompt: { parameters: {} }, translations: [good] })).toMatchObject({
    path: ["legacyPrompt"],
  });
  expect(await app.deps.db.prisma.chapterTranslation.count({ where: { chapter: { workId: studio.workId } } })).toBe(0);
});

test("a back-fill says what imported translations were made with that do not tell, and leaves the others", async () => {
  const [one, two] = [await studio.chapter({ text: "雨。" }), await studio.chapter({ text: "雪。" })];
  await bring({ translations: [{ chapterNumber: 1, text: "Rain." }] });
  await bring({ legacyPrompt: { name: "known" }, translations: [{ chapterNumber: 2, text: "Snow." }] });
  const fill = () =>
    studio.mutate("backfillTranslations", { workId: studio.ids.work, legacyPrompt }, "filled work { id }");
  expect(await fill()).toMatchObject({ filled: 1 });
  expect(await fill()).toMatchObject({ filled: 0 });
  expect(await translations(one)).toMatchObject([{ model: "gpt-old", legacyPromptName: "v0" }]);
  expect(await translations(two)).toMatchObject([{ model: null, legacyPromptName: "known" }]);
});

test("an imported translation can't be retried, for nothing is known of how it was made", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  await bring({ translations: [{ chapterNumber: 1, text: "Rain." }] });
  const { chapter } = await app.execute(`query ($id: ID!) { chapter(id: $id) { latestTranslation { id } } }`, {
    id: chapterId,
  });
  expect(await studio.mutate("retryTranslation", { id: chapter.latestTranslation.id })).toMatchObject({
    code: "NOTHING_TO_RETRY",
  });
});

test("works without a prompt are given the usual one; running it again changes nothing", async () => {
  await studio.prompt("m", "{chapter.text}");
  const { work } = await studio.mutate(
    "createWork",
    { title: "Bare", language: "French", projectId: studio.ids.project },
    "work { id }",
  );
  const seed = (workId?: string) =>
    studio.mutate(
      "seedDefaultPrompts",
      { workId },
      "seeded unchanged work { prompt { name latestVersion { number model author { name } } versions { totalCount } } }",
    );
  expect(await seed(work.id)).toMatchObject({
    seeded: 1,
    unchanged: 0,
    work: {
      prompt: {
        name: "Translation",
        latestVersion: { number: 1, model: "qwen/qwen3-8b", author: { name: studio.creator.name } },
        versions: { totalCount: 1 },
      },
    },
  });
  expect(await seed(work.id)).toMatchObject({
    seeded: 0,
    unchanged: 1,
    work: { prompt: { versions: { totalCount: 1 } } },
  });
  expect(await seed()).toMatchObject({ seeded: 0, unchanged: 2, work: null });
  expect(await studio.mutate("seedDefaultPrompts", { workId: work.id }, "", studio.stranger)).toMatchObject({
    code: "NOT_FOUND",
  });
});

test("several who seed at once make one prompt for each work", async () => {
  for (let n = 0; n < 5; n += 1)
    await studio.mutate("createWork", { title: `${n}`, language: "ja", projectId: studio.ids.project });
  const results = await Promise.all(Array.from({ length: 8 }, () => seedDefaultPrompts(app.deps, studio.creator)));
  expect(results.reduce((sum, { seeded }) => sum + seeded, 0)).toBe(6);
  const { prisma } = app.deps.db;
  expect(await prisma.promptVersion.count({ where: { prompt: { work: { projectId: studio.projectId } } } })).toBe(6);
});
