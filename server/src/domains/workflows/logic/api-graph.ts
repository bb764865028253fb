import type { JsonValue } from "#lib/json.ts";

/** A node as ComfyUI's `POST /prompt` takes it. Keys that we do not know are kept as they are. */
export type ApiNode = { class_type: string; inputs: Record<string, JsonValue>; _meta?: { title?: string } };

/** A runnable graph: node id (any text, also "57:8") to node. */
export type ApiGraph = Record<string, ApiNode>;

/** One wire: output `fromSlot` of node `fromId` feeds input `inputName` of node `toId`. */
export type GraphLink = { fromId: string; fromSlot: number; toId: string; inputName: string };

/** ComfyUI reads every list of two as a link `[node id, output number]`. */
export function isLink(value: JsonValue | undefined): value is [string, number] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && typeof value[1] === "number";
}

/** The node with this id, safe against ids such as "constructor". */
export function nodeOf(graph: ApiGraph, id: string): ApiNode | undefined {
  return Object.hasOwn(graph, id) ? graph[id] : undefined;
}

/** The value of an input, safe against names such as "constructor". */
export function inputOf(node: ApiNode, inputName: string): JsonValue | undefined {
  return Object.hasOwn(node.inputs, inputName) ? node.inputs[inputName] : undefined;
}

/** The title on the node in the editor, or null. */
export function titleOf(node: ApiNode): string | null {
  const title: unknown = node._meta?.title;
  return typeof title === "string" && title.trim() !== "" ? title.trim() : null;
}

/** All wires of the graph, in the order of nodes and inputs. */
export function linksOf(graph: ApiGraph): GraphLink[] {
  const links: GraphLink[] = [];
  for (const [toId, node] of Object.entries(graph)) {
    for (const [inputName, value] of Object.entries(node.inputs)) {
      if (isLink(value)) links.push({ fromId: value[0], fromSlot: value[1], toId, inputName });
    }
  }
  return links;
}

/** Wires by the node that they come from. */
export function consumersOf(graph: ApiGraph): Map<string, GraphLink[]> {
  const consumers = new Map<string, GraphLink[]>();
  for (const link of linksOf(graph)) {
    const known = consumers.get(link.fromId);
    if (known) known.push(link);
    else consumers.set(link.fromId, [link]);
  }
  return consumers;
}
