import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  extractJsonMiddleware,
  extractReasoningMiddleware,
  generateText,
  type LanguageModelUsage,
  Output,
  streamText,
  wrapLanguageModel,
} from "ai";
import pLimit from "p-limit";
import { z } from "zod";
import { type AnswerCache, answerKey } from "#platform/llm/answer-cache.ts";
import { LlmAnswerError, LlmUnavailableError } from "#platform/llm/errors.ts";
import { failureOf } from "#platform/llm/failures.ts";
import type { Llm, LlmAnswer, LlmRequest, LlmSettings, LlmStatus } from "#platform/llm/llm.ts";
import { missingHint, notConfigured, probe } from "#platform/llm/probe.ts";
import { given } from "#lib/given.ts";
import type { JsonValue } from "#lib/json.ts";

/** By which the library knows whose options are whose. */
const providerName = "studio";

/** For how long, in ms, a server that has answered is taken to be there still. */
const trustedFor = 10_000;

/** @param settings undefined: nothing is configured, and each call says so */
export function openLlm(settings: LlmSettings | undefined, cache: AnswerCache): Llm {
  return settings ? new Gateway(settings, cache) : new NoLlm();
}

class NoLlm implements Llm {
  readonly settings = undefined;
  status = () => Promise.resolve(notConfigured);
  writeText = () => Promise.reject(notThere(notConfigured));
  writeObject = () => Promise.reject(notThere(notConfigured));
  streamText = () => Promise.reject(notThere(notConfigured));
}

class Gateway implements Llm {
  readonly #provider;
  readonly #turns;
  readonly #cache: AnswerCache;
  #probing: Promise<LlmStatus> | undefined;
  #seen: { status: LlmStatus; at: number } | undefined;

  constructor(
    readonly settings: LlmSettings,
    cache: AnswerCache,
  ) {
    this.#cache = cache;
    this.#turns = pLimit(settings.concurrency);
    this.#provider = createOpenAICompatible({
      name: providerName,
      baseURL: settings.baseUrl,
      supportsStructuredOutputs: true,
      includeUsage: true,
      ...(settings.apiKey ? { apiKey: settings.apiKey } : {}),
    });
  }

  async status(): Promise<LlmStatus> {
    // People who look at the same time are told by one question.
    this.#probing ??= probe(this.settings).finally(() => (this.#probing = undefined));
    const status = await this.#probing;
    this.#seen = { status, at: performance.now() };
    return status;
  }

  writeText(request: LlmRequest): Promise<LlmAnswer<string>> {
    return this.#write<string>(request, null, z.string(), async (call) => {
      const { text, usage, finishReason } = await generateText(call);
      return { value: complete(text, finishReason, request.model ?? this.#modelFor(request)), usage };
    });
  }

  writeObject<Value>(request: LlmRequest, schema: z.ZodType<Value>, name: string): Promise<LlmAnswer<Value>> {
    const shape = { name, schema: z.toJSONSchema(schema, { io: "output" }) };
    return this.#write(request, shape, schema, async (call) => {
      // Models that wrap their JSON in Markdown.
      const model = wrapLanguageModel({ model: call.model, middleware: extractJsonMiddleware() });
      const { output, usage } = await generateText({ ...call, model, output: Output.object({ schema, name }) });
      return { value: output, usage };
    });
  }

  async streamText(request: LlmRequest, onText: (text: string) => void): Promise<LlmAnswer<string>> {
    const model = this.#modelFor(request);
    await this.#requireModel(model);
    return this.#turns(async () => {
      const begun = performance.now();
      try {
        request.signal?.throwIfAborted();
        let text = "";
        // The library tells errors as parts of the stream too: what it would print is thrown below.
        const stream = streamText({ ...this.#call(model, request), onError: () => undefined });
        for await (const part of stream.fullStream) {
          if (part.type === "error") throw part.error;
          if (part.type === "abort") throw new DOMException("aborted", "TimeoutError");
          if (part.type !== "text-delta") continue;
          text += part.text;
          onText(part.text);
        }
        const [finishReason, usage] = await Promise.all([stream.finishReason, stream.usage]);
        return answered(complete(text, finishReason, model), { model, usage, begun });
      } catch (error) {
        throw this.#failure(error, model, request);
      }
    });
  }

  /** Remembered, or asked for in turn, twice when the first answer can't be used. */
  async #write<Value>(
    request: LlmRequest,
    shape: unknown,
    schema: z.ZodType<Value>,
    ask: (call: ModelCall) => Promise<{ value: Value; usage: LanguageModelUsage }>,
  ): Promise<LlmAnswer<Value>> {
    const model = this.#modelFor(request);
    const key = answerKey(model, request, shape);
    const remembered = request.isFresh ? undefined : schema.safeParse(await this.#cache.find(key));
    if (remembered?.success) return { ...answered(remembered.data, { model }), isRemembered: true };
    await this.#requireModel(model);
    return this.#turns(async () => {
      const begun = performance.now();
      const once = async () => {
        try {
          request.signal?.throwIfAborted();
          return await ask(this.#call(model, request));
        } catch (error) {
          throw this.#failure(error, model, request);
        }
      };
      const { value, usage } = await once().catch((error: unknown) => {
        if (error instanceof LlmAnswerError) return once();
        throw error;
      });
      await this.#cache.keep(key, model, value as JsonValue);
      return answered(value, { model, usage, begun });
    });
  }

  #call(model: string, request: LlmRequest): ModelCall {
    return modelCall(this.#provider(model), request, this.settings.timeoutMs);
  }

  #modelFor({ model, purpose }: LlmRequest): string {
    return model ?? this.settings.models[purpose];
  }

  /** @throws LlmUnavailableError within the time of a probe */
  async #requireModel(model: string): Promise<void> {
    const isTrusted = this.#seen?.status.isReachable && performance.now() - this.#seen.at < trustedFor;
    const status = isTrusted && this.#seen ? this.#seen.status : await this.status();
    if (!status.isReachable) throw notThere(status);
    if (status.models.includes(model)) return;
    throw new LlmUnavailableError(`The language model server does not offer ${model}`, missingHint([model]));
  }

  #failure(error: unknown, model: string, { signal }: LlmRequest): unknown {
    const failure = failureOf(error, { model, settings: this.settings, signal });
    // Whoever asks next looks first whether it is there.
    if (failure instanceof LlmUnavailableError) this.#seen = undefined;
    return failure;
  }
}

