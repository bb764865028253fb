import { stringifyJson } from "#lib/json.ts";

/** A value as text: texts as they are, nothing as "", everything else as JSON. */
export function show(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : stringifyJson(value);
}
