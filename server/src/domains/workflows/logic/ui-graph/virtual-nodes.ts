import { definitionOf, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import type { UiNode } from "#domains/workflows/logic/ui-graph/ui-model.ts";

/**
 * What a node that exists in the editor only does to the graph: says something to people ("note"), hands its input on
 * ("reroute"), holds a literal ("primitive"), stores or reads a wire under a name ("set", "get").
 */
export type VirtualKind = "note" | "reroute" | "primitive" | "set" | "get";

const kinds = new Map<string, VirtualKind>([
  ["Note", "note"],
  ["MarkdownNote", "note"],
  ["Reroute", "reroute"],
  ["PrimitiveNode", "primitive"],
]);

/** Nodes of widely used extensions that have no counterpart on the machine. */
const extensionKinds: readonly [RegExp, VirtualKind][] = [
  [/^(easy )?set ?node$/i, "set"],
  [/^(easy )?get ?node$/i, "get"],
  [/reroute/i, "reroute"],
  [
    /^(note|label|bookmark)\b|^(fast (groups )?(muter|bypasser)|mute \/ bypass|random unmuter|node collector|fast actions button)/i,
    "note",
  ],
];

/** Null for nodes that run. A class that the machine defines runs, whatever its name, the editor's own apart. */
export function virtualKind(node: UiNode, definitions: NodeDefinitions): VirtualKind | null {
  const own = kinds.get(node.type);
  if (own !== undefined) return own;
  if (definitionOf(definitions, node.type)) return null;
  return extensionKinds.find(([pattern]) => pattern.test(node.type))?.[1] ?? null;
}

/** The name under which a set or get node keeps its wire. */
export function wireName(node: UiNode): string | null {
  const value = Array.isArray(node.values) ? node.values[0] : undefined;
  if (typeof value === "string" && value !== "") return value;
  const previous = node.properties.previousName;
  return typeof previous === "string" && previous !== "" ? previous : null;
}
