import { coerce, type FormParameter, type FormValues } from "#features/generate/form-values.ts";
import { type JobOptions, seedModes } from "#features/generate/job-options.ts";
import { showValue } from "#lib/show-value.ts";

/** Names of settings that are texts in the form, and of its switches: the same as those of the API. */
const textSettings = ["tries", "seed", "priority", "pool", "resolution", "stages"] as const;
const switchSettings = ["flipOrientation", "splitByInput", "skipBlocked", "allowUnresolved"] as const;

/** The content of a settings preset: the job's options and every parameter that has a value. */
export function settingsToKeep(
  options: JobOptions,
  values: FormValues,
  parameters: readonly FormParameter[],
): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const { key, type, bindings } of parameters) {
    const text = values[key] ?? "";
    // Files belong to a job, seeds to its options, and texts of slots to the prompts.
    if (text === "" || ["IMAGE", "VIDEO", "AUDIO", "SEED"].includes(type)) continue;
    if (type === "TEXT" && bindings.some(({ nodeId, inputName }) => values[`${nodeId}.${inputName}`] !== undefined))
      continue;
    params[key] = coerce(type, text);
  }
  const { seedMode, seed } = options;
  return {
    params,
    seedMode,
    ...(seedMode !== "RANDOM" && seed && { seed: coerce("SEED", seed) }),
    tries: Number(options.tries) || 1,
    priority: Number(options.priority) || 0,
    ...(options.pool && { pool: options.pool }),
    ...(options.resolution.trim() && { resolution: options.resolution.trim() }),
    ...(options.stages && { stages: Number(options.stages) }),
    ...Object.fromEntries(switchSettings.map((name) => [name, options[name]])),
  };
}

/** The options that applied settings change. */
export function optionsOf(settings: Readonly<Record<string, unknown>>): Partial<JobOptions> {
  const options: Partial<JobOptions> = {};
  for (const name of textSettings) if (name in settings) options[name] = showValue(settings[name]);
  for (const name of switchSettings) if (name in settings) options[name] = settings[name] === true;
  const seedMode = seedModes.find((mode) => mode === settings["seedMode"]);
  return { ...options, ...(seedMode && { seedMode }) };
}