function notThere({ isConfigured, hint }: LlmStatus): LlmUnavailableError {
  const what = isConfigured ? "The language model server does not answer" : "No language model server is configured";
  return new LlmUnavailableError(what, hint);
}

/** @throws LlmAnswerError for an empty text, and for one that ended before the model was done */
function complete(text: string, finishReason: string, model: string): string {
  if (finishReason === "length") {
    throw new LlmAnswerError(
      `The answer of ${model} was cut off`,
      "Allow more tokens for the answer, or load the model with a longer context.",
    );
  }
  if (finishReason !== "stop") throw new LlmAnswerError(`The answer of ${model} broke off`);
  if (text.trim() === "") throw new LlmAnswerError(`The answer of ${model} is empty`);
  return text.trim();
}

type ModelCall = ReturnType<typeof modelCall>;

/** What the library is given for one call. */
function modelCall(model: Parameters<typeof wrapLanguageModel>[0]["model"], request: LlmRequest, timeoutMs: number) {
  const { system, prompt, images = [], extra, signal } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  return {
    // Models that think aloud.
    model: wrapLanguageModel({ model, middleware: extractReasoningMiddleware({ tagName: "think" }) }),
    ...(system === undefined ? {} : { system }),
    messages: [
      {
        role: "user" as const,
        content: [
          ...images.map(({ bytes, mime }) => ({ type: "image" as const, image: bytes, mediaType: mime })),
          { type: "text" as const, text: prompt },
        ],
      },
    ],
    maxRetries: 0,
    abortSignal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...given({
      temperature: request.temperature,
      maxOutputTokens: request.maxOutputTokens,
      topP: request.topP,
      presencePenalty: request.presencePenalty,
      frequencyPenalty: request.frequencyPenalty,
      seed: request.seed,
    }),
    ...(extra ? { providerOptions: { [providerName]: extra } } : {}),
  };
}

interface Measured {
  model: string;
  usage?: LanguageModelUsage;
  /** By performance.now(); undefined when nobody was asked. */
  begun?: number;
}

function answered<Value>(value: Value, { model, usage, begun }: Measured): LlmAnswer<Value> {
  return {
    value,
    model,
    tokens: { input: usage?.inputTokens ?? null, output: usage?.outputTokens ?? null },
    elapsedMs: begun === undefined ? 0 : Math.round(performance.now() - begun),
    isRemembered: false,
  };
}
