import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { type ComfyExecutionError, executionErrorOf, parseExecutionError } from "./execution-error.ts";
import { type ComfyOutputs, flattenOutputs } from "./outputs.ts";

/** What a machine knows about one prompt id. `unknown`: neither queued, nor running, nor in its history. */
export type ComfyJob = {
  state: "pending" | "running" | "succeeded" | "failed" | "interrupted" | "unknown";
  /** Of ended prompts, failed ones included: what was made before the failure. */
  outputs?: ComfyOutputs;
  error?: ComfyExecutionError;
  /** Milliseconds since 1970 by the machine's clock. */
  startedAt?: number;
  endedAt?: number;
};

const noError: ComfyExecutionError = {
  exceptionType: "Unknown",
  message: "The machine reported an error without a message",
  traceback: [],
  isOutOfMemory: false,
  interrupted: false,
};

/**
 * Reads an answer of `GET /api/jobs/{id}`. Before 0.8.2 an interrupted job is called `failed`, so the messages decide.
 * @returns undefined when the answer is not a job.
 */
export function jobFromJobsRoute(body: JsonValue): ComfyJob | undefined {
  if (!isJsonObject(body)) return undefined;
  const times = {
    ...timeOf("startedAt", body["execution_start_time"]),
    ...timeOf("endedAt", body["execution_end_time"]),
  };
  const outputs = () => flattenOutputs(body["outputs"]);
  switch (body["status"]) {
    case "pending":
      return { state: "pending" };
    case "in_progress":
      return { state: "running", ...times };
    case "completed":
      return isJsonObject(body["outputs"]) ? { state: "succeeded", outputs: outputs(), ...times } : undefined;
    case "failed":
    case "cancelled": {
      const told = body["execution_error"];
      const error =
        executionErrorOf(body["execution_status"]) ?? (isJsonObject(told) ? parseExecutionError(told, false) : noError);
      const interrupted = body["status"] === "cancelled" || error.interrupted;
      return { state: interrupted ? "interrupted" : "failed", outputs: outputs(), error, ...times };
    }
    default:
      return undefined;
  }
}

/**
 * Reads one entry of `GET /history/{id}`.
 * @returns undefined when the entry is not one.
 */
export function jobFromHistory(entry: JsonValue | undefined): ComfyJob | undefined {
  if (!isJsonObject(entry) || !isJsonObject(entry["outputs"])) return undefined;
  const status = isJsonObject(entry["status"]) ? entry["status"] : {};
  const outputs = flattenOutputs(entry["outputs"]);
  const times = timesOf(status);
  if (status["status_str"] !== "error") return { state: "succeeded", outputs, ...times };
  const error = executionErrorOf(status) ?? noError;
  return { state: error.interrupted ? "interrupted" : "failed", outputs, error, ...times };
}

/** Whether a queue item `[number, prompt_id, graph, extra_data, outputs]` is of this prompt. */
export function isItemOf(promptId: string): (item: JsonValue) => boolean {
  return (item) => Array.isArray(item) && item[1] === promptId;
}

function timesOf(status: JsonObject): { startedAt?: number; endedAt?: number } {
  const messages = Array.isArray(status["messages"]) ? status["messages"] : [];
  const at = (message: JsonValue | undefined) =>
    Array.isArray(message) && isJsonObject(message[1]) ? message[1]["timestamp"] : undefined;
  return { ...timeOf("startedAt", at(messages[0])), ...timeOf("endedAt", at(messages.at(-1))) };
}

function timeOf<Name extends "startedAt" | "endedAt">(name: Name, value: unknown): { [K in Name]?: number } {
  return (typeof value === "number" ? { [name]: value } : {}) as { [K in Name]?: number };
}
