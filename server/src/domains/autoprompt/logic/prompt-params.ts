import type { JsonObject } from "#lib/json.ts";

/** Texts that were written for one input: one for the whole, or one for each clip. */
export interface WrittenPrompt {
  /** By which perFileParams names the input. */
  key: string;
  motionPrompt: string | null;
  clips: readonly string[];
}

/**
 * The texts as `perFileParams` of a submission, on top of what it has: its other values stay, and so do inputs for which
 * nothing was written.
 */
export function withWrittenPrompts(perFileParams: JsonObject, written: readonly WrittenPrompt[]): JsonObject {
  const result: JsonObject = { ...perFileParams };
  for (const { key, motionPrompt, clips } of written) {
    const texts =
      clips.length > 0
        ? Object.fromEntries(clips.map((text, index) => [`positive_prompt_stage${index + 1}`, text]))
        : motionPrompt === null
          ? {}
          : { positive_prompt: motionPrompt };
    if (Object.keys(texts).length === 0) continue;
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    const value = { ...(typeof before === "object" && before !== null ? (before as JsonObject) : {}), ...texts };
    // Defined, not set: a file may be called __proto__.
    Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}
