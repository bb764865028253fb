import type { Deps } from "#app/deps.ts";
import { defaultPool } from "#domains/machines/machines.service.ts";
import { machineOptions } from "#domains/machines/machine-options.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { JsonObject } from "#lib/json.ts";

/**
 * The target with the machines' own lists where a value is given that the stored list lacks: a LoRA may have been added
 * since the workflow was imported. Asks the database only then.
 */
export async function withLiveOptions(
  deps: Pick<Deps, "db">,
  target: SubmitTarget,
  given: readonly JsonObject[],
  pool = defaultPool,
): Promise<SubmitTarget> {
  const isUnknown = (key: string, options: readonly string[]): boolean =>
    given.some((values) => {
      const value = Object.hasOwn(values, key) ? values[key] : null;
      return value !== null && typeof value !== "object" && !options.includes(String(value));
    });
  const sources = target.parameters.flatMap(({ key, type, options, ui: { optionsSource } }) =>
    type === "SELECT" && optionsSource !== null && options && isUnknown(key, options) ? [optionsSource] : [],
  );
  if (sources.length === 0) return target;
  const live = await machineOptions(deps, pool, sources);
  return {
    ...target,
    parameters: target.parameters.map((parameter) => {
      const options = live.get(parameter.ui.optionsSource ?? "");
      return options && parameter.type === "SELECT" ? { ...parameter, options } : parameter;
    }),
  };
}
