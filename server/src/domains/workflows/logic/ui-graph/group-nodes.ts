import { keyOf, readNode, slotOf } from "#domains/workflows/logic/ui-graph/read-canvas.ts";
import {
  subgraphInputId,
  subgraphOutputId,
  type UiInput,
  type UiLink,
  type UiNode,
  type UiSubgraph,
  widgetKey,
} from "#domains/workflows/logic/ui-graph/ui-model.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** Group nodes of older editors (`extra.groupNodes`) in the shape of subgraphs. Inner ids are positions: `12:0`. */
export function readGroupNodes(value: JsonValue | undefined): UiSubgraph[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, group]) => (isJsonObject(group) ? readGroup(name, group) : []));
}

type FreeSlot = { node: UiNode; index: number; input: UiInput };

function readGroup(name: string, group: JsonObject): UiSubgraph {
  const nodes = readInnerNodes(group.nodes);
  const config = isJsonObject(group.config) ? group.config : {};
  const links = new Map<string, UiLink>();
  const usedOutputs = new Set<string>();
  for (const link of Array.isArray(group.links) ? group.links : []) {
    const [from, fromSlot, to, toSlot] = Array.isArray(link) ? link : [];
    const [fromId, toId] = [keyOf(from), keyOf(to)];
    // Links from outside have no source here; their slots are found as free ones.
    const input = toId === null ? undefined : nodes.get(toId)?.inputs[slotOf(toSlot)];
    if (fromId === null || toId === null || !input) continue;
    input.link = `inner ${links.size}`;
    links.set(input.link, { from: fromId, fromSlot: slotOf(fromSlot), to: toId, toSlot: slotOf(toSlot) });
    usedOutputs.add(widgetKey(fromId, String(slotOf(fromSlot))));
  }
  const slots = freeSlots(nodes, config);
  for (const [slot, { node, index, input }] of slots.entries()) {
    input.link = `outer ${slot}`;
    links.set(input.link, { from: subgraphInputId, fromSlot: slot, to: node.id, toSlot: index });
  }
  const outputs = shownOutputs(nodes, config, usedOutputs, externalOutputs(group.external));
  for (const [slot, { nodeId, index }] of outputs.entries()) {
    links.set(`out ${slot}`, { from: nodeId, fromSlot: index, to: subgraphOutputId, toSlot: slot });
  }
  return {
    id: `group ${name}`,
    name,
    nodes,
    links,
    inputs: slots.map(({ input }) => ({ name: input.name, type: input.type })),
    outputs: outputs.map(({ name: outputName, type }, slot) => ({ name: outputName, type, link: `out ${slot}` })),
    group: { hiddenWidgets: hiddenWidgets(config) },
  };
}

function readInnerNodes(value: JsonValue | undefined): Map<string, UiNode> {
  const nodes = new Map<string, UiNode>();
  for (const [position, item] of (Array.isArray(value) ? value : []).entries()) {
    if (!isJsonObject(item)) continue;
    const node = readNode({ ...item, id: item.index ?? position });
    if (!node) continue;
    for (const input of node.inputs) input.link = null;
    nodes.set(node.id, node);
  }
  return nodes;
}

/** Inputs that nothing inside feeds, in the order in which the editor gave them to the group: converted widgets last. */
function freeSlots(nodes: Map<string, UiNode>, config: JsonObject): FreeSlot[] {
  const free = [...nodes.values()].flatMap((node) =>
    node.inputs.flatMap((input, index) =>
      input.link === null && isVisible(config, node.id, "input", input.name) !== false ? [{ node, index, input }] : [],
    ),
  );
  return [
    ...free.filter(({ input }) => input.widgetName === null),
    ...free.filter(({ input }) => input.widgetName !== null),
  ];
}

/** Outputs that nothing inside uses, and those that are used outside too. */
function shownOutputs(nodes: Map<string, UiNode>, config: JsonObject, used: Set<string>, external: Set<string>) {
  return [...nodes.values()].flatMap((node) =>
    node.outputs.flatMap(({ name, type }, index) => {
      const key = widgetKey(node.id, String(index));
      const isShown = isVisible(config, node.id, "output", String(index)) ?? (!used.has(key) || external.has(key));
      return isShown ? [{ nodeId: node.id, index, name, type }] : [];
    }),
  );
}

/** `[node or its position, slot, type]`. */
function externalOutputs(value: JsonValue | undefined): Set<string> {
  const keys = (Array.isArray(value) ? value : []).flatMap((item) => {
    const [node, slot] = Array.isArray(item) ? item : [];
    const id = keyOf(isJsonObject(node) ? node.index : node);
    return id === null ? [] : widgetKey(id, String(slotOf(slot)));
  });
  return new Set(keys);
}

function isVisible(config: JsonObject, nodeId: string, side: "input" | "output", name: string): boolean | null {
  const ofNode = Object.hasOwn(config, nodeId) ? config[nodeId] : undefined;
  const ofSide = isJsonObject(ofNode) ? ofNode[side] : undefined;
  const entry = isJsonObject(ofSide) && Object.hasOwn(ofSide, name) ? ofSide[name] : undefined;
  return isJsonObject(entry) && typeof entry.visible === "boolean" ? entry.visible : null;
}

function hiddenWidgets(config: JsonObject): Set<string> {
  const hidden = new Set<string>();
  for (const [nodeId, entry] of Object.entries(config)) {
    const inputs = isJsonObject(entry) && isJsonObject(entry.input) ? entry.input : {};
    for (const [name, { visible }] of Object.entries(inputs).filter((pair): pair is [string, JsonObject] =>
      isJsonObject(pair[1]),
    )) {
      if (visible === false) hidden.add(widgetKey(nodeId, name));
    }
  }
  return hidden;
}
