import { EventEmitter, once } from "node:events";
import { startTestApp } from "#test/test-app.ts";
import { simulatedModel } from "#platform/llm/simulator/llm-simulator.ts";
import { textOf } from "#platform/llm/simulator/protocol.ts";
import {
  isOver,
  startTranslationStudio,
  translationFields,
  type TranslationStudio,
  until,
} from "#test/translation-studio.ts";
import { makeWorkStudio, type WorkStudio } from "#test/work-studio.ts";
import { decodeId, encodeId } from "#graphql/ids.ts";
import type { LlmFault } from "#platform/llm/simulator/faults.ts";

let product: TranslationStudio;
let studio: WorkStudio;
let studios = 0;
beforeAll(async () => {
  product = await startTranslationStudio();
});
beforeEach(async () => {
  product.llm.clearFaults();
  product.llm.requests.length = 0;
  product.llm.replyWith((request) => textOf(request, "user"));
  studio = await product.makeStudio(`Sea ${(studios += 1)}`);
});
afterAll(() => product[Symbol.asyncDispose]());

const translate = (chapterId: string, by = studio) =>
  by.mutate("translateChapter", { chapterId }, `chapterTranslation { ${translationFields} }`);
const twoParts = `${"a ".repeat(75).trim()}\n\n${"b ".repeat(75).trim()}`;

/** A translation whose second part meets a fault. */
async function failing(fault: LlmFault, times?: number) {
  const chapterId = await studio.chapter({ text: twoParts });
  await studio.prompt(simulatedModel, "{chapter.text}", { part_characters: 200 });
  let isSet = false;
  product.llm.replyWith((request) => {
    if (!isSet) product.llm.setFault(fault, times);
    isSet = true;
    return textOf(request, "user");
  });
  return product.over((await translate(chapterId)).chapterTranslation.id);
}

test.each<[string, LlmFault, string, RegExp]>([
  ["half a stream", { kind: "half-stream" }, "LLM_ANSWER", /broke off/],
  ["an empty answer", { kind: "text", text: " " }, "LLM_ANSWER", /empty/],
  ["an answer that is cut off", { kind: "text", text: "b b", finishReason: "length" }, "LLM_ANSWER", /cut off/],
  ["a server without memory", { kind: "status", status: 500 }, "LLM_UNAVAILABLE", /500/],
  ["a refused request", { kind: "status", status: 400 }, "LLM_ANSWER", /refused/],
  [
    "a long wait that is asked for",
    { kind: "status", status: 429, headers: { "retry-after": "90" } },
    "LLM_BUSY",
    /90 s/,
  ],
])("%s is told by name, and the part before is kept for the retry", async (_name, fault, code, message) => {
  const failed = await failing(fault);
  expect(failed).toMatchObject({
    status: "FAILED",
    error: { code, message: expect.stringMatching(message), hint: expect.any(String) },
    progress: { total: 2, done: 1 },
    parts: [{ status: "DONE" }, { status: "FAILED" }],
  });
  expect(failed.text.startsWith(twoParts.slice(0, 149))).toBe(true);
  product.llm.clearFaults();
  product.llm.requests.length = 0;
  await studio.mutate("retryTranslation", { id: failed.id });
  expect(await product.over(failed.id)).toMatchObject({ status: "SUCCEEDED", text: twoParts, error: null });
  expect(product.llm.requests).toHaveLength(1);
});

test("a body that is no stream is an answer that can't be used", async () => {
  expect(await failing({ kind: "malformed-body" })).toMatchObject({ status: "FAILED", error: { code: "LLM_ANSWER" } });
});

test("an answer that breaks off once is asked for again, from its beginning", async () => {
  expect(await failing({ kind: "half-stream" }, 1)).toMatchObject({ status: "SUCCEEDED", text: twoParts });
  expect(product.llm.requests).toHaveLength(3);
});

test("a busy server is asked again after the time that it asks for", async () => {
  const fault: LlmFault = { kind: "status", status: 429, headers: { "retry-after": "0" } };
  expect(await failing(fault, 2)).toMatchObject({ status: "SUCCEEDED", text: twoParts });
  expect(product.llm.requests).toHaveLength(4);
});

test("a server that takes too long is told as such", async () => {
  const llm = { ...product.llm.settings, timeoutMs: 200 };
  await using impatient = await startTestApp({ roles: { worker: true }, config: { llm } });
  const own = await makeWorkStudio(impatient, "Slow");
  const chapterId = await own.chapter({ text: "雨。" });
  await own.prompt(simulatedModel, "{chapter.text}");
  product.llm.setFault({ kind: "hang" });
  const { id } = (await translate(chapterId, own)).chapterTranslation;
  expect(await until(impatient, id, isOver)).toMatchObject({
    status: "FAILED",
    error: { code: "LLM_TIMEOUT", hint: expect.stringContaining("CALLSHEET_LLM_TIMEOUT_SECS") },
  });
});

