import type { JsonObject } from "#lib/json.ts";

/** One complaint about a graph, as told in `error` and `node_errors`. */
export type Reason = { type: string; message: string; details: string; extra_info: JsonObject };
export type NodeReasons = { errors: Reason[]; dependent_outputs: string[]; class_type: string };

export function reason(type: string, message: string, details: string, extra: JsonObject = {}): Reason {
  return { type, message, details, extra_info: extra };
}
