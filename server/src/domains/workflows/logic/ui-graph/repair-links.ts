import { definitionOf, inputDefinitions, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import type { UiCanvas, UiDocument, UiInput, UiNode } from "#domains/workflows/logic/ui-graph/ui-model.ts";
import { widgetLayout } from "#domains/workflows/logic/ui-graph/widget-layout.ts";

/**
 * Files that tools and people write by hand may list a wire in the table of links only, not at the input that it leads
 * to. The input gets it when it has no other; inputs that are not listed at all are those of the class.
 */
export function repairLinks({ root, subgraphs }: UiDocument, definitions: NodeDefinitions): void {
  for (const canvas of [root, ...subgraphs.values()]) repairCanvas(canvas, definitions);
}

function repairCanvas({ nodes, links }: UiCanvas, definitions: NodeDefinitions): void {
  for (const [id, { from, fromSlot, to, toSlot }] of links) {
    const target = nodes.get(to);
    const source = nodes.get(from);
    if (!target || !source) continue;
    if (target.inputs.length === 0) target.inputs = sockets(target, definitions);
    const input = target.inputs[toSlot];
    if (!input || input.link !== null) continue;
    const claims = source.outputs[fromSlot]?.links;
    // An output that lists its wires, but not this one: what is left of a wire that was taken away.
    if (claims == null || claims.includes(id)) input.link = id;
  }
}

function sockets(node: UiNode, definitions: NodeDefinitions): UiInput[] {
  const definition = definitionOf(definitions, node.type);
  if (!definition) return [];
  const widgets = new Set(widgetLayout(definition).flatMap((item) => (item.kind === "widget" ? item.widget.name : [])));
  return inputDefinitions(definition)
    .filter(({ name }) => !widgets.has(name))
    .map(({ name, type }) => ({ name, type, link: null, widgetName: null }));
}
