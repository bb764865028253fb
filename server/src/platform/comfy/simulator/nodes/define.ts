import type { JsonObject } from "#lib/json.ts";
import type { InputDefinition } from "../node-definition.ts";

/** Largest seed the real machine takes: 2^64−1. */
export const maxSeed = 18_446_744_073_709_551_615n;

export function link(type: string, tooltip?: string): InputDefinition {
  return { type, options: tooltip === undefined ? {} : { tooltip } };
}

export function int(value: number, min: number, max: number | bigint, options: JsonObject = {}): InputDefinition {
  return { type: "INT", options: { default: value, min, max, ...options } };
}

export function seed(): InputDefinition {
  return int(0, 0, maxSeed, { control_after_generate: true });
}

export function float(value: number, min: number, max: number, options: JsonObject = {}): InputDefinition {
  return { type: "FLOAT", options: { default: value, min, max, ...options } };
}

export function text(value = "", options: JsonObject = {}): InputDefinition {
  return { type: "STRING", options: { default: value, ...options } };
}

/** A text of several lines, as prompts are. */
export function prose(): InputDefinition {
  return { type: "STRING", options: { multiline: true, dynamicPrompts: true } };
}

export function flag(value: boolean): InputDefinition {
  return { type: "BOOLEAN", options: { default: value } };
}

export function choice(values: readonly string[], value?: string): InputDefinition {
  return { type: "COMBO", options: value === undefined ? {} : { default: value }, values };
}

export function model(folder: string): InputDefinition {
  return { type: "COMBO", options: {}, modelFolder: folder };
}
