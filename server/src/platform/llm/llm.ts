import type { z } from "zod";

/** What a language model is asked for; each may have a model of its own. */
export const llmPurposes = ["caption", "motion", "relevance", "translation"] as const;
export type LlmPurpose = (typeof llmPurposes)[number];

/** Models that are asked unless the configuration names others: small enough for a desktop. */
export const usualModels: Record<LlmPurpose, string> = {
  caption: "qwen/qwen3-vl-8b",
  motion: "qwen/qwen3-8b",
  relevance: "qwen/qwen3-8b",
  translation: "qwen/qwen3-8b",
};

/** An OpenAI-compatible server and the models to use on it. */
export interface LlmSettings {
  /** Up to and including the version, e.g. `http://127.0.0.1:1234/v1`. */
  baseUrl: string;
  /** Sent as a bearer token; never logged or shown. */
  apiKey: string | undefined;
  models: Record<LlmPurpose, string>;
  /** For one call, from its start to the last word. */
  timeoutMs: number;
  /** Calls at once. Desktop servers answer one after the other. */
  concurrency: number;
  /** The simulator of the demo, which says so in each answer. */
  isSimulated: boolean;
}

/** How the server is, found out by asking it for its models. */
export interface LlmStatus {
  isConfigured: boolean;
  isReachable: boolean;
  isSimulated: boolean;
  /** What to set, start or load; null when nothing is missing. */
  hint: string | null;
  /** Names of the models that it offers, sorted. */
  models: string[];
  /** Configured models that it does not offer. */
  missing: { purpose: LlmPurpose; model: string }[];
}

export interface LlmImage {
  bytes: Uint8Array;
  /** e.g. `image/png` */
  mime: string;
  /** SHA-256 of the bytes, in hex: what answers are remembered by. */
  sha256: string;
}

export interface LlmRequest {
  purpose: LlmPurpose;
  /** Instead of the purpose's model. */
  model?: string;
  /** Left out where the prompt says all. */
  system?: string;
  prompt: string;
  images?: readonly LlmImage[];
  /** 0 to 2; the server's own unless said. */
  temperature?: number;
  maxOutputTokens?: number;
  topP?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  seed?: number;
  /** What some servers know beyond the protocol, by the names that they give it: top_k. */
  extra?: Record<string, number>;
  /** Asks again although an answer is remembered, and remembers the new one. */
  isFresh?: boolean;
  signal?: AbortSignal;
}

export interface LlmAnswer<Value> {
  value: Value;
  /** The one that was asked. */
  model: string;
  /** As the server counts them; null where it does not say. */
  tokens: { input: number | null; output: number | null };
  elapsedMs: number;
  /** It was remembered: nobody was asked. */
  isRemembered: boolean;
}

/** The one way to language models. Each call waits for its turn, is tried twice, and ends in time. */
export interface Llm {
  readonly settings: LlmSettings | undefined;
  /** Asks anew, for 2 s at most. Never throws. */
  status(): Promise<LlmStatus>;
  /** @throws LlmUnavailableError, LlmBusyError, LlmTimeoutError, LlmAnswerError, the signal's reason */
  writeText(request: LlmRequest): Promise<LlmAnswer<string>>;
  /** An answer of this shape. @param name tells the model what it is, e.g. `motion_prompts` @throws as writeText */
  writeObject<Value>(request: LlmRequest, schema: z.ZodType<Value>, name: string): Promise<LlmAnswer<Value>>;
  /**
   * Hands over each piece of text as it comes. Nothing is remembered, and nothing tried again.
   * @throws as writeText, LlmAnswerError when the answer breaks off
   */
  streamText(request: LlmRequest, onText: (text: string) => void): Promise<LlmAnswer<string>>;
}
