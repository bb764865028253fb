import { canonicalJson, type JsonValue } from "#lib/json.ts";

/** What a repeated take has otherwise than the one that it repeats; null: had, or has, none. */
export interface TakeChange {
  /** seed, workflowVersion, inputAsset, params.<key> or prompts.<node>.<input> */
  path: string;
  before: string | null;
  after: string | null;
}

/** A take as far as it can be repeated. */
export interface RepeatableTake {
  seed: string | null;
  workflowVersion: string;
  /** Hash of the reference image. */
  inputAsset: string | null;
  params: Record<string, unknown>;
  prompts: readonly { nodeId: string; inputName: string; text: string }[];
}

/** Every difference, in a fixed order. */
export function takeChanges(before: RepeatableTake, after: RepeatableTake): TakeChange[] {
  const [one, other] = [flat(before), flat(after)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((path) => {
    const [was, is] = [one.get(path) ?? null, other.get(path) ?? null];
    return was === is ? [] : [{ path, before: was, after: is }];
  });
}

function flat({ seed, workflowVersion, inputAsset, params, prompts }: RepeatableTake): Map<string, string | null> {
  return new Map([
    ["seed", seed],
    ["workflowVersion", workflowVersion],
    ["inputAsset", inputAsset],
    ...Object.keys(params)
      .toSorted()
      .map((key) => [`params.${key}`, textOf(params[key])] as const),
    ...prompts.map(({ nodeId, inputName, text }) => [`prompts.${nodeId}.${inputName}`, text] as const),
  ]);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : canonicalJson(value as JsonValue);
}
