import type { JsonObject } from "#lib/json.ts";
import { isJsonObject } from "#lib/json.ts";

/** An input of a job, staged or not. */
export type JobInput = { assetId: string | null; path: string | null; filename: string };

export type PerFileIssue = { path: string[]; message: string };

/**
 * Which input each key of `perFileParams` means: its asset id, its full path, or its file name when only one input has
 * it. Answers the values for each input by position, untyped; values of several keys for one input are put together.
 */
export function matchPerFile(
  inputs: readonly JobInput[],
  perFileParams: JsonObject,
): { byInput: Map<number, JsonObject>; issues: PerFileIssue[] } {
  const byInput = new Map<number, JsonObject>();
  const issues: PerFileIssue[] = [];
  for (const [key, values] of Object.entries(perFileParams)) {
    const matches = matching(inputs, key);
    const [index] = matches;
    if (index === undefined) issues.push({ path: [key], message: `${key}: no input of this job has this name.` });
    else if (matches.length > 1) {
      const which = matches.map((match) => inputs[match]?.path ?? inputs[match]?.assetId).join(", ");
      issues.push({
        path: [key],
        message: `${key}: ${matches.length} inputs have this name (${which}); use the full path or the asset id.`,
      });
    } else if (!isJsonObject(values)) issues.push({ path: [key], message: `${key}: not an object of parameters.` });
    else {
      const known = byInput.get(index) ?? {};
      for (const name of Object.keys(values).filter((name) => Object.hasOwn(known, name))) {
        issues.push({ path: [key, name], message: `${key}: ${name} is given for this input under another key too.` });
      }
      byInput.set(index, { ...known, ...values });
    }
  }
  return { byInput, issues };
}

/** The surest meaning first: an asset used twice has its id twice, and both are meant to be told apart by path. */
function matching(inputs: readonly JobInput[], key: string): number[] {
  for (const nameOf of [
    (input: JobInput) => input.assetId,
    (input: JobInput) => input.path,
    (input: JobInput) => input.filename,
  ]) {
    const found = inputs.flatMap((input, index) => (nameOf(input) === key ? [index] : []));
    if (found.length > 0) return found;
  }
  return [];
}
