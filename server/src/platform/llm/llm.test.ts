import { createHash } from "node:crypto";
import { EventEmitter, once } from "node:events";
import fc from "fast-check";
import sharp from "sharp";
import { Registry } from "prom-client";
import { z } from "zod";
import type { AnswerCache } from "#platform/llm/answer-cache.ts";
import { openLlm } from "#platform/llm/gateway.ts";
import { measured } from "#platform/llm/llm-metrics.ts";
import type { Llm, LlmImage, LlmRequest, LlmSettings } from "#platform/llm/llm.ts";
import { exampleOf } from "#platform/llm/simulator/example-of.ts";
import { type LlmSimulator, simulatedModel, startLlmSimulator } from "#platform/llm/simulator/llm-simulator.ts";
import { imagesOf } from "#platform/llm/simulator/protocol.ts";
import type { JsonValue } from "#lib/json.ts";

const clips = z.object({ clips: z.array(z.string().min(1)).length(2) });
const request: LlmRequest = { purpose: "motion", system: "You write prompts.", prompt: "A heron takes off." };

let simulator: LlmSimulator;
let llm: Llm;
beforeEach(async () => {
  simulator = await startLlmSimulator();
  llm = open();
});
afterEach(async () => simulator[Symbol.asyncDispose]());

function open(settings: Partial<LlmSettings> = {}): Llm {
  return openLlm({ ...simulator.settings, timeoutMs: 5_000, concurrency: 2, ...settings }, memory());
}

function memory(): AnswerCache {
  const rows = new Map<string, JsonValue>();
  return {
    find: (key) => Promise.resolve(rows.get(key)),
    keep: (key, _model, value) => Promise.resolve(void rows.set(key, value)),
  };
}

async function picture(): Promise<LlmImage> {
  const bytes = await sharp({ create: { width: 8, height: 4, channels: 3, background: "#c00" } })
    .png()
    .toBuffer();
  return { bytes, mime: "image/png", sha256: createHash("sha256").update(bytes).digest("hex") };
}

describe("a language model", () => {
  test("writes a text, and says what it took", async () => {
    const answer = await llm.writeText(request);
    expect(answer.value).toBe("[simulated] A heron takes off.");
    expect(answer).toMatchObject({ model: simulatedModel, isRemembered: false });
    expect(answer.tokens.input).toBeGreaterThan(0);
    expect(simulator.requests[0]?.messages[0]).toMatchObject({ role: "system", content: "You write prompts." });
  });

  test("is counted by what it is asked for and what became of it", async () => {
    const registry = new Registry();
    const counted = measured(llm, registry);
    await counted.writeText(request);
    await counted.writeText(request);
    await counted.streamText(request, () => undefined);
    await expect(counted.writeText({ ...request, model: "none" })).rejects.toThrow("does not offer");
    const figures = (await registry.metrics()).split("\n");
    for (const [outcome, count] of Object.entries({ answered: 2, remembered: 1, LLM_UNAVAILABLE: 1 }))
      expect(figures).toContain(`callsheet_llm_requests_total{purpose="motion",outcome="${outcome}"} ${count}`);
    expect(figures).toContain('callsheet_llm_request_seconds_count{purpose="motion"} 2');
  });

  test("sees the pictures that go along", async () => {
    const answer = await llm.writeText({ ...request, purpose: "caption", images: [await picture()] });
    expect(answer.value).toContain("landscape picture in dim light, mostly red");
    expect(imagesOf(simulator.requests[0] as never)[0]).toMatch(/^data:image\/png;base64,/);
  });

  test("writes an object of the shape that was asked for", async () => {
    const { value } = await llm.writeObject(request, clips, "motion_clips");
    expect(value.clips).toHaveLength(2);
    expect(simulator.requests[0]?.response_format).toMatchObject({ type: "json_schema" });
  });

  test("hands over its text as it comes", async () => {
    const pieces: string[] = [];
    const { value } = await llm.streamText(request, (text) => pieces.push(text));
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join("").trim()).toBe(value);
  });

  test("is called as its caller says, without a system prompt where there is none", async () => {
    const { system: _system, ...alone } = request;
    await llm.streamText({ ...alone, temperature: 0.4, topP: 0.9, seed: 7, extra: { top_k: 40 } }, () => undefined);
    expect(simulator.requests[0]).toMatchObject({ temperature: 0.4, top_p: 0.9, seed: 7, top_k: 40 });
    expect(simulator.requests[0]?.messages.map(({ role }) => role)).toEqual(["user"]);
  });

  test("keeps its thoughts and its Markdown to itself", async () => {
    simulator.replyWith(() => '<think>Two clips, then.</think>```json\n{"clips": ["a", "b"]}\n```');
    expect((await llm.writeObject(request, clips, "clips")).value).toEqual({ clips: ["a", "b"] });
  });
});

