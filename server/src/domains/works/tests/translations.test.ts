import { once, EventEmitter } from "node:events";
import { simulatedModel } from "#platform/llm/simulator/llm-simulator.ts";
import { textOf } from "#platform/llm/simulator/protocol.ts";
import { isOver, startTranslationStudio, translationFields, type TranslationStudio } from "#test/translation-studio.ts";
import type { WorkStudio } from "#test/work-studio.ts";

let product: TranslationStudio;
let studio: WorkStudio;
let studios = 0;
beforeAll(async () => {
  product = await startTranslationStudio();
});
beforeEach(async () => {
  const { llm } = product;
  llm.clearFaults();
  llm.requests.length = 0;
  llm.replyWith((request) => `EN(${textOf(request, "user")})`);
  studio = await product.makeStudio(`Sea ${(studios += 1)}`);
});
afterAll(() => product[Symbol.asyncDispose]());

const translate = (chapterId: string, more: object = {}) =>
  studio.mutate("translateChapter", { chapterId, ...more }, `chapterTranslation { ${translationFields} }`);
const started = async (chapterId: string, more: object = {}) =>
  (await translate(chapterId, more)).chapterTranslation.id as string;
const retry = (id: string) => studio.mutate("retryTranslation", { id }, `chapterTranslation { ${translationFields} }`);

test("a chapter is translated with the newest version, and remembers all that it was made with", async () => {
  await studio.chapter({ title: "One", text: "雨。", summary: "It rains." });
  const chapterId = await studio.chapter({ title: "Two", text: "止んだ。" });
  const template =
    "{work.title} {work.language} {target_language} {chapter.number} {chapter.title} {previous_summary} {glossary} {tone}: {chapter.text}";
  await studio.prompt(simulatedModel, template, { tone: "dry", temperature: 0.4, max_tokens: 500, top_k: 40 });
  const done = await product.over(await started(chapterId, { targetLanguage: "German" }));
  const prompt = `Sea ${studios} Japanese German 2 Two It rains. (none) dry: 止んだ。`;
  expect(done).toMatchObject({
    status: "SUCCEEDED",
    targetLanguage: "German",
    text: `EN(${prompt})`,
    renderedPrompt: prompt,
    model: simulatedModel,
    template,
    parameters: { tone: "dry", temperature: 0.4, max_tokens: 500, top_k: 40 },
    promptVersion: { number: 1 },
    progress: { total: 1, done: 1 },
    inputTokens: expect.any(Number),
    outputTokens: expect.any(Number),
    startedAt: expect.any(String),
    finishedAt: expect.any(String),
    error: null,
  });
  expect(product.llm.requests).toMatchObject([
    { model: simulatedModel, stream: true, temperature: 0.4, max_tokens: 500, top_k: 40 },
  ]);
  expect(textOf(product.llm.requests[0] as never, "system")).toBe("");
});

test("a long chapter is cut between paragraphs, translated part by part, and joined as it was", async () => {
  const paragraphs = Array.from({ length: 6 }, (_, n) => `${n}`.repeat(90));
  const chapterId = await studio.chapter({ text: paragraphs.join("\n\n") });
  await studio.prompt(simulatedModel, "{chapter.text}", { part_characters: 200 });
  product.llm.replyWith((request) => textOf(request, "user").toUpperCase());
  const done = await product.over(await started(chapterId));
  expect(done).toMatchObject({ status: "SUCCEEDED", progress: { total: 3, done: 3 }, text: paragraphs.join("\n\n") });
  expect(done.parts.map(({ sourceText }: { sourceText: string }) => sourceText.length)).toEqual([182, 182, 182]);
});

test("what has begun keeps its version; what begins after an append has the new one", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  const promptId = await studio.prompt(simulatedModel, "First: {chapter.text}");
  const signals = new EventEmitter();
  const asked = once(signals, "asked");
  const released = once(signals, "released");
  product.llm.replyWith(async (request) => {
    signals.emit("asked");
    await released;
    return `EN(${textOf(request, "user")})`;
  });
  const early = await started(chapterId);
  await asked;
  await studio.mutate("appendPromptVersion", { promptId, model: "other-model", template: "Second: {chapter.text}" });
  await studio.mutate("updateWork", { id: studio.ids.work, glossary: "雨: rain" });
  const late = await started(chapterId);
  signals.emit("released");
  expect(await product.over(early)).toMatchObject({
    promptVersion: { number: 1 },
    model: simulatedModel,
    template: "First: {chapter.text}",
    text: "EN(First: 雨。)",
  });
  expect(await product.over(late)).toMatchObject({
    promptVersion: { number: 2 },
    model: "other-model",
    text: "EN(Second: 雨。)",
  });
  await studio.mutate("appendPromptVersion", { promptId, model: simulatedModel, template: "Third: {chapter.text}" });
  expect(await product.read(early)).toMatchObject({ promptVersion: { number: 1 }, text: "EN(First: 雨。)" });
});

