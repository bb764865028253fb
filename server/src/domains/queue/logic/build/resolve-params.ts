import { coerceValue } from "#domains/queue/logic/build/coerce-value.ts";
import { type AddressableSlot, slotAddresses } from "#domains/queue/logic/build/slot-addresses.ts";
import { nearestNames } from "#domains/workflows/logic/nearest-names.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";

/** What a submission can address in a workflow version. */
export type ParamTargets = {
  parameters: readonly WorkflowParameter[];
  slots: readonly AddressableSlot[];
  /** Whether the positive slots are the stages of one clip. */
  isSplitPrompt: boolean;
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
  const addresses = slotAddresses(targets.slots, targets.parameters, targets.isSplitPrompt);
  const byKey = new Map(targets.parameters.map((parameter) => [parameter.key, parameter]));
  const resolved: ResolvedParams = { values: {}, slotTexts: [], assetIds: {}, seed: null };
  const issues: ParamIssue[] = [];
  for (const [key, given] of Object.entries(params)) {
    if (given === null) continue;
    const slot = addresses.get(key);
    const parameter = byKey.get(key);
    const problem = slot
      ? giveText(resolved, slot, given)
      : parameter
        ? giveValue(resolved, parameter, given)
        : `is not a parameter of this workflow${suggestion(key, [...byKey.keys(), ...addresses.keys()])}`;
    if (problem !== null) issues.push({ path: [key], message: `${key}: ${problem}.` });
  }
  return { resolved, issues };
}

/** Fills in the parameters' defaults. Seeds, media and slots have their own rules and get none here. */
export function withDefaults(targets: ParamTargets, resolved: ResolvedParams): ResolvedParams {
  const addresses = slotAddresses(targets.slots, targets.parameters, targets.isSplitPrompt);
  const defaults = targets.parameters.filter(
    ({ key, type, default: value }) =>
      value !== null && !["SEED", "IMAGE", "VIDEO", "AUDIO"].includes(type) && !addresses.has(key),
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

function giveText(resolved: ResolvedParams, slot: AddressableSlot, given: JsonValue): string | null {
  if (!slot.isUserEditable) return `the prompt "${slot.label}" is locked`;
  if (typeof given === "object") return "a prompt is a text";
  const text = String(given);
  const known = resolved.slotTexts.find((entry) => entry.slotId === slot.id);
  if (known && known.text !== text) return `the prompt "${slot.label}" is given twice, with different texts`;
  if (!known) resolved.slotTexts.push({ slotId: slot.id, nodeId: slot.nodeId, inputName: slot.inputName, text });
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
