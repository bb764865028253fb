import type { JsonObject, JsonValue } from "#lib/json.ts";

/** An input slot of a node in the editor. `widgetName` is set when the slot stands for a widget (a literal). */
export type UiInput = { name: string; type: string; link: string | null; widgetName: string | null };

/** `links` is null when the file does not list the wires of the output. */
export type UiOutput = { name: string; type: string; links: string[] | null };

/** What the editor keeps of a node, as far as it decides what runs. */
export type UiNode = {
  id: string;
  type: string;
  title: string | null;
  mode: number;
  inputs: UiInput[];
  outputs: UiOutput[];
  /** Literals in the order of the widgets, or by name; null when the file has none. */
  values: JsonValue[] | JsonObject | null;
  /** The newest editors also write the literals by name. */
  namedValues: JsonObject | null;
  properties: JsonObject;
};

export type UiLink = { from: string; fromSlot: number; to: string; toSlot: number };

/** The canvas itself, or the inside of a subgraph. */
export type UiCanvas = {
  nodes: Map<string, UiNode>;
  links: Map<string, UiLink>;
};

/** A canvas that can stand as one node in another. */
export type UiSubgraph = UiCanvas & {
  id: string;
  name: string;
  inputs: { name: string; type: string }[];
  /** `link` is the one that ends here; files may hold more, left over from editing. */
  outputs: { name: string; type: string; link: string | null }[];
  /**
   * Group nodes, the forerunners of subgraphs, list the literals of all inner widgets on the instance, those of
   * `hiddenWidgets` apart. Null for subgraphs, which name what they show.
   */
  group: { hiddenWidgets: ReadonlySet<string> } | null;
};

export type UiDocument = { root: UiCanvas; subgraphs: Map<string, UiSubgraph> };

/** Node ids under which the links of a subgraph name its own inputs and outputs. */
export const subgraphInputId = "-10";
export const subgraphOutputId = "-20";

export const nodeModes = { muted: 2, bypassed: 4 } as const;

/** Key of a widget inside a subgraph. */
export function widgetKey(nodeId: string, widgetName: string): string {
  return JSON.stringify([nodeId, widgetName]);
}

/** How messages name a node: what a person sees and what can be searched in the file. */
export function nameNode(node: UiNode, id: string = node.id): string {
  return node.title && node.title !== node.type ? `${id} (${node.type}, "${node.title}")` : `${id} (${node.type})`;
}
