import type { ComfyExecutionError } from "#platform/comfy/execution-error.ts";
import {
  type ComfyError,
  ComfyHttpError,
  ComfyMalformedAnswerError,
  ComfyUnreachableError,
  ComfyValidationError,
} from "#platform/comfy/errors.ts";

/** Why a run failed, as stored on its row and shown to people. */
export interface RunFailure {
  code:
    | "VALIDATION_FAILED"
    | "PARTIAL_GRAPH"
    | "EXECUTION_ERROR"
    | "OUT_OF_MEMORY"
    | "INTERRUPTED"
    | "LOST"
    | "MACHINE_LOST"
    | "MACHINE_ERROR"
    | "TIMEOUT"
    | "INPUT_MISSING"
    | "INPUT_CHANGED"
    | "INPUT_UNREADABLE"
    | "INPUT_OUTSIDE_ROOTS"
    | "OUTPUT_MISSING"
    | "STORAGE_ERROR"
    | "INTERNAL";
  message: string;
  nodeId: string | null;
  nodeType: string | null;
  /** Node errors, traceback and the like. */
  details: unknown;
  /** Whether trying again can help. */
  isTransient: boolean;
}

const plain = { nodeId: null, nodeType: null, details: null };

export function failure(code: RunFailure["code"], message: string, options: Partial<RunFailure> = {}): RunFailure {
  return { code, message, ...plain, isTransient: false, ...options };
}

/** What a machine refused or could not do at submit, as a failure. */
export function failureOfComfyError(error: ComfyError): RunFailure {
  if (error instanceof ComfyValidationError) {
    const [first] = error.nodeErrors;
    const reason = first?.errors[0];
    return failure(
      "VALIDATION_FAILED",
      reason
        ? `${error.message}: ${reason.message}${reason.details ? ` (${reason.details})` : ""}`
        : `${error.message}${error.details ? `: ${error.details}` : ""}`,
      {
        nodeId: first?.nodeId ?? null,
        nodeType: first?.classType ?? null,
        details: { type: error.type, details: error.details, nodeErrors: error.nodeErrors },
      },
    );
  }
  if (error instanceof ComfyHttpError || error instanceof ComfyMalformedAnswerError) {
    return failure("MACHINE_ERROR", error.message, {
      details: { answer: error.bodyExcerpt },
      isTransient: error.isTransient,
    });
  }
  if (error instanceof ComfyUnreachableError) return failure("MACHINE_ERROR", error.message, { isTransient: true });
  return failure("MACHINE_ERROR", error.message, { isTransient: error.isTransient });
}

export function failureOfExecution(error: ComfyExecutionError): RunFailure {
  return failure(error.isOutOfMemory ? "OUT_OF_MEMORY" : "EXECUTION_ERROR", error.message, {
    nodeId: error.nodeId ?? null,
    nodeType: error.nodeType ?? null,
    details: { exceptionType: error.exceptionType, traceback: error.traceback },
    isTransient: error.isOutOfMemory,
  });
}

/** Pause before automatic attempt n (1, 2, …): 1 s, 2 s, 4 s… at most a minute. */
export function backOffMs(failures: number): number {
  return Math.min(1_000 * 2 ** Math.max(0, failures - 1), 60_000);
}
