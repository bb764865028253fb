import { type AddressableSlot, slotAddresses } from "#domains/queue/logic/build/slot-addresses.ts";
import { type SizedPlace, sizesOfGraph } from "#domains/queue/logic/build/resolution.ts";
import { type ApiGraph, inputOf, isLink, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { RunRecipe } from "#domains/workflows/logic/recipe.ts";
import type { StageTemplate } from "#domains/workflows/logic/stages/stage-template.ts";
import { withStages } from "#domains/workflows/logic/stages/with-stages.ts";
import { type JsonObject, type JsonValue, stringifyJson } from "#lib/json.ts";

interface SettingsSource {
  /** The workflow version that the run executes. */
  target: {
    graph: ApiGraph;
    parameters: WorkflowParameter[];
    recipe: RunRecipe;
    slots: (AddressableSlot & { defaultText: string | null })[];
  };
  /** The run's own graph, and the texts in it. */
  graph: ApiGraph;
  prompts: readonly { nodeId: string; inputName: string; text: string }[];
  /** What the job was submitted with: for values that do not stand in the graph as they were given. */
  params: JsonObject;
}

export interface RunSettings {
  /** By parameter key, and texts by `<nodeId>.<inputName>` or, of an added stage, `positive_prompt_stageN`. */
  params: JsonObject;
  /** Keys of the values and texts that are not the workflow version's own; the others need not be given. */
  changed: string[];
  /** `WIDTHxHEIGHT` where another size than the workflow's stands in the graph, and no parameter says so. */
  resolution: string | null;
  flipOrientation: boolean;
  /** Null for a workflow without stage template, and for its own number of stages. */
  stages: number | null;
}

/**
 * What a single run would be submitted with to give this graph again, seed and input file aside. Read from the graph, so
 * that it holds for values of single files and for takes, too.
 */
export function settingsOfRun({ target, graph, prompts, params: given }: SettingsSource): RunSettings {
  const stages = stagesOf(target.recipe.stageTemplate, target, graph, prompts.length);
  const staged = stages === null ? target : withStages(target, stages);
  const params: JsonObject = {};
  const changed: string[] = [];
  const keep = (name: string, value: JsonValue, own: JsonValue): void => {
    params[name] = value;
    if (stringifyJson(value) !== stringifyJson(own)) changed.push(name);
  };
  for (const parameter of staged.parameters) {
    const value = valueIn(graph, parameter, given);
    if (value !== undefined) keep(parameter.key, value, parameter.default);
  }
  const own = new Map(target.slots.map((slot) => [keyOf(slot), slot]));
  const addresses = new Map<string, string>();
  for (const [name, { slots, isGeneral }] of slotAddresses(staged.slots, [], staged.recipe.clips)) {
    const [slot] = slots;
    if (slot && !isGeneral && /_stage\d+$/.test(name)) addresses.set(keyOf(slot), name);
  }
  for (const prompt of prompts) {
    const key = keyOf(prompt);
    const name = own.has(key) ? key : addresses.get(key);
    if (name !== undefined) keep(name, prompt.text, own.get(key)?.defaultText ?? "");
  }
  return { params, changed, stages, ...sizeChange(staged, graph) };
}

/** The value that stands in the graph; what was given where the graph says something else in its place. */
function valueIn(
  graph: ApiGraph,
  { key, type, bindings }: WorkflowParameter,
  given: JsonObject,
): JsonValue | undefined {
  if (type === "SEED") return undefined;
  const asked = Object.hasOwn(given, key) ? given[key] : undefined;
  // In the graph a file has its name on the machine, a prefix is the run's own, and a switch is not there at all.
  const isPrefix = bindings.some(({ inputName }) => inputName === "filename_prefix");
  if (["IMAGE", "VIDEO", "AUDIO"].includes(type) || isPrefix || bindings.length === 0) return asked;
  for (const { nodeId, inputName } of bindings) {
    const node = nodeOf(graph, nodeId);
    const value = node && inputOf(node, inputName);
    if (value !== undefined && !isLink(value)) return value;
  }
  return asked;
}

/** How many stages a run's graph has, where that is not the workflow's own number. */
function stagesOf(
  template: StageTemplate | null,
  { slots }: SettingsSource["target"],
  graph: ApiGraph,
  promptCount: number,
): number | null {
  if (!template) return null;
  const held = template.stages.length;
  const present = template.stages.filter(({ nodes }) => nodes.some((id) => Object.hasOwn(graph, id))).length;
  if (present < held) return Math.max(1, present);
  const last = new Set(template.stages.at(-1)?.nodes);
  const perStage = slots.filter(({ nodeId }) => last.has(nodeId)).length;
  const added = perStage === 0 ? 0 : Math.round((promptCount - slots.length) / perStage);
  return added > 0 ? held + added : null;
}

/** Sizes that are neither the workflow's nor a parameter's come from a resolution, or from turning the picture. */
function sizeChange(
  { graph: before, parameters }: Pick<SettingsSource["target"], "graph" | "parameters">,
  after: ApiGraph,
): Pick<RunSettings, "resolution" | "flipOrientation"> {
  const bound = new Set(parameters.flatMap(({ bindings }) => bindings.map(keyOf)));
  const isBound = ({ nodeId, names }: SizedPlace) =>
    names.every((inputName) => bound.has(keyOf({ nodeId, inputName })));
  const originals = new Map(sizesOfGraph(before).map((place) => [placeOf(place), place]));
  const sizes = sizesOfGraph(after);
  const changed = sizes.filter((place) => {
    const original = originals.get(placeOf(place));
    return original && !isBound(place) && (original.width !== place.width || original.height !== place.height);
  });
  const [first] = changed;
  if (!first) return { resolution: null, flipOrientation: false };
  if (sizes.every(({ width, height }) => width === first.width && height === first.height))
    return { resolution: `${first.width}x${first.height}`, flipOrientation: false };
  const isTurned = changed.every((place) => {
    const original = originals.get(placeOf(place));
    return original?.width === place.height && original.height === place.width;
  });
  return { resolution: isTurned ? null : `${first.width}x${first.height}`, flipOrientation: isTurned };
}

const keyOf = ({ nodeId, inputName }: ParameterBinding): string => `${nodeId}.${inputName}`;
const placeOf = ({ nodeId, names }: SizedPlace): string => `${nodeId}.${names.join(".")}`;