test("without a prompt the answer offers to seed one; an empty chapter and a foreign one are refused", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  expect(await translate(chapterId)).toMatchObject({
    __typename: "ConflictError",
    code: "PROMPT_MISSING",
    message: expect.stringContaining("give it the usual one"),
  });
  await studio.prompt(simulatedModel, "{chapter.text}");
  expect(await translate(await studio.chapter({ title: "Empty" }))).toMatchObject({ code: "CHAPTER_EMPTY" });
  expect(await studio.mutate("translateChapter", { chapterId }, "", studio.stranger)).toMatchObject({
    code: "NOT_FOUND",
  });
});

test("a repeat with the same key answers the first translation", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  const other = await studio.chapter({ text: "雪。" });
  await studio.prompt(simulatedModel, "{chapter.text}");
  const idempotencyKey = `key ${studios}`;
  const ids = await Promise.all(Array.from({ length: 5 }, () => started(chapterId, { idempotencyKey })));
  expect(new Set(ids).size).toBe(1);
  expect(await translate(other, { idempotencyKey })).toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  await product.over(ids[0] ?? "");
  expect(product.llm.requests).toHaveLength(1);
});

test("a cancel keeps what is written; a retry goes on from there with the same version", async () => {
  const text = `${"a".repeat(150)}\n\n${"b".repeat(150)}`;
  const chapterId = await studio.chapter({ text });
  const promptId = await studio.prompt(simulatedModel, "{chapter.text}", { part_characters: 200 });
  product.llm.replyWith((request) => {
    product.llm.setFault({ kind: "hang" });
    return textOf(request, "user");
  });
  const id = await started(chapterId);
  await product.until(id, ({ parts }) => parts[1]?.status === "RUNNING");
  const canceled = await studio.mutate("cancelTranslation", { id }, `chapterTranslation { ${translationFields} }`);
  expect(canceled.chapterTranslation).toMatchObject({
    status: "CANCELED",
    text: "a".repeat(150),
    parts: [{ status: "DONE" }, { status: "PENDING" }],
  });
  expect(
    (await studio.mutate("cancelTranslation", { id }, "chapterTranslation { status }")).chapterTranslation.status,
  ).toBe("CANCELED");
  product.llm.clearFaults();
  product.llm.replyWith((request) => textOf(request, "user"));
  await studio.mutate("appendPromptVersion", { promptId, model: simulatedModel, template: "New: {chapter.text}" });
  product.llm.requests.length = 0;
  await retry(id);
  expect(await product.over(id)).toMatchObject({ status: "SUCCEEDED", text, promptVersion: { number: 1 } });
  expect(product.llm.requests).toHaveLength(1);
  expect(await retry(id)).toMatchObject({ code: "NOTHING_TO_RETRY" });
});

test("a retry of what has no part yet begins anew with the newest version", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  const promptId = await studio.prompt(simulatedModel, "Old: {chapter.text}");
  product.llm.setFault({ kind: "text", text: "" }, 2);
  const id = await started(chapterId);
  expect(await product.over(id)).toMatchObject({ status: "FAILED", error: { code: "LLM_ANSWER" } });
  await studio.mutate("appendPromptVersion", { promptId, model: simulatedModel, template: "New: {chapter.text}" });
  await retry(id);
  expect(await product.over(id)).toMatchObject({
    status: "SUCCEEDED",
    promptVersion: { number: 2 },
    text: "EN(New: 雨。)",
    error: null,
  });
});

test("cards of chapters know the newest translation and the newest whole one, by language", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  await studio.prompt(simulatedModel, "{chapter.text}");
  await product.over(await started(chapterId));
  await product.over(await started(chapterId, { targetLanguage: "German" }));
  product.llm.setFault({ kind: "text", text: "" }, 2);
  const failed = await started(chapterId);
  await product.until(failed, isOver);
  const { chapter } = await product.app.execute(
    `query ($id: ID!) { chapter(id: $id) { latestTranslation { id status } finishedTranslation { targetLanguage }
       english: finishedTranslation(targetLanguage: "english") { status targetLanguage }
       none: latestTranslation(targetLanguage: "French") { id }
       translations(first: 1) { totalCount nodes { id } } german: translations(targetLanguage: "GERMAN") { totalCount } } }`,
    { id: chapterId },
  );
  expect(chapter).toEqual({
    latestTranslation: { id: failed, status: "FAILED" },
    finishedTranslation: { targetLanguage: "German" },
    english: { status: "SUCCEEDED", targetLanguage: "English" },
    none: null,
    translations: { totalCount: 3, nodes: [{ id: failed }] },
    german: { totalCount: 1 },
  });
});

test("a chapter that is deleted while it is translated leaves nothing behind", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  await studio.prompt(simulatedModel, "{chapter.text}");
  const signals = new EventEmitter();
  const asked = once(signals, "asked");
  const released = once(signals, "released");
  product.llm.replyWith(async () => {
    signals.emit("asked");
    await released;
    return "Rain.";
  });
  const id = await started(chapterId);
  await asked;
  expect(await studio.mutate("deleteChapter", { id: chapterId }, "deletedId")).toMatchObject({ deletedId: chapterId });
  signals.emit("released");
  expect(await product.read(id)).toBeNull();
});
