import { APICallError, InvalidResponseDataError, NoObjectGeneratedError, NoOutputGeneratedError } from "ai";
import { LlmAnswerError, LlmBusyError, LlmTimeoutError, LlmUnavailableError } from "#platform/llm/errors.ts";
import type { LlmSettings } from "#platform/llm/llm.ts";

interface FailedCall {
  model: string;
  settings: LlmSettings;
  /** What the caller stops it with. */
  signal: AbortSignal | undefined;
}

const ours = [LlmAnswerError, LlmBusyError, LlmTimeoutError, LlmUnavailableError];

/** Every way in which a call fails, as one of the few that callers know; the reason of their own signal as it is. */
export function failureOf(error: unknown, { model, settings, signal }: FailedCall): unknown {
  if (signal?.aborted) return signal.reason;
  if (ours.some((kind) => error instanceof kind)) return error;
  if (isTimeout(error)) return new LlmTimeoutError(model, settings.timeoutMs);
  if (APICallError.isInstance(error)) return failureOfCall(error, model);
  const hint = "Try again, or choose a model that is better at structured answers.";
  if (NoObjectGeneratedError.isInstance(error)) {
    const why = error.finishReason === "length" ? "was cut off" : "has not the shape that was asked for";
    return new LlmAnswerError(`The answer of ${model} ${why}`, hint, { cause: error });
  }
  // The latter is a stream that ended without saying why.
  if (NoOutputGeneratedError.isInstance(error) || InvalidResponseDataError.isInstance(error))
    return new LlmAnswerError(`The answer of ${model} broke off`);
  return new LlmAnswerError(`The answer of ${model} can't be read`, hint, { cause: error });
}

function failureOfCall(error: APICallError, model: string): Error {
  const { statusCode } = error;
  if (statusCode === undefined) {
    return new LlmUnavailableError("The language model server went away", "Start it again; what was written is kept.");
  }
  if (statusCode === 429) return new LlmBusyError(retryAfter(error.responseHeaders?.["retry-after"]));
  if (statusCode === 401 || statusCode === 403) {
    return new LlmUnavailableError("The language model server refuses the key", "Set CALLSHEET_LLM_API_KEY.");
  }
  if (statusCode === 404) {
    return new LlmUnavailableError(
      `The language model server does not know ${model}`,
      "Load it there, or name another model with CALLSHEET_LLM_…_MODEL.",
    );
  }
  // A success whose body could not be read.
  if (statusCode < 300) return new LlmAnswerError(`The answer of ${model} can't be read`, undefined, { cause: error });
  const said = error.message.slice(0, 300);
  if (statusCode < 500) {
    return new LlmAnswerError(
      `The language model server refused the request (${statusCode}): ${said}`,
      "The model may lack what was asked of it, such as pictures or a long enough context.",
      { cause: error },
    );
  }
  return new LlmUnavailableError(
    `The language model server failed (${statusCode}): ${said}`,
    "Look at its own log: it may have run out of memory.",
  );
}

/** In seconds, or an HTTP date. */
function retryAfter(value: string | undefined): number | null {
  if (value === undefined) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1_000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

/** By name: errors of the platform are of no class of ours. */
function isTimeout(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  return name === "TimeoutError" || isTimeout(cause);
}
