import type { ComfyNodeError } from "./validation-errors.ts";

/** Base of everything this client throws about a machine; `isTransient` says whether trying again can help. */
export abstract class ComfyError extends Error {
  abstract readonly isTransient: boolean;
  override get name(): string {
    return this.constructor.name;
  }
}

/** No answer: connection refused, reset, timed out, or closed before the answer was complete. */
export class ComfyUnreachableError extends ComfyError {
  readonly isTransient = true;
  readonly code: string;
  /** True when the request cannot have reached the machine; false means that it may have been carried out. */
  readonly neverSent: boolean;

  constructor(what: string, options: { code: string; neverSent: boolean; cause?: unknown }) {
    super(`${what}: the machine did not answer (${options.code})`, { cause: options.cause });
    this.code = options.code;
    this.neverSent = options.neverSent;
  }
}

/** An answer with a status that the call did not expect. */
export class ComfyHttpError extends ComfyError {
  readonly isTransient: boolean;
  readonly status: number;
  /** The first part of the body, for people who debug; it may hold server paths. */
  readonly bodyExcerpt: string;

  constructor(what: string, status: number, body: string) {
    super(`${what}: the machine answered ${status}`);
    this.status = status;
    this.bodyExcerpt = body.slice(0, 2_000);
    this.isTransient = status >= 500 || status === 408 || status === 429;
  }
}

/** The machine refused the graph: 400 with a reason and, mostly, errors per node. */
export class ComfyValidationError extends ComfyError {
  readonly isTransient = false;
  /** `error.type` of the answer, e.g. `prompt_outputs_failed_validation`, `missing_node_type`. */
  readonly type: string;
  readonly details: string;
  readonly nodeErrors: ComfyNodeError[];

  constructor(reason: { type: string; message: string; details: string; nodeErrors: ComfyNodeError[] }) {
    super(reason.message);
    this.type = reason.type;
    this.details = reason.details;
    this.nodeErrors = reason.nodeErrors;
  }
}

/** A success status with a body that cannot be understood. Another look may find it mended. */
export class ComfyMalformedAnswerError extends ComfyError {
  readonly isTransient = true;
  readonly bodyExcerpt: string;

  constructor(what: string, body: string, cause?: unknown) {
    super(`${what}: the answer is malformed`, { cause });
    this.bodyExcerpt = body.slice(0, 2_000);
  }
}
