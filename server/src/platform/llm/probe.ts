import { z } from "zod";
import { llmPurposes, type LlmSettings, type LlmStatus } from "#platform/llm/llm.ts";

/** In milliseconds. */
export const probeTimeout = 2_000;

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

export const notConfigured: LlmStatus = {
  isConfigured: false,
  isReachable: false,
  isSimulated: false,
  hint:
    "No language model server is configured; everything that needs none works. Start one that speaks OpenAI's protocol " +
    "(LM Studio, Ollama, vLLM, llama.cpp) and set CALLSHEET_LLM_URL, such as http://127.0.0.1:1234/v1.",
  models: [],
  missing: [],
};

/** Asks a server which models it has. Never throws: what is wrong becomes the hint. */
export async function probe(settings: LlmSettings): Promise<LlmStatus> {
  try {
    const response = await fetch(`${settings.baseUrl}/models`, {
      headers: settings.apiKey ? { authorization: `Bearer ${settings.apiKey}` } : {},
      signal: AbortSignal.timeout(probeTimeout),
    });
    if (!response.ok) return unreachable(settings, hintOfStatus(settings, response.status));
    const { data } = modelList.parse(await response.json());
    return reached(settings, data.map(({ id }) => id).toSorted());
  } catch (error) {
    return unreachable(settings, hintOfFailure(settings, error));
  }
}

function reached(settings: LlmSettings, models: string[]): LlmStatus {
  const offered = new Set(models);
  const missing = llmPurposes
    .map((purpose) => ({ purpose, model: settings.models[purpose] }))
    .filter(({ model }) => !offered.has(model));
  return {
    isConfigured: true,
    isReachable: true,
    isSimulated: settings.isSimulated,
    hint: missing.length > 0 ? missingHint(missing.map(({ model }) => model)) : null,
    models,
    missing,
  };
}

/** What to do for models that a server does not offer. */
export function missingHint(models: readonly string[]): string {
  const names = [...new Set(models)].join(", ");
  return `Load ${names} on the server (LM Studio: Discover; Ollama: ollama pull), or name models that it has with CALLSHEET_LLM_…_MODEL.`;
}

function unreachable(settings: LlmSettings, hint: string): LlmStatus {
  const { isSimulated } = settings;
  return { isConfigured: true, isReachable: false, isSimulated, hint, models: [], missing: [] };
}

function hintOfStatus({ baseUrl }: LlmSettings, status: number): string {
  if (status === 401 || status === 403) return "The server refuses the key: set CALLSHEET_LLM_API_KEY.";
  if (status === 404) return `${baseUrl}/models does not exist: CALLSHEET_LLM_URL mostly ends with /v1.`;
  return `${baseUrl} answered ${status}: look at the server's own log.`;
}

function hintOfFailure({ baseUrl }: LlmSettings, error: unknown): string {
  if ((error as Error).name === "TimeoutError") {
    return `${baseUrl} did not answer within ${probeTimeout / 1_000} s: it may be busy with loading a model.`;
  }
  if (error instanceof z.ZodError || (error as Error).name === "SyntaxError") {
    return `${baseUrl} answers, but does not speak OpenAI's protocol: check CALLSHEET_LLM_URL.`;
  }
  return `Nothing answers at ${baseUrl}: start the server (LM Studio: Developer, Start server; Ollama: ollama serve).`;
}
