import { type ApiGraph, isLink, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { type ParameterBinding, primaryInput, type WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { emptyRecipe, type RunRecipe } from "#domains/workflows/logic/recipe.ts";
import { seedAfter, seedRangeOf } from "#domains/workflows/logic/seed-range.ts";
import { readSwitches, withoutSwitchedOff } from "#domains/workflows/logic/switches.ts";
import { traceLiteral } from "#domains/workflows/logic/trace-literal.ts";
import type { JsonValue } from "#lib/json.ts";

export type BuildGraphInput = {
  graph: ApiGraph;
  parameters: readonly WorkflowParameter[];
  recipe?: RunRecipe;
  /** Typed values by parameter key; keys left out keep what the graph says. Media values are file names on the machine. */
  paramValues: Readonly<Record<string, JsonValue>>;
  /** Texts to write. A linked slot that nobody overrides is left out, so that it keeps its link. */
  slotTexts: readonly { nodeId: string; inputName: string; text: string }[];
  /** Written to every bound sampler; null leaves the graph's seeds. */
  seed: bigint | null;
  /** Name under which the job's input file was uploaded to the machine. */
  inputAssetName?: string | undefined;
  outputPrefix: string;
};

/** A parameter or slot names an input of a node that this graph does not have. */
export class GraphBindingError extends Error {
  readonly nodeId: string;
  readonly inputName: string;

  constructor({ nodeId, inputName }: ParameterBinding) {
    super(`The graph has no node ${nodeId} to take ${inputName}.`);
    this.name = "GraphBindingError";
    this.nodeId = nodeId;
    this.inputName = inputName;
  }
}

/**
 * The graph of one run. The source is not changed; nodes without a new value are shared with it. Where several things
 * name one input, the more specific wins: state of a switch, then parameter value, slot text, seed, input file, output
 * prefix. What is switched off goes last, so that its inputs can be named like any others.
 * @throws GraphBindingError when a value has nowhere to go.
 */
export function buildGraph(input: BuildGraphInput): ApiGraph {
  const { graph, parameters, paramValues, slotTexts, seed, inputAssetName, outputPrefix, recipe = emptyRecipe } = input;
  const edits = new GraphEdits(graph);
  const switched = readSwitches(recipe, parameters, paramValues);
  for (const { value, ...binding } of switched.set) edits.set(binding, value);
  for (const { key, bindings } of parameters) {
    const value = Object.hasOwn(paramValues, key) ? paramValues[key] : undefined;
    if (value === undefined) continue;
    for (const binding of bindings) edits.set(binding, value);
  }
  for (const slot of slotTexts) {
    if (!keepsLink(graph, slot)) edits.set(slot, slot.text);
  }
  if (seed !== null) {
    const range = seedRangeOf(parameters);
    for (const { offset, ...binding } of seedBindings(recipe, parameters)) {
      edits.set(binding, exactInteger(offset === 0n ? seed : seedAfter(seed, offset, range)));
    }
  }
  if (inputAssetName !== undefined) {
    for (const binding of recipe.input ?? primaryInput(parameters)?.bindings ?? []) edits.set(binding, inputAssetName);
  }
  for (const binding of recipe.outputPrefix ?? prefixInputs(graph)) edits.set(binding, outputPrefix);
  for (const { value, ...binding } of switched.silenced) edits.set(binding, value);
  return withoutSwitchedOff(edits.result(), switched);
}

/** Inputs that take the seed, and what is added to it: stages may count on from the run's. */
function seedBindings(
  recipe: RunRecipe,
  parameters: readonly WorkflowParameter[],
): (ParameterBinding & { offset: bigint })[] {
  const bound =
    recipe.seed ?? parameters.filter(({ type }) => type === "SEED").flatMap((parameter) => parameter.bindings);
  const { stages, seedStep } = recipe.stageTemplate ?? { stages: [], seedStep: 0 };
  return [
    ...bound.map((binding) => ({ ...binding, offset: 0n })),
    ...stages.flatMap(({ seeds }, stage) => seeds.map((binding) => ({ ...binding, offset: BigInt(seedStep * stage) }))),
  ];
}

function prefixInputs(graph: ApiGraph): ParameterBinding[] {
  const inputName = "filename_prefix";
  return Object.entries(graph).flatMap(([nodeId, { inputs }]) =>
    Object.hasOwn(inputs, inputName) ? [{ nodeId, inputName }] : [],
  );
}

/** The text that the link brings anyway needs no literal: other nodes may read the same string node. */
function keepsLink(graph: ApiGraph, { nodeId, inputName, text }: BuildGraphInput["slotTexts"][number]): boolean {
  const value = nodeOf(graph, nodeId)?.inputs[inputName];
  return value !== undefined && isLink(value) && traceLiteral(graph, value)?.value === text;
}

/** JSON numbers where they are exact, as the graph's own seeds are read. */
function exactInteger(value: bigint): JsonValue {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** New values for inputs, copied on write. */
class GraphEdits {
  readonly #graph: ApiGraph;
  readonly #inputs = new Map<string, Map<string, JsonValue>>();

  constructor(graph: ApiGraph) {
    this.#graph = graph;
  }

  set(binding: ParameterBinding, value: JsonValue): void {
    if (!nodeOf(this.#graph, binding.nodeId)) throw new GraphBindingError(binding);
    const inputs = this.#inputs.get(binding.nodeId) ?? new Map<string, JsonValue>();
    inputs.set(binding.inputName, value);
    this.#inputs.set(binding.nodeId, inputs);
  }

  result(): ApiGraph {
    return Object.fromEntries(
      Object.entries(this.#graph).map(([id, node]) => {
        const edits = this.#inputs.get(id);
        return [id, edits ? { ...node, inputs: { ...node.inputs, ...Object.fromEntries(edits) } } : node];
      }),
    );
  }
}
