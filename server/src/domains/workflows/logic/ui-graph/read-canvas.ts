import type { UiInput, UiLink, UiNode } from "#domains/workflows/logic/ui-graph/ui-model.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** Nodes by id; things in the list that are no nodes are left out. */
export function readNodes(value: JsonValue | undefined): Map<string, UiNode> {
  const nodes = new Map<string, UiNode>();
  for (const item of Array.isArray(value) ? value : []) {
    const node = isJsonObject(item) ? readNode(item) : null;
    if (node) nodes.set(node.id, node);
  }
  return nodes;
}

export function readNode(item: JsonObject): UiNode | null {
  const id = keyOf(item.id);
  if (id === null || typeof item.type !== "string" || item.type === "") return null;
  const { widgets_values: values, widgets_values_named: named } = item;
  return {
    id,
    type: item.type,
    title: typeof item.title === "string" && item.title.trim() !== "" ? item.title : null,
    mode: typeof item.mode === "number" ? item.mode : 0,
    inputs: (Array.isArray(item.inputs) ? item.inputs : []).map(readInput),
    outputs: (Array.isArray(item.outputs) ? item.outputs : []).map((output) => ({
      name: isJsonObject(output) && typeof output.name === "string" ? output.name : "",
      type: isJsonObject(output) ? typeOf(output.type) : "*",
      links: isJsonObject(output) && Array.isArray(output.links) ? output.links.flatMap((id) => keyOf(id) ?? []) : null,
    })),
    values: Array.isArray(values) || isJsonObject(values) ? values : null,
    namedValues: isJsonObject(named) ? named : null,
    properties: isJsonObject(item.properties) ? item.properties : {},
  };
}

/**
 * Links by id, in both forms in which editors write them: `[id, from, fromSlot, to, toSlot, type]` and objects.
 * `aliases` renames node ids.
 */
export function readLinks(
  value: JsonValue | undefined,
  aliases: Readonly<Record<string, string>> = {},
): Map<string, UiLink> {
  const links = new Map<string, UiLink>();
  const items = isJsonObject(value) ? Object.values(value) : Array.isArray(value) ? value : [];
  for (const item of items) {
    const [id, from, fromSlot, to, toSlot] = Array.isArray(item)
      ? item
      : isJsonObject(item)
        ? [item.id, item.origin_id, item.origin_slot, item.target_id, item.target_slot]
        : [];
    const key = keyOf(id);
    const fromId = keyOf(from);
    if (key === null || fromId === null) continue;
    const toId = keyOf(to) ?? "";
    links.set(key, {
      from: alias(aliases, fromId),
      fromSlot: slotOf(fromSlot),
      to: alias(aliases, toId),
      toSlot: slotOf(toSlot),
    });
  }
  return links;
}

export function keyOf(value: JsonValue | undefined): string | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint" ? String(value) : null;
}

function alias(aliases: Readonly<Record<string, string>>, id: string): string {
  return Object.hasOwn(aliases, id) ? (aliases[id] as string) : id;
}

/** A slot's number, 0 for what is none. Some tools write it as text. */
export function slotOf(value: JsonValue | undefined): number {
  const slot = Number(keyOf(value));
  return Number.isInteger(slot) && slot >= 0 ? slot : 0;
}

function readInput(input: JsonValue): UiInput {
  if (!isJsonObject(input)) return { name: "", type: "*", link: null, widgetName: null };
  const name = typeof input.name === "string" ? input.name : "";
  const widget = isJsonObject(input.widget) ? input.widget.name : undefined;
  return {
    name,
    type: typeOf(input.type),
    link: keyOf(input.link),
    widgetName: isJsonObject(input.widget) ? (typeof widget === "string" ? widget : name) : null,
  };
}

/** Old files write combos as the list of their values, and events as -1. */
function typeOf(type: JsonValue | undefined): string {
  if (Array.isArray(type)) return "COMBO";
  return typeof type === "string" ? type : "*";
}