describe("answers are remembered", () => {
  test("the same question is asked once, unless a fresh answer is wanted", async () => {
    const image = await picture();
    const first = await llm.writeText({ ...request, images: [image] });
    expect(await llm.writeText({ ...request, images: [image] })).toMatchObject({
      value: first.value,
      isRemembered: true,
    });
    expect(simulator.requests).toHaveLength(1);
    await llm.writeText({ ...request, images: [image], isFresh: true });
    expect(simulator.requests).toHaveLength(2);
  });

  test.each<[string, Partial<LlmRequest>]>([
    ["other words", { prompt: "A heron lands." }],
    ["another picture", { images: [{ bytes: new Uint8Array([1]), mime: "image/png", sha256: "ff" }] }],
    ["another temperature", { temperature: 1 }],
  ])("%s are another question", async (_name, change) => {
    simulator.replyWith(() => "Something.");
    await llm.writeText(request);
    expect((await llm.writeText({ ...request, ...change })).isRemembered).toBe(false);
  });

  test("a remembered answer of another shape is not used", async () => {
    await llm.writeText(request);
    expect((await llm.writeObject(request, clips, "clips")).isRemembered).toBe(false);
  });

  test("the remembered answer is there while the server is not", async () => {
    await llm.writeText(request);
    await simulator[Symbol.asyncDispose]();
    expect(await llm.writeText(request)).toMatchObject({ isRemembered: true });
  });
});

