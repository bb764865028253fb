import {
  type ApiGraph,
  type ApiNode,
  consumersOf,
  inputOf,
  isLink,
  nodeOf,
} from "#domains/workflows/logic/api-graph.ts";
import {
  definitionOf,
  inputDefinition,
  type NodeDefinition,
  type NodeDefinitions,
  outputTypes,
} from "#domains/workflows/logic/node-definitions.ts";
import type { PassThrough } from "#domains/workflows/logic/recipe.ts";
import type { JsonValue } from "#lib/json.ts";

/**
 * The graph without the muted nodes (inputs that they fed are dropped) and without the bypassed ones (inputs that they
 * fed take what the bypassed node took itself, through chains of them).
 */
export function takeOut(
  graph: ApiGraph,
  bypassed: ReadonlyMap<string, PassThrough>,
  muted: ReadonlySet<string>,
): ApiGraph {
  if (bypassed.size === 0 && muted.size === 0) return graph;
  const standIn = (value: JsonValue): JsonValue | undefined => {
    let current: JsonValue | undefined = value;
    // A wire passes each node at most once: graphs have no cycles.
    while (isLink(current)) {
      const [nodeId, output]: [string, number] = current;
      if (muted.has(nodeId)) return undefined;
      const through: string | undefined = bypassed.get(nodeId)?.[String(output)];
      if (!bypassed.has(nodeId)) return current;
      const node = nodeOf(graph, nodeId);
      current = node && through !== undefined ? inputOf(node, through) : undefined;
    }
    return current;
  };
  const kept = Object.entries(graph).filter(([id]) => !bypassed.has(id) && !muted.has(id));
  return Object.fromEntries(kept.map(([id, node]) => [id, rewired(node, standIn)]));
}

function rewired(node: ApiNode, standIn: (value: JsonValue) => JsonValue | undefined): ApiNode {
  let inputs: Record<string, JsonValue> | null = null;
  for (const [name, value] of Object.entries(node.inputs)) {
    if (!isLink(value)) continue;
    const next = standIn(value);
    if (next === value) continue;
    inputs ??= { ...node.inputs };
    if (next === undefined) delete inputs[name];
    else inputs[name] = next;
  }
  return inputs ? { ...node, inputs } : node;
}

/**
 * Which inputs stand in for the outputs of a node that something uses: those of the same type, as ComfyUI bypasses; by
 * name where the class is not known. Null when one output has no stand-in.
 */
export function passThroughOf(graph: ApiGraph, nodeId: string, definitions?: NodeDefinitions): PassThrough | null {
  const node = nodeOf(graph, nodeId);
  if (!node) return null;
  const links = Object.entries(node.inputs).flatMap(([name, value]) => (isLink(value) ? [name] : []));
  const definition = definitionOf(definitions, node.class_type);
  const through: PassThrough = {};
  for (const { fromSlot, inputName } of consumersOf(graph).get(nodeId) ?? []) {
    const standIn = definition
      ? sameType(definition, links, fromSlot)
      : (byConvention(node, links, fromSlot) ?? sameName(links, inputName));
    if (standIn === null) return null;
    through[String(fromSlot)] = standIn;
  }
  return through;
}

function sameType(definition: NodeDefinition, links: string[], output: number): string | null {
  const types = outputTypes(definition);
  const type = types[output];
  if (type === undefined) return null;
  const candidates = links.filter((name) => inputDefinition(definition, name)?.type.split(",").includes(type));
  const position = types.slice(0, output).filter((each) => each === type).length;
  return candidates[position] ?? candidates[0] ?? null;
}

/** LoRA loaders everywhere give the model first, then the text encoder. */
function byConvention(node: ApiNode, links: string[], output: number): string | null {
  const name = /lora/i.test(node.class_type) ? ["model", "clip"][output] : undefined;
  return name !== undefined && links.includes(name) ? name : null;
}

/** Names under which nodes hand the same kind of thing on. */
const kinds = [
  ["image", "images", "pixels"],
  ["samples", "latent", "latent_image"],
  ["conditioning", "positive"],
  ["mask", "masks"],
];

function sameName(links: string[], consumer: string): string | null {
  if (links.includes(consumer)) return consumer;
  const kind = kinds.find((names) => names.includes(consumer)) ?? [];
  return links.find((name) => kind.includes(name)) ?? null;
}
