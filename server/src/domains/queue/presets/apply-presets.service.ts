import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { settingNames } from "#domains/presets/logic/preset-content.ts";
import { contentOf, type LinkedPreset, requirePresets } from "#domains/presets/presets.service.ts";
import { findResolution } from "#domains/presets/resolution-presets.service.ts";
import { resolveParams } from "#domains/queue/logic/build/resolve-params.ts";
import { targetsOf } from "#domains/queue/submit/check-params.ts";
import { loadTarget } from "#domains/queue/submit/load-target.ts";
import { stagedTarget } from "#domains/queue/submit/staged-target.ts";
import { submitSchema } from "#domains/queue/submit/submit-input.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** A value of a preset that the workflow does not take. */
export interface LeftOut {
  /** Name of the setting, or `params.<key>`. */
  name: string;
  reason: string;
}

export interface AppliedPresets {
  params: JsonObject;
  /** Other fields of a submission by name. */
  settings: JsonObject;
  leftOut: LeftOut[];
}

type ApplyDeps = Pick<Deps, "config" | "db">;

/**
 * What presets, laid over each other in order, give a submission of a workflow. Prompts that settings bring lie beneath the
 * settings' own params. What the workflow does not take is left out, and told of.
 * @throws NotFoundError, ValidationError
 */
export async function applyPresets(
  deps: ApplyDeps,
  viewer: Viewer,
  input: { workflowId: string; workflowVersionId?: string | undefined; presetIds: readonly string[] },
): Promise<AppliedPresets> {
  const target = await loadTarget(deps.db.pool, input.workflowId, input.workflowVersionId);
  const given = merged(await requirePresets(deps, viewer, input.presetIds, ["presetIds"]));
  const leftOut: LeftOut[] = [];
  const settings: JsonObject = {};
  let staged = target;
  for (const name of settingNames) {
    if (name === "params" || !Object.hasOwn(given.settings, name)) continue;
    const value = name === "seed" ? exactSeed(given.settings[name] ?? null) : (given.settings[name] ?? null);
    const reason = await problemOf(deps, name, value);
    if (reason === null && name === "stages") {
      const stages = tried(() => stagedTarget(target, Number(value), deps.config.maxStages));
      if (typeof stages === "string") {
        leftOut.push({ name, reason: stages });
        continue;
      }
      staged = stages;
    }
    if (reason === null) settings[name] = value;
    else leftOut.push({ name, reason });
  }
  const params = { ...given.params };
  for (const { path, message } of resolveParams(targetsOf(staged), params).issues) {
    const [key = ""] = path;
    if (!Object.hasOwn(params, key)) continue;
    delete params[key];
    leftOut.push({ name: `params.${key}`, reason: message });
  }
  return { params, settings, leftOut };
}

function merged(presets: readonly LinkedPreset[]): { params: JsonObject; settings: JsonObject } {
  const result = { params: {} as JsonObject, settings: {} as JsonObject };
  for (const preset of presets) {
    if (preset.kind === "PROMPT") {
      Object.assign(result.params, contentOf(preset));
      continue;
    }
    const { params, ...settings } = contentOf(preset);
    if (preset.promptPreset) Object.assign(result.params, contentOf(preset.promptPreset));
    if (isJsonObject(params)) Object.assign(result.params, params);
    Object.assign(result.settings, settings);
  }
  return result;
}

/** Clients whose numbers end at 2^53 keep a larger seed as its digits. */
function exactSeed(value: JsonValue): JsonValue {
  return typeof value === "string" && /^\d{1,20}$/.test(value) ? BigInt(value) : value;
}

/** Why a submission would not take it; null when it would. */
async function problemOf(
  deps: ApplyDeps,
  name: Exclude<(typeof settingNames)[number], "params">,
  value: JsonValue,
): Promise<string | null> {
  // In JSON a seed may be small; a submission takes all of them as large integers.
  const given = name === "seed" && typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value;
  const parsed = submitSchema.shape[name].safeParse(given);
  if (!parsed.success) return parsed.error.issues.map(({ message }) => message).join("; ");
  if (name !== "resolution" || typeof value !== "string") return null;
  return findResolution(deps, value, ["resolution"]).then(
    () => null,
    (error: unknown) => {
      if (error instanceof ValidationError) return error.message;
      throw error;
    },
  );
}

function tried<Value>(make: () => Value): Value | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof ValidationError) return error.message;
    throw error;
  }
}
