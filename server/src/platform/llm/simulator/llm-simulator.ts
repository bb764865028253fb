import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { fastify, type FastifyInstance, type FastifyReply } from "fastify";
import type { LlmSettings } from "#platform/llm/llm.ts";
import type { LlmFault } from "#platform/llm/simulator/faults.ts";
import { type ChatRequest, chatRequest, textOf, tokensOf } from "#platform/llm/simulator/protocol.ts";
import { replyTo } from "#platform/llm/simulator/replies.ts";

export interface LlmSimulatorOptions {
  /** 0, the default: any that is free. */
  port?: number;
  /** Names that it offers. */
  models?: string[];
  /** Before each piece of an answer, in ms. */
  latencyMs?: number;
}

/** The one model that it offers unless said. */
export const simulatedModel = "simulated-model";

/** Starts an OpenAI-compatible server without any model: for demos and tests. It says so in every text. */
export async function startLlmSimulator(options: LlmSimulatorOptions = {}): Promise<LlmSimulator> {
  const simulator = new LlmSimulator(options);
  await simulator.listen(options.port ?? 0);
  return simulator;
}

/** A running simulator; `await using` stops it. */
export class LlmSimulator implements AsyncDisposable {
  readonly #server: FastifyInstance;
  readonly #models: string[];
  readonly #latencyMs: number;
  #reply: (request: ChatRequest) => string | Promise<string> = replyTo;
  #faults: { fault: LlmFault; left: number }[] = [];
  /** Chat requests so far, oldest first. */
  readonly requests: ChatRequest[] = [];

  constructor({ models = [simulatedModel], latencyMs = 0 }: LlmSimulatorOptions) {
    this.#models = models;
    this.#latencyMs = latencyMs;
    // A picture or two as base64.
    this.#server = fastify({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true });
    this.#server.get("/v1/models", () => ({
      object: "list",
      data: this.#models.map((id) => ({ id, object: "model", created: 0, owned_by: "callsheet-simulator" })),
    }));
    this.#server.post("/v1/chat/completions", (request, reply) => this.#chat(request.body, reply));
  }

  async listen(port: number): Promise<void> {
    await this.#server.listen({ host: "127.0.0.1", port });
  }

  /** Up to and including the version. */
  get baseUrl(): string {
    const { port } = this.#server.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/v1`;
  }

  /** What a studio is configured with to use it, for every purpose. */
  get settings(): LlmSettings {
    const model = this.#models[0] ?? simulatedModel;
    const models = { caption: model, motion: model, relevance: model, translation: model };
    return { baseUrl: this.baseUrl, apiKey: undefined, timeoutMs: 60_000, concurrency: 4, isSimulated: true, models };
  }

  /** Says something else from now on. */
  replyWith(reply: (request: ChatRequest) => string | Promise<string>): void {
    this.#reply = reply;
  }

  /** Goes wrong with the next chat requests; a later fault waits for the end of an earlier one. */
  setFault(fault: LlmFault, times = Number.POSITIVE_INFINITY): void {
    this.#faults.push({ fault, left: times });
  }

  clearFaults(): void {
    this.#faults = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }

  async #chat(body: unknown, reply: FastifyReply): Promise<unknown> {
    const request = chatRequest.parse(body);
    this.requests.push(request);
    if (!this.#models.includes(request.model)) {
      return reply
        .code(404)
        .send({ error: { message: `The model ${request.model} does not exist`, type: "not_found" } });
    }
    const fault = this.#nextFault();
    if (fault?.kind === "hang") return new Promise(() => undefined);
    if (fault?.kind === "malformed-body") return reply.type("application/json").send('{"choices": [');
    if (fault?.kind === "status") {
      const error = { message: `simulated failure ${fault.status}`, type: "simulated" };
      return reply
        .code(fault.status)
        .headers(fault.headers ?? {})
        .send({ error });
    }
    await wait(this.#latencyMs);
    const text = fault?.kind === "text" ? fault.text : await this.#reply(request);
    const finishReason = (fault?.kind === "text" && fault.finishReason) || "stop";
    if (request.stream) return this.#stream(reply, request, { text, finishReason, fault: fault?.kind });
    return {
      ...this.#frame(request, "chat.completion"),
      choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: finishReason }],
      usage: this.#usage(request, text),
    };
  }

  async #stream(
    reply: FastifyReply,
    request: ChatRequest,
    { text, finishReason, fault }: { text: string; finishReason: string; fault: LlmFault["kind"] | undefined },
  ): Promise<void> {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { "content-type": "text/event-stream" });
    const send = (data: object): void => void raw.write(`data: ${JSON.stringify(data)}\n\n`);
    const pieces = text.match(/\s*\S+\s*/g) ?? [];
    const isHalf = fault === "half-stream" || fault === "stalled-stream";
    for (const piece of isHalf ? pieces.slice(0, Math.ceil(pieces.length / 2)) : pieces) {
      if (raw.destroyed) return;
      const choices = [{ index: 0, delta: { role: "assistant", content: piece }, finish_reason: null }];
      send({ ...this.#frame(request, "chat.completion.chunk"), choices });
      await wait(this.#latencyMs);
    }
    if (isHalf) {
      if (fault === "half-stream") raw.end();
      return;
    }
    const frame = this.#frame(request, "chat.completion.chunk");
    send({ ...frame, choices: [{ index: 0, delta: {}, finish_reason: finishReason }] });
    send({ ...frame, choices: [], usage: this.#usage(request, text) });
    raw.end("data: [DONE]\n\n");
  }

  #nextFault(): LlmFault | undefined {
    const [first] = this.#faults;
    if (!first) return undefined;
    first.left -= 1;
    if (first.left <= 0) this.#faults.shift();
    return first.fault;
  }

  #frame({ model }: ChatRequest, object: string) {
    return { id: "chatcmpl-simulated", object, created: 0, model };
  }

  #usage(request: ChatRequest, text: string) {
    const prompt = tokensOf(textOf(request, "system")) + tokensOf(textOf(request, "user"));
    const completion = tokensOf(text);
    return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
  }
}
