import {
  type ApiGraph,
  type ApiNode,
  consumersOf,
  type GraphLink,
  isLink,
} from "#domains/workflows/logic/api-graph.ts";
import { conditioningRole, type ConditioningRole } from "#domains/workflows/logic/conditioning-inputs.ts";
import {
  definitionOf,
  inputDefinition,
  type NodeDefinition,
  type NodeDefinitions,
  outputNames,
  outputTypes,
} from "#domains/workflows/logic/node-definitions.ts";
import { topologicalOrder } from "#domains/workflows/logic/topological-order.ts";

/** What a conditioning output reaches at the samplers. */
export type Reach = { positive: boolean; negative: boolean };

const positive = 1;
const negative = 2;

/**
 * Which sampler sides each node's outputs reach by the wires. Nodes between encoder and sampler (ControlNet, image to
 * video, combine, set area…) are followed side by side; zeroed conditioning no longer carries the text and counts for
 * nothing. One pass over the graph, consumers before producers.
 */
export function tracePolarity(graph: ApiGraph, definitions?: NodeDefinitions): Map<string, Reach> {
  const consumers = consumersOf(graph);
  const sides = new Map<string, Map<number, number>>();
  for (const id of topologicalOrder(graph).toReversed()) {
    const node = graph[id] as ApiNode;
    const definition = definitionOf(definitions, node.class_type);
    const outputs = conditioningOutputs(node, definition, consumers.get(id) ?? []);
    for (const [inputName, value] of Object.entries(node.inputs)) {
      if (!isLink(value)) continue;
      const reached = sidesThrough(node, inputName, definition, outputs, sides.get(id) ?? new Map());
      if (reached === 0) continue;
      const [fromId, slot] = value;
      const from = sides.get(fromId) ?? new Map<number, number>();
      from.set(slot, (from.get(slot) ?? 0) | reached);
      sides.set(fromId, from);
    }
  }
  return new Map([...sides].map(([id, bySlot]) => [id, asReach(bySlot)]));
}

function asReach(bySlot: ReadonlyMap<number, number>): Reach {
  const all = [...bySlot.values()].reduce((sum, bits) => sum | bits, 0);
  return { positive: (all & positive) !== 0, negative: (all & negative) !== 0 };
}

/** The output slots of a node that carry conditioning on, by the side that they carry. */
type Outputs = { positive: number[]; negative: number[] };

function sidesThrough(
  node: ApiNode,
  inputName: string,
  definition: NodeDefinition | undefined,
  outputs: Outputs,
  reached: ReadonlyMap<number, number>,
): number {
  if (/zero_?out/i.test(node.class_type)) return 0;
  const role = conditioningRole(inputName);
  if (role === null) {
    // A switch or reroute: anything may pass. Where definitions say that it takes something else, it does not.
    const type = inputDefinition(definition, inputName)?.type ?? "*";
    if (type !== "*" && !type.includes("CONDITIONING")) return 0;
    return [...reached.values()].reduce((sum, bits) => sum | bits, 0);
  }
  const through = slotsFor(role, outputs);
  if (through.length > 0) return through.reduce((sum, slot) => sum | (reached.get(slot) ?? 0), 0);
  return sideAtEnd(node, role);
}

function slotsFor(role: ConditioningRole, outputs: Outputs): number[] {
  if (role === "POSITIVE") return outputs.positive;
  if (role === "NEGATIVE") return outputs.negative;
  return [...outputs.positive, ...outputs.negative];
}

/** A node that passes no conditioning on: a sampler or guider, or something else that happens to take conditioning. */
function sideAtEnd(node: ApiNode, role: ConditioningRole): number {
  if (role === "NEGATIVE") return negative;
  if (role === "POSITIVE") return positive;
  return /sampler|guider/i.test(node.class_type) ? positive : 0;
}

/**
 * By output type and name where the class is known; else by which outputs feed inputs named like conditioning.
 * Unnamed ones go by order: the first is positive, the second negative.
 */
function conditioningOutputs(node: ApiNode, definition: NodeDefinition | undefined, consumers: GraphLink[]): Outputs {
  if (definition) {
    const names = outputNames(definition);
    const slots = [...outputTypes(definition).entries()]
      .filter(([, type]) => type === "CONDITIONING")
      .map(([slot]) => slot);
    if (!slots.some((slot) => /^neg/i.test(names[slot] ?? ""))) return byOrder(slots, node);
    return {
      positive: slots.filter((slot) => !/^neg/i.test(names[slot] ?? "")),
      negative: slots.filter((slot) => /^neg/i.test(names[slot] ?? "")),
    };
  }
  const roles = new Map<number, Set<ConditioningRole>>();
  for (const { fromSlot, inputName } of consumers) {
    const role = conditioningRole(inputName);
    if (role) roles.set(fromSlot, (roles.get(fromSlot) ?? new Set()).add(role));
  }
  const slots = [...roles.keys()].toSorted((a, b) => a - b);
  const only = slots[0];
  if (slots.length === 1 && only !== undefined && takesBothSides(node)) {
    const isNegative = roles.get(only)?.has("NEGATIVE") && !roles.get(only)?.has("POSITIVE");
    return isNegative ? { positive: [], negative: [only] } : { positive: [only], negative: [] };
  }
  return byOrder(slots, node);
}

function byOrder(slots: number[], node: ApiNode): Outputs {
  if (slots.length < 2 || !takesBothSides(node)) return { positive: slots, negative: slots };
  return { positive: slots.slice(0, 1), negative: slots.slice(1) };
}

function takesBothSides(node: ApiNode): boolean {
  const roles = Object.keys(node.inputs).map(conditioningRole);
  return roles.includes("POSITIVE") && roles.includes("NEGATIVE");
}
