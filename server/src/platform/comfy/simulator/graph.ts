import { createHash } from "node:crypto";
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import type { ImageStore } from "./image-store.ts";
import type { NodeDefinition } from "./node-definition.ts";

export type Link = readonly [nodeId: string, slot: number];

/** A two-element list is always a link. */
export function asLink(value: JsonValue | undefined): Link | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [nodeId, slot] = value;
  return typeof nodeId === "string" && typeof slot === "number" ? [nodeId, slot] : undefined;
}

export function nodeOf(graph: JsonObject, id: string): { classType: string; inputs: JsonObject } {
  const node = graph[id];
  const inputs = isJsonObject(node) ? node["inputs"] : undefined;
  const classType = isJsonObject(node) ? node["class_type"] : undefined;
  return { classType: typeof classType === "string" ? classType : "", inputs: isJsonObject(inputs) ? inputs : {} };
}

/** Ids of the nodes that these outputs need, each after what it needs itself. The graph is known to have no cycle. */
export function executionOrder(graph: JsonObject, outputs: readonly string[]): string[] {
  const order = new Set<string>();
  const visit = (id: string) => {
    if (order.has(id)) return;
    for (const value of Object.values(nodeOf(graph, id).inputs)) {
      const link = asLink(value);
      if (link !== undefined && Object.hasOwn(graph, link[0])) visit(link[0]);
    }
    order.add(id);
  };
  for (const id of outputs) visit(id);
  return [...order];
}

/**
 * A text per node that is equal exactly when the result would be: class, inputs, and everything upstream,
 * whatever the ids. `order` must list every node after what it needs.
 */
export async function signatures(
  graph: JsonObject,
  order: readonly string[],
  definitions: ReadonlyMap<string, NodeDefinition>,
  store: ImageStore,
): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (const id of order) {
    const { classType, inputs } = nodeOf(graph, id);
    const resolved: JsonObject = {};
    for (const [name, value] of Object.entries(inputs)) {
      const link = asLink(value);
      resolved[name] = link === undefined ? value : { from: known.get(link[0]) ?? link[0], slot: link[1] };
    }
    const changing = await definitions.get(classType)?.fingerprint?.(inputs, store);
    const text = canonicalJson([classType, resolved, changing ?? null]);
    known.set(id, createHash("sha1").update(text).digest("base64"));
  }
  return known;
}
