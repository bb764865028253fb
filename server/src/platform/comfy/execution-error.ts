import { isJsonObject, type JsonObject } from "#lib/json.ts";

/** Why a prompt failed or was stopped while it ran, as the machine told it. */
export type ComfyExecutionError = {
  nodeId?: string;
  nodeType?: string;
  exceptionType: string;
  message: string;
  /** Lines with paths of the machine: for administrators only. */
  traceback: string[];
  isOutOfMemory: boolean;
  /** Stopped on request, not failed. */
  interrupted: boolean;
};

const outOfMemoryType = /OutOfMemory|OOM/i;
const outOfMemoryText = /out of memory|allocation on device/i;

/**
 * Reads the data of an `execution_error` or `execution_interrupted` message.
 * `current_inputs` and `current_outputs` (prompt texts, tensors) are left behind on purpose.
 */
export function parseExecutionError(data: JsonObject, interrupted: boolean): ComfyExecutionError {
  const exceptionType = textOf(data["exception_type"]);
  const message = textOf(data["exception_message"]).trim();
  const traceback = Array.isArray(data["traceback"]) ? data["traceback"] : [];
  const nodeId = data["node_id"];
  const nodeType = data["node_type"];
  return {
    ...(typeof nodeId === "string" ? { nodeId } : {}),
    ...(typeof nodeType === "string" ? { nodeType } : {}),
    exceptionType: exceptionType || (interrupted ? "Interrupted" : "Unknown"),
    message: message || (interrupted ? "Stopped on request" : "The machine reported an error without a message"),
    traceback: traceback.filter((line) => typeof line === "string"),
    isOutOfMemory: outOfMemoryType.test(exceptionType) || outOfMemoryText.test(message),
    interrupted: interrupted || exceptionType.includes("InterruptProcessing"),
  };
}

/**
 * Finds the end of a run in the `status.messages` list of a history entry.
 * An interrupted run is stored as an error; only its last message tells the difference.
 */
export function executionErrorOf(status: unknown): ComfyExecutionError | undefined {
  const messages = isJsonObject(status) ? status["messages"] : undefined;
  if (!Array.isArray(messages)) return undefined;
  for (const message of messages.toReversed()) {
    if (!Array.isArray(message) || !isJsonObject(message[1])) continue;
    if (message[0] === "execution_interrupted") return parseExecutionError(message[1], true);
    if (message[0] === "execution_error") return parseExecutionError(message[1], false);
  }
  return undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
