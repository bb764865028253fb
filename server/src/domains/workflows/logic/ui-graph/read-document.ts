import { readGroupNodes } from "#domains/workflows/logic/ui-graph/group-nodes.ts";
import { keyOf, readLinks, readNodes } from "#domains/workflows/logic/ui-graph/read-canvas.ts";
import {
  subgraphInputId,
  subgraphOutputId,
  type UiDocument,
  type UiSubgraph,
} from "#domains/workflows/logic/ui-graph/ui-model.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** Reads the editor's file. Tolerant: whatever does not decide what runs may be missing or odd. */
export function readDocument(root: JsonObject): UiDocument {
  const canvas = { nodes: readNodes(root.nodes), links: readLinks(root.links) };
  const definitions = isJsonObject(root.definitions) ? root.definitions.subgraphs : undefined;
  const subgraphs = new Map<string, UiSubgraph>();
  for (const item of Array.isArray(definitions) ? definitions : []) {
    const subgraph = isJsonObject(item) ? readSubgraph(item) : null;
    if (subgraph) subgraphs.set(subgraph.id, subgraph);
  }
  for (const group of readGroupNodes(isJsonObject(root.extra) ? root.extra.groupNodes : undefined)) {
    for (const separator of ["/", ">"]) subgraphs.set(`workflow${separator}${group.name}`, group);
  }
  return { root: canvas, subgraphs };
}

function readSubgraph(item: JsonObject): UiSubgraph | null {
  if (typeof item.id !== "string") return null;
  return {
    id: item.id,
    name: typeof item.name === "string" ? item.name : item.id,
    nodes: readNodes(item.nodes),
    links: readLinks(item.links, {
      [idOf(item.inputNode) ?? subgraphInputId]: subgraphInputId,
      [idOf(item.outputNode) ?? subgraphOutputId]: subgraphOutputId,
    }),
    inputs: readSlots(item.inputs),
    outputs: readSlots(item.outputs).map((slot, index) => ({ ...slot, link: linkOf(item.outputs, index) })),
    group: null,
  };
}

function idOf(node: JsonValue | undefined): string | null {
  return isJsonObject(node) ? keyOf(node.id) : null;
}

function linkOf(outputs: JsonValue | undefined, index: number): string | null {
  const output = Array.isArray(outputs) ? outputs[index] : undefined;
  const ids = isJsonObject(output) ? output.linkIds : undefined;
  return Array.isArray(ids) ? keyOf(ids[0]) : null;
}

function readSlots(value: JsonValue | undefined): { name: string; type: string }[] {
  return (Array.isArray(value) ? value : []).map((slot) => ({
    name: isJsonObject(slot) && typeof slot.name === "string" ? slot.name : "",
    type: isJsonObject(slot) && typeof slot.type === "string" ? slot.type : "*",
  }));
}
