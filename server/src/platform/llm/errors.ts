import { UnavailableError } from "#lib/domain-error.ts";

/** Nothing there that answers, or not with this model. Found out before anything is asked, within 2 s. */
export class LlmUnavailableError extends UnavailableError {
  constructor(message: string, hint: string | null) {
    super(message, hint, "LLM_UNAVAILABLE");
  }
}

/** 429: the server has enough to do, or the key's allowance is used up. */
export class LlmBusyError extends UnavailableError {
  constructor(
    /** As the server says; null when it does not. */
    readonly retryAfterSecs: number | null,
  ) {
    super(
      `The language model server takes no more requests for now${retryAfterSecs === null ? "" : `; it asks to wait ${retryAfterSecs} s`}`,
      "Try again later, or lower CALLSHEET_LLM_CONCURRENCY.",
      "LLM_BUSY",
    );
  }
}

export class LlmTimeoutError extends UnavailableError {
  constructor(model: string, timeoutMs: number) {
    super(
      `The model ${model} did not finish its answer within ${timeoutMs / 1_000} s`,
      "Load a smaller model, or raise CALLSHEET_LLM_TIMEOUT_SECS.",
      "LLM_TIMEOUT",
    );
  }
}

/** An answer that cannot be used: empty, cut off, or not of the shape that was asked for. */
export class LlmAnswerError extends UnavailableError {
  constructor(
    message: string,
    hint: string | null = "Try again, or choose another model.",
    options: { cause?: unknown } = {},
  ) {
    super(message, hint, "LLM_ANSWER");
    this.cause = options.cause;
  }
}