describe("what goes wrong is told by name", () => {
  test("nothing is configured", async () => {
    const none = openLlm(undefined, memory());
    expect(await none.status()).toMatchObject({ isConfigured: false, isReachable: false });
    await expect(none.writeText(request)).rejects.toMatchObject({
      code: "LLM_UNAVAILABLE",
      hint: expect.stringContaining("CALLSHEET_LLM_URL"),
    });
  });

  test("nobody answers at the address", async () => {
    await simulator[Symbol.asyncDispose]();
    await expect(llm.writeText(request)).rejects.toMatchObject({
      code: "LLM_UNAVAILABLE",
      hint: expect.stringContaining("start the server"),
    });
  });

  test("the model is not there: the hint names it, and nothing is asked", async () => {
    const other = open({ models: { caption: "a", motion: "llama-9", relevance: "b", translation: "c" } });
    await expect(other.writeText(request)).rejects.toMatchObject({
      code: "LLM_UNAVAILABLE",
      hint: expect.stringContaining("llama-9"),
    });
    expect(simulator.requests).toHaveLength(0);
    expect((await other.status()).missing.map(({ model }) => model)).toEqual(["a", "llama-9", "b", "c"]);
  });

  test("an answer that is no JSON is asked for once more, then told", async () => {
    simulator.setFault({ kind: "text", text: "Sure! Here are your clips." }, 1);
    expect((await llm.writeObject(request, clips, "clips")).value.clips).toHaveLength(2);
    simulator.setFault({ kind: "text", text: "Sure! Here are your clips." });
    const failed = llm.writeObject({ ...request, prompt: "Again." }, clips, "clips");
    await expect(failed).rejects.toMatchObject({ code: "LLM_ANSWER", message: expect.stringContaining("shape") });
    expect(simulator.requests).toHaveLength(4);
  });

  test("a body that is no JSON, and an empty text", async () => {
    simulator.setFault({ kind: "malformed-body" }, 2);
    await expect(llm.writeText(request)).rejects.toMatchObject({ code: "LLM_ANSWER" });
    simulator.setFault({ kind: "text", text: "  " }, 2);
    await expect(llm.writeText(request)).rejects.toMatchObject({ message: expect.stringContaining("empty") });
  });

  test("an answer that was cut off", async () => {
    simulator.setFault({ kind: "text", text: "A heron ta", finishReason: "length" });
    await expect(llm.writeText(request)).rejects.toMatchObject({ message: expect.stringContaining("cut off") });
  });

  test("half a stream", async () => {
    simulator.setFault({ kind: "half-stream" });
    const pieces: string[] = [];
    await expect(llm.streamText(request, (text) => pieces.push(text))).rejects.toMatchObject({
      code: "LLM_ANSWER",
      message: expect.stringContaining("broke off"),
    });
    expect(pieces.length).toBeGreaterThan(0);
  });

  test("too many requests: how long to wait is told, and nobody insists", async () => {
    simulator.setFault({ kind: "status", status: 429, headers: { "retry-after": "30" } });
    await expect(llm.writeText(request)).rejects.toMatchObject({ code: "LLM_BUSY", retryAfterSecs: 30 });
    await expect(llm.streamText(request, () => undefined)).rejects.toMatchObject({ code: "LLM_BUSY" });
    expect(simulator.requests).toHaveLength(2);
  });

  test.each([
    [401, "LLM_UNAVAILABLE", /key/],
    [500, "LLM_UNAVAILABLE", /500/],
    [400, "LLM_ANSWER", /refused/],
  ])("status %s", async (status, code, message) => {
    simulator.setFault({ kind: "status", status });
    await expect(llm.writeText(request)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test("a server that takes too long", async () => {
    simulator.setFault({ kind: "hang" });
    const impatient = open({ timeoutMs: 50 });
    await expect(impatient.writeText(request)).rejects.toMatchObject({ code: "LLM_TIMEOUT" });
    await expect(impatient.streamText(request, () => undefined)).rejects.toMatchObject({ code: "LLM_TIMEOUT" });
  });

  test("a call that its caller stops ends with the caller's reason", async () => {
    simulator.setFault({ kind: "hang" });
    const stop = new AbortController();
    const asked = llm.writeText({ ...request, signal: stop.signal });
    const reason = new Error("canceled");
    stop.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });
});

test("no more calls at once than are allowed", async () => {
  let running = 0;
  let most = 0;
  const signals = new EventEmitter();
  const full = once(signals, "full");
  const released = once(signals, "released");
  simulator.replyWith(async () => {
    running += 1;
    most = Math.max(most, running);
    if (running === 2) signals.emit("full");
    await released;
    running -= 1;
    return "Done.";
  });
  const asked = Array.from({ length: 6 }, (_, index) => llm.writeText({ ...request, prompt: `Shot ${index}` }));
  await full;
  signals.emit("released");
  await Promise.all(asked);
  expect(most).toBe(2);
});

test("what the simulator gives for a shape is always of that shape", () => {
  const schema = z.object({
    assets: z.array(z.object({ id: z.string(), tags: z.array(z.string()).min(1), kind: z.enum(["A", "B"]) })).min(2),
    note: z.string().nullable(),
    score: z.number().min(3),
  });
  const shape = z.toJSONSchema(schema) as Record<string, unknown>;
  fc.assert(fc.property(fc.string(), (asked) => schema.safeParse(exampleOf(shape, asked)).success));
});
