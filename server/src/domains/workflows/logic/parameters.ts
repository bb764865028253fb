import { type ApiGraph, type ApiNode } from "#domains/workflows/logic/api-graph.ts";
import { loaderInput } from "#domains/workflows/logic/media-nodes.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import { definitionOf, inputDefinition, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { describeParameter, type FoundInput } from "#domains/workflows/logic/describe-parameter.ts";
import { loaderRules, parameterRules, ruleFor, type ParameterRule } from "#domains/workflows/logic/parameter-rules.ts";
import { isScalar, type Scalar, traceLiteral } from "#domains/workflows/logic/trace-literal.ts";
import type { JsonValue } from "#lib/json.ts";

const ruleOrder = new Map<ParameterRule, number>(
  [...Object.values<ParameterRule>(loaderRules), ...parameterRules].map((rule, index) => [rule, index]),
);

/**
 * The parameters of a graph. Keys: the rule's key (`steps`), and `steps_2`, `steps_3`… where the rule finds inputs that
 * do not belong together, in natural order of node id (nodes that set the size or length of what is made first).
 * Prompt slots are not parameters and are left out.
 */
export function discoverParameters(
  graph: ApiGraph,
  definitions: NodeDefinitions | undefined,
  slots: readonly ParameterBinding[],
): WorkflowParameter[] {
  const slotInputs = new Set(slots.map(bindingId));
  const found = findInputs(graph, definitions).filter(({ binding }) => !slotInputs.has(bindingId(binding)));
  const parameters: WorkflowParameter[] = [];
  for (const [rule, inputs] of groupBy(found, (input) => input.rule)) {
    for (const [index, group] of together(rule, inputs).entries()) {
      parameters.push(describeParameter(rule, group, index, parameters.length));
    }
  }
  return parameters;
}

function findInputs(graph: ApiGraph, definitions: NodeDefinitions | undefined): FoundInput[] {
  const found: FoundInput[] = [];
  const taken = new Set<string>();
  for (const nodeId of Object.keys(graph).toSorted(compareNatural)) {
    const node = graph[nodeId] as ApiNode;
    const loader = loaderInput(node);
    for (const [inputName, value] of Object.entries(node.inputs)) {
      const rule = loader?.inputName === inputName ? loaderRules[loader.kind] : ruleFor(node, inputName);
      const target = rule && writableAt(graph, nodeId, inputName, value);
      if (!target || !fits(rule, target.value) || taken.has(bindingId(target.binding))) continue;
      const definition = inputDefinition(definitionOf(definitions, node.class_type), inputName);
      // A number of its own kind under a seed's name, such as an LLM's 31-bit seed: our seeds would not fit.
      if (rule.type === "SEED" && definition?.max != null && definition.max < Number.MAX_SAFE_INTEGER) continue;
      taken.add(bindingId(target.binding));
      found.push({ rule, binding: target.binding, value: withoutNoise(target.value), definition, node });
    }
  }
  return found.toSorted((a, b) => order(a) - order(b));
}

/** The editor's sliders leave 16.000000000000004 behind where people meant 16. */
function withoutNoise(value: Scalar): Scalar {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value;
}

/** By rule; within size and length, the nodes that make latents before masks and the like. */
function order({ rule, node }: FoundInput): number {
  const decidesSize = /latent|to_?video/i.test(node.class_type);
  return (ruleOrder.get(rule) ?? 0) * 2 + (decidesSize ? 0 : 1);
}

/** Where the value is written, and what it is now; null when it is computed. */
function writableAt(
  graph: ApiGraph,
  nodeId: string,
  inputName: string,
  value: JsonValue,
): { binding: ParameterBinding; value: Scalar } | null {
  if (isScalar(value)) return { binding: { nodeId, inputName }, value };
  const literal = traceLiteral(graph, value);
  return literal && { binding: { nodeId: literal.nodeId, inputName: literal.inputName }, value: literal.value };
}

function fits(rule: ParameterRule, value: Scalar): boolean {
  if (rule.type === "SEED") return typeof value === "bigint" || (Number.isInteger(value) && Number(value) >= 0);
  if (rule.type === "INT" || rule.type === "FLOAT") return typeof value === "number";
  if (rule.type === "SELECT") return true;
  return typeof value === "string";
}

/** The inputs of one rule, split into those that one parameter binds. */
function together(rule: ParameterRule, inputs: FoundInput[]): FoundInput[][] {
  if (rule.share === "all") return [inputs];
  if (rule.share === "none") return inputs.map((input) => [input]);
  return [...groupBy(inputs, (input) => input.value).values()];
}

function groupBy<T, K>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function bindingId({ nodeId, inputName }: ParameterBinding): string {
  return JSON.stringify([nodeId, inputName]);
}
