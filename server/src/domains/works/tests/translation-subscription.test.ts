import { EventEmitter, once } from "node:events";
import type { EventBus } from "#platform/events/event-bus.ts";
import { simulatedModel } from "#platform/llm/simulator/llm-simulator.ts";
import { textOf } from "#platform/llm/simulator/protocol.ts";
import { type Api, type Socket, startApi } from "#test/api/api-server.ts";
import { startTranslationStudio, type TranslationStudio } from "#test/translation-studio.ts";
import type { WorkStudio } from "#test/work-studio.ts";

/** Tells of what the API begins to listen to. */
const listening = new EventEmitter();
let product: TranslationStudio;
let api: Api;
let studio: WorkStudio;
let studios = 0;
beforeAll(async () => {
  product = await startTranslationStudio();
  const { app } = product;
  const { bus } = app.deps;
  const subscribe: EventBus["subscribe"] = (topic, listener) => {
    const stop = bus.subscribe(topic, listener);
    listening.emit(topic);
    return stop;
  };
  api = await startApi({ ...app, deps: { ...app.deps, bus: { ...bus, subscribe } } });
});
beforeEach(async () => {
  product.llm.clearFaults();
  product.llm.replyWith((request) => textOf(request, "user"));
  studio = await product.makeStudio(`Sea ${(studios += 1)}`);
  api.viewers.set("member", studio.creator);
  api.viewers.set("stranger", studio.stranger);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await product[Symbol.asyncDispose]();
});

const watch = `subscription ($id: ID!) { chapterTranslationUpdated(id: $id) { offset text translation { id status progress { done total } } } }`;
const told = async (client: Socket) => (await client.next()).payload.data.chapterTranslationUpdated;

/** Puts events together as a client does, until the translation is over. */
async function follow(client: Socket): Promise<{ texts: string[]; offsets: number[]; statuses: string[] }> {
  const seen = { texts: [""], offsets: [] as number[], statuses: [] as string[] };
  for (;;) {
    const { offset, text, translation } = await told(client);
    seen.texts.push((seen.texts.at(-1) ?? "").slice(0, offset) + text);
    seen.offsets.push(offset);
    seen.statuses.push(translation.status);
    if (!["PENDING", "RUNNING"].includes(translation.status)) return seen;
  }
}

async function begin(text: string, parameters: object = {}): Promise<string> {
  const chapterId = await studio.chapter({ text });
  await studio.prompt(simulatedModel, "{chapter.text}", parameters);
  return (await studio.mutate("translateChapter", { chapterId }, "chapterTranslation { id }")).chapterTranslation.id;
}

test("a translation is told as it is, then piece by piece as it is written, and at last as it ended", async () => {
  const text = Array.from({ length: 4 }, (_, n) => Array.from({ length: 30 }, () => `word${n}`).join(" ")).join("\n\n");
  const id = await begin(text, { part_characters: 200 });
  const client = await api.socket({ "x-viewer": "member" });
  client.subscribe("translation", watch, { id });
  const { texts, statuses } = await follow(client);
  expect(texts.at(-1)).toBe(text);
  expect(statuses.at(-1)).toBe("SUCCEEDED");
  // It only grows, as long as nothing is asked for again.
  for (const [index, each] of texts.slice(1).entries()) expect(each.startsWith(texts[index] ?? "")).toBe(true);
  await client.close();
});

test("the text comes before the model has ended, and a cancel is told with what there is", async () => {
  product.llm.setFault({ kind: "stalled-stream" });
  const id = await begin("one two three four");
  const client = await api.socket({ "x-viewer": "member" });
  client.subscribe("translation", watch, { id });
  for (let text = ""; text !== "one two";) {
    const event = await told(client);
    expect(event.translation.status).not.toBe("SUCCEEDED");
    text = text.slice(0, event.offset) + event.text;
  }
  await studio.mutate("cancelTranslation", { id });
  expect((await follow(client)).statuses.at(-1)).toBe("CANCELED");
  expect(await product.read(id)).toMatchObject({ text: "one two" });
  await client.close();
});

test("whoever comes later is told all of it at once", async () => {
  const id = await begin("雨。");
  await product.over(id);
  const client = await api.socket({ "x-viewer": "member" });
  client.subscribe("translation", watch, { id });
  expect(await told(client)).toMatchObject({ offset: 0, text: "雨。", translation: { id, status: "SUCCEEDED" } });
  await client.close();
});

test("the chapters of a work are watched together", async () => {
  const client = await api.socket({ "x-viewer": "member" });
  const chapterId = await studio.chapter({ text: "雨。" });
  await studio.prompt(simulatedModel, "{chapter.text}");
  client.subscribe(
    "work",
    `subscription ($id: ID!) { workTranslationUpdated(workId: $id) { id status chapter { number } } }`,
    { id: studio.ids.work },
  );
  await once(listening, "translation.changed");
  await studio.mutate("translateChapter", { chapterId });
  for (;;) {
    const { status, chapter } = (await client.next()).payload.data.workTranslationUpdated;
    expect(chapter).toEqual({ number: 1 });
    if (status === "SUCCEEDED") break;
  }
  await client.close();
});

test("a foreign translation or work can't be watched", async () => {
  const id = await begin("雨。");
  await product.over(id);
  const client = await api.socket({ "x-viewer": "stranger" });
  client.subscribe("translation", watch, { id });
  expect(await client.next()).toMatchObject({ payload: { errors: [{ extensions: { code: "NOT_FOUND" } }] } });
  client.unread();
  client.subscribe("work", `subscription ($id: ID!) { workTranslationUpdated(workId: $id) { id } }`, {
    id: studio.ids.work,
  });
  const answer = await client.next();
  expect(answer.type === "complete" ? await client.next() : answer).toMatchObject({
    payload: { errors: [{ extensions: { code: "NOT_FOUND" } }] },
  });
  await client.close();
});
