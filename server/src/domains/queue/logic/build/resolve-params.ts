import { coerceValue } from "#domains/workflows/logic/coerce-value.ts";
import { type AddressableSlot, type SlotAddress, slotAddresses } from "#domains/queue/logic/build/slot-addresses.ts";
import { nearestNames } from "#domains/workflows/logic/nearest-names.ts";
import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";

/** What a submission can address in a workflow version. */
export type ParamTargets = {
  parameters: readonly WorkflowParameter[];
  slots: readonly AddressableSlot[];
  /** The stages' positive prompts in order, in a split-prompt workflow. */
  clips: readonly ParameterBinding[] | null;
};

export type GivenSlotText = { slotId: string; nodeId: string; inputName: string; text: string };

/** Given values, typed and sorted by what becomes of them. */
export type ResolvedParams = {
  /** By parameter key, for the graph. */
  values: Record<string, JsonValue>;
  slotTexts: GivenSlotText[];
  /** Asset ids by the key of an IMAGE, VIDEO or AUDIO parameter: their names on the machine are known only later. */
  assetIds: Record<string, string>;
  /** A seed that somebody asked for by parameter. */
  seed: bigint | null;
};

export type ParamIssue = { path: string[]; message: string };

/**
 * Types and checks what was given; `null` counts as not given. Nothing is defaulted here (see `withDefaults`), so that
 * one file's values can be laid over the job's. With issues the result is incomplete and must not be used.
 */
export function resolveParams(
  targets: ParamTargets,
  params: JsonObject,
): { resolved: ResolvedParams; issues: ParamIssue[] } {
  const addresses = slotAddresses(targets.slots, targets.parameters, targets.clips);
  const byKey = new Map(targets.parameters.map((parameter) => [parameter.key, parameter]));
  const resolved: ResolvedParams = { values: {}, slotTexts: [], assetIds: {}, seed: null };
  const issues: ParamIssue[] = [];
  const given = Object.entries(params).filter(([, value]) => value !== null);
  // What names one slot comes first: a general text fills the others.
  const isGeneral = ([key]: [string, JsonValue]) => addresses.get(key)?.isGeneral === true;
  for (const [key, value] of [...given.filter((entry) => !isGeneral(entry)), ...given.filter(isGeneral)]) {
    const address = addresses.get(key);
    const parameter = byKey.get(key);
    const problem = address
      ? giveText(resolved, address, value, parameter)
      : parameter
        ? giveValue(resolved, parameter, value)
        : `is not a parameter of this workflow${suggestion(key, [...byKey.keys(), ...addresses.keys()])}`;
    if (problem !== null) issues.push({ path: [key], message: `${key}: ${problem}.` });
  }
  return { resolved, issues };
}

/**
 * Fills in defaults that are not in the graph, because somebody edited them. Seeds, media and slots have their own rules
 * and get none here.
 */
export function withDefaults(targets: ParamTargets, resolved: ResolvedParams): ResolvedParams {
  const addresses = slotAddresses(targets.slots, targets.parameters, targets.clips);
  const defaults = targets.parameters.filter(
    ({ key, type, default: value, isDefaultEdited }) =>
      isDefaultEdited === true &&
      value !== null &&
      !["SEED", "IMAGE", "VIDEO", "AUDIO"].includes(type) &&
      !addresses.has(key),
  );
  return {
    ...resolved,
    values: { ...Object.fromEntries(defaults.map(({ key, default: value }) => [key, value])), ...resolved.values },
  };
}

/** One file's values over the job's. */
export function overlayParams(job: ResolvedParams, file: ResolvedParams): ResolvedParams {
  const given = new Set(file.slotTexts.map((text) => text.slotId));
  return {
    values: { ...job.values, ...file.values },
    slotTexts: [...job.slotTexts.filter((text) => !given.has(text.slotId)), ...file.slotTexts],
    assetIds: { ...job.assetIds, ...file.assetIds },
    seed: file.seed ?? job.seed,
  };
}

function giveText(
  resolved: ResolvedParams,
  { slots, isGeneral }: SlotAddress,
  given: JsonValue,
  parameter: WorkflowParameter | undefined,
): string | null {
  if (typeof given === "object") return "a prompt is a text";
  const text = String(given);
  for (const { id, nodeId, inputName, label, isUserEditable } of slots) {
    const known = resolved.slotTexts.find((entry) => entry.slotId === id);
    if (known && isGeneral) continue;
    if (!isUserEditable) return `the prompt "${label}" is locked`;
    if (known && known.text !== text) return `the prompt "${label}" is given twice, with different texts`;
    if (!known) resolved.slotTexts.push({ slotId: id, nodeId, inputName, text });
  }
  // The inputs beside the slots, such as a file's caption, take the text as a plain value.
  if (parameter && parameter.bindings.length > slots.length) resolved.values[parameter.key] = text;
  return null;
}

function giveValue(resolved: ResolvedParams, parameter: WorkflowParameter, given: JsonValue): string | null {
  const coerced = coerceValue(parameter, given);
  if ("problem" in coerced) return coerced.problem;
  const { value } = coerced;
  const isMedia = parameter.type === "IMAGE" || parameter.type === "VIDEO" || parameter.type === "AUDIO";
  if (parameter.type === "SEED") resolved.seed = BigInt(value);
  else if (isMedia) resolved.assetIds[parameter.key] = String(value);
  else resolved.values[parameter.key] = value;
  return null;
}

function suggestion(name: string, known: string[]): string {
  const near = nearestNames(name, known);
  return near.length > 0 ? `; near it are ${near.join(", ")}` : "";
}