test("a model that the server does not offer is told at once, and again when it begins", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  const promptId = await studio.prompt("nowhere-9", "{chapter.text}");
  expect(await translate(chapterId)).toMatchObject({
    __typename: "UnavailableError",
    code: "LLM_UNAVAILABLE",
    message: expect.stringContaining("nowhere-9"),
    hint: expect.stringContaining("other-model"),
  });
  expect(
    await product.app.deps.db.prisma.chapterTranslation.count({ where: { chapter: { workId: studio.workId } } }),
  ).toBe(0);
  await studio.mutate("appendPromptVersion", { promptId, model: simulatedModel, template: "{chapter.text}" });
  await studio.chapter({ text: twoParts });
  // Between the asking and the beginning somebody appends a version whose model is not there.
  const { id } = await product.app.deps.db.prisma.chapterTranslation.create({
    data: {
      chapterId: decodeId("Chapter", chapterId) ?? "",
      targetLanguage: "English",
      createdById: studio.creator.userId,
    },
  });
  await studio.mutate("appendPromptVersion", { promptId, model: "nowhere-9", template: "{chapter.text}" });
  await product.app.deps.translationQueue.add({ translationId: id, attempt: 1 });
  expect(await product.over(encodeId("ChapterTranslation", id))).toMatchObject({
    status: "FAILED",
    model: "nowhere-9",
    error: { code: "LLM_UNAVAILABLE", hint: expect.stringContaining("nowhere-9") },
  });
});

test("without a language model the answer says at once what to start", async () => {
  await using without = await startTestApp({ config: { llm: undefined } });
  const own = await makeWorkStudio(without, "Alone");
  const chapterId = await own.chapter({ text: "雨。" });
  await own.prompt("m", "{chapter.text}");
  expect(await translate(chapterId, own)).toMatchObject({
    __typename: "UnavailableError",
    code: "LLM_UNAVAILABLE",
    hint: expect.stringContaining("CALLSHEET_LLM_URL"),
  });
});

test("what a stopped worker leaves is gone on with by the next: nothing is lost, and nothing written twice", async () => {
  const first = await startTestApp({ roles: { worker: true }, config: { llm: product.llm.settings } });
  try {
    const own = await makeWorkStudio(first, "Left");
    const chapterId = await own.chapter({ text: twoParts });
    await own.prompt(simulatedModel, "{chapter.text}", { part_characters: 200 });
    const signals = new EventEmitter();
    const stuck = once(signals, "stuck");
    product.llm.replyWith(async (request) => {
      if (textOf(request, "user").startsWith("a")) return textOf(request, "user");
      signals.emit("stuck");
      return new Promise<string>(() => undefined);
    });
    const { id } = (await translate(chapterId, own)).chapterTranslation;
    await stuck;
    // As the process leaves it that is killed: the second part under way.
    await using second = await startTestApp({ beside: first });
    await first.app[Symbol.asyncDispose]();
    const before = await second.execute(
      `query ($id: ID!) { chapterTranslation(id: $id) { status parts { status } } }`,
      { id },
    );
    expect(before.chapterTranslation).toEqual({
      status: "RUNNING",
      parts: [{ status: "DONE" }, { status: "RUNNING" }],
    });
    product.llm.replyWith((request) => textOf(request, "user"));
    product.llm.requests.length = 0;
    await using third = await startTestApp({ beside: first, roles: { worker: true } });
    expect(await until(third, id, isOver)).toMatchObject({
      status: "SUCCEEDED",
      text: twoParts,
      progress: { done: 2 },
    });
    expect(product.llm.requests).toHaveLength(1);
  } finally {
    await first[Symbol.asyncDispose]();
  }
});

test("a worker whose translation another one has taken writes nothing any more", async () => {
  const chapterId = await studio.chapter({ text: "雨。" });
  await studio.prompt(simulatedModel, "{chapter.text}");
  const signals = new EventEmitter();
  const asked = once(signals, "asked");
  const released = once(signals, "released");
  product.llm.replyWith(async () => {
    product.llm.replyWith(() => "The new one.");
    signals.emit("asked");
    await released;
    return "The late one.";
  });
  const { id } = (await translate(chapterId)).chapterTranslation;
  await asked;
  // As a second worker finds it that takes the first one for dead.
  const { db, translationQueue } = product.app.deps;
  const translationId = decodeId("ChapterTranslation", id) ?? "";
  await db.prisma.chapterTranslation.update({ where: { id: translationId }, data: { attempt: 2 } });
  await translationQueue.add({ translationId, attempt: 2 });
  expect(await product.over(id)).toMatchObject({ status: "SUCCEEDED", text: "The new one." });
  signals.emit("released");
  await product.app.deps.bus.flush();
  expect(await product.read(id)).toMatchObject({ status: "SUCCEEDED", text: "The new one." });
});
