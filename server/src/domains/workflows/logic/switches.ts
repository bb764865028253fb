import { type ApiGraph, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { takeOut } from "#domains/workflows/logic/bypass.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { PassThrough, RunRecipe, SwitchState } from "#domains/workflows/logic/recipe.ts";
import type { JsonValue } from "#lib/json.ts";

/** What the values of a run's flags and states ask of the graph. */
export type Switched = {
  /** Written before anything that was given for the run itself. */
  set: SwitchState["set"];
  /** Written after everything else: a LoRA that is off has no strength, whatever was given. */
  silenced: SwitchState["set"];
  bypassed: Map<string, PassThrough>;
  muted: Set<string>;
};

/** Reads the LoRA flags and states that were chosen, or are the default. */
export function readSwitches(
  recipe: Pick<RunRecipe, "loraGroups" | "switches">,
  parameters: readonly WorkflowParameter[],
  values: Readonly<Record<string, JsonValue>>,
): Switched {
  const valueOf = (key: string): JsonValue =>
    (Object.hasOwn(values, key) ? values[key] : undefined) ??
    parameters.find((parameter) => parameter.key === key)?.default ??
    null;
  const switched: Switched = { set: [], silenced: [], bypassed: new Map(), muted: new Set() };
  for (const { flag, nodes } of recipe.loraGroups) {
    if (valueOf(flag) !== false) continue;
    for (const { nodeId, strengths, passThrough } of nodes) {
      if (passThrough) switched.bypassed.set(nodeId, passThrough);
      else switched.silenced.push(...strengths.map((inputName) => ({ nodeId, inputName, value: 0 })));
    }
  }
  for (const { key, states } of recipe.switches) {
    const chosen = valueOf(key);
    const state = states.find(({ name }) => name === chosen);
    switched.set.push(...(state?.set ?? []));
    for (const { nodeId, passThrough } of state?.bypass ?? []) switched.bypassed.set(nodeId, passThrough);
    for (const nodeId of state?.mute ?? []) switched.muted.add(nodeId);
  }
  return switched;
}

/** The graph without what was switched off. */
export function withoutSwitchedOff(graph: ApiGraph, { bypassed, muted }: Switched): ApiGraph {
  return takeOut(graph, bypassed, muted);
}

/** Numbers of a LoRA node that say how strong it is. */
export function strengthInputs(graph: ApiGraph, nodeId: string): string[] {
  return Object.entries(nodeOf(graph, nodeId)?.inputs ?? {})
    .filter(([name, value]) => /^strength|_strength$|^lora_w/.test(name) && typeof value === "number")
    .map(([name]) => name);
}
