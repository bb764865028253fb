import { definitionOf, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { alignValues } from "#domains/workflows/logic/ui-graph/align-values.ts";
import { keyOf } from "#domains/workflows/logic/ui-graph/read-canvas.ts";
import {
  subgraphInputId,
  type UiNode,
  type UiSubgraph,
  widgetKey,
} from "#domains/workflows/logic/ui-graph/ui-model.ts";
import { isSeedName, type LayoutItem } from "#domains/workflows/logic/ui-graph/widget-layout.ts";
import { layoutOfNode } from "#domains/workflows/logic/ui-graph/widget-values.ts";
import type { JsonValue } from "#lib/json.ts";

/** What an instance of a subgraph sets inside: by number of the subgraph's input, and by inner widget (`widgetKey`). */
export type InstanceValues = { slots: Map<number, JsonValue>; widgets: Map<string, JsonValue> };

/**
 * Literals that people see on the instance. Editors have kept them in three ways: in the order of the instance's
 * inputs that are widgets; beside `proxyWidgets`, a list of [inner node, widget], where "-1" is an input of the
 * instance itself; and, for group nodes, in the order of all inner widgets. `outer` is what is set from further out.
 */
export function instanceValues(
  node: UiNode,
  subgraph: UiSubgraph,
  outer: InstanceValues,
  definitions: NodeDefinitions,
): InstanceValues {
  const result: InstanceValues = { slots: new Map(), widgets: new Map() };
  const values = Array.isArray(node.values) ? node.values : [];
  const proxies = proxyWidgets(node);
  if (subgraph.group) addGroupValues(result, subgraph, values, definitions);
  else if (proxies.length > 0) addProxyValues(result, subgraph, proxies, values);
  else addSlotValues(result, node, subgraph, values);
  for (const [name, value] of Object.entries(node.namedValues ?? {})) {
    const slot = subgraph.inputs.findIndex((input) => input.name === name);
    if (slot !== -1 && value !== null) result.slots.set(slot, value);
  }
  addOuterValues(result, node, subgraph, proxies, outer);
  return result;
}

/** The number of the subgraph's input that an input of its instance stands for. */
export function slotOfInput(node: UiNode, subgraph: UiSubgraph, index: number): number {
  if (subgraph.group) return index;
  const name = node.inputs[index]?.name;
  const slot = subgraph.inputs.findIndex((input) => input.name === name);
  return slot === -1 ? index : slot;
}

/** The input of the instance that stands for an input of its subgraph, -1 when it has none. */
export function inputOfSlot(node: UiNode, subgraph: UiSubgraph, slot: number): number {
  if (subgraph.group) return slot < node.inputs.length ? slot : -1;
  const name = subgraph.inputs[slot]?.name;
  const index = node.inputs.findIndex((input) => input.name === name);
  if (index !== -1) return index;
  // An input that the subgraph knows under another name belongs to that one.
  const same = node.inputs[slot];
  return same && !subgraph.inputs.some((input) => input.name === same.name) ? slot : -1;
}

type Proxy = { nodeId: string; widgetName: string };

function proxyWidgets(node: UiNode): Proxy[] {
  const list = node.properties.proxyWidgets;
  return (Array.isArray(list) ? list : []).flatMap((entry) => {
    const [id, name] = Array.isArray(entry) ? entry : [];
    const nodeId = keyOf(id);
    // Widgets of nested subgraphs were once written as "12: seed".
    return nodeId !== null && typeof name === "string"
      ? [{ nodeId, widgetName: name.replace(/^(\s*\d+\s*:\s*)+/, "") }]
      : [];
  });
}

function addProxyValues(
  result: InstanceValues,
  subgraph: UiSubgraph,
  proxies: Proxy[],
  values: readonly JsonValue[],
): void {
  for (const [index, { nodeId, widgetName }] of proxies.entries()) {
    const value = values[index];
    if (value === undefined || value === null) continue;
    const slot =
      nodeId === "-1"
        ? subgraph.inputs.findIndex(({ name }) => name === widgetName)
        : slotInto(subgraph, nodeId, widgetName);
    if (slot !== -1) result.slots.set(slot, value);
    else if (nodeId !== "-1") result.widgets.set(widgetKey(nodeId, widgetName), value);
  }
}

/** The subgraph's input that feeds an inner widget, or -1. */
function slotInto(subgraph: UiSubgraph, nodeId: string, widgetName: string): number {
  const input = subgraph.nodes.get(nodeId)?.inputs.find((each) => each.widgetName === widgetName);
  const link = input?.link ? subgraph.links.get(input.link) : undefined;
  return link?.from === subgraphInputId ? link.fromSlot : -1;
}

function addSlotValues(result: InstanceValues, node: UiNode, subgraph: UiSubgraph, values: readonly JsonValue[]): void {
  const feeds = widgetsBySlot(subgraph);
  const listed = node.inputs.flatMap((input, index) =>
    input.widgetName === null ? [] : slotOfInput(node, subgraph, index),
  );
  // Files leave out inputs without a wire: then the order is that of the subgraph.
  const isComplete = [...feeds.keys()].every((slot) => listed.includes(slot));
  const slots = isComplete ? listed : subgraph.inputs.flatMap((_, slot) => (feeds.has(slot) ? slot : []));
  // Some editors wrote the control behind seeds here too.
  const hasControls = values.length > slots.length;
  let next = 0;
  for (const slot of slots) {
    const value = values[next++];
    if (value !== undefined && value !== null) result.slots.set(slot, value);
    if (hasControls && isSeedName(feeds.get(slot) ?? "")) next++;
  }
}

function widgetsBySlot(subgraph: UiSubgraph): Map<number, string> {
  const names = new Map<number, string>();
  for (const link of subgraph.links.values()) {
    if (link.from !== subgraphInputId) continue;
    const name = subgraph.nodes.get(link.to)?.inputs[link.toSlot]?.widgetName;
    if (name != null && !names.has(link.fromSlot)) names.set(link.fromSlot, name);
  }
  return names;
}

type GroupItem = LayoutItem & { nodeId: string };

function addGroupValues(
  result: InstanceValues,
  subgraph: UiSubgraph,
  values: readonly JsonValue[],
  definitions: NodeDefinitions,
): void {
  const layout = [...subgraph.nodes.values()].flatMap((node): GroupItem[] => {
    const items =
      node.type === "PrimitiveNode" ? primitiveLayout : layoutOfNode(node, definitionOf(definitions, node.type));
    const converted = new Set(node.inputs.flatMap((input) => input.widgetName ?? []));
    return items
      .filter(
        (item) =>
          item.kind !== "widget" ||
          !(converted.has(item.widget.name) || subgraph.group?.hiddenWidgets.has(widgetKey(node.id, item.widget.name))),
      )
      .map((item) => ({ ...item, nodeId: node.id }));
  });
  for (const { item, widget, value, isGiven } of alignValues(layout, values)) {
    if (isGiven) result.widgets.set(widgetKey(item.nodeId, widget.name), value);
  }
}

const primitiveLayout: LayoutItem[] = [
  { kind: "widget", widget: { name: "value", type: "*", options: {}, choices: null } },
  { kind: "control" },
];

/** What an outer instance shows of this one wins over what this one says itself. */
function addOuterValues(
  result: InstanceValues,
  node: UiNode,
  subgraph: UiSubgraph,
  proxies: Proxy[],
  outer: InstanceValues,
): void {
  const set = (name: string): JsonValue | undefined => outer.widgets.get(widgetKey(node.id, name));
  for (const [slot, { name }] of subgraph.inputs.entries()) {
    const value = set(name);
    if (value !== undefined) result.slots.set(slot, value);
  }
  for (const { nodeId, widgetName } of proxies) {
    const value = set(widgetName);
    if (value !== undefined && nodeId !== "-1") result.widgets.set(widgetKey(nodeId, widgetName), value);
  }
}
