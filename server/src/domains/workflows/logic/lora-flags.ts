import { type ApiGraph, type ApiNode } from "#domains/workflows/logic/api-graph.ts";
import { passThroughOf } from "#domains/workflows/logic/bypass.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { personalTitle } from "#domains/workflows/logic/node-title.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { LoraGroup } from "#domains/workflows/logic/recipe.ts";
import { strengthInputs } from "#domains/workflows/logic/switches.ts";
import { flagParameter } from "#domains/workflows/logic/virtual-parameter.ts";

type Flags = { loraGroups: LoraGroup[]; flags: WorkflowParameter[] };

/** A flag for each LoRA of a graph that can be taken out of it, but for those that a definition has grouped already. */
export function discoverLoraFlags(
  graph: ApiGraph,
  definitions: NodeDefinitions | undefined,
  grouped: readonly LoraGroup[] = [],
): Flags {
  const known = new Set(grouped.flatMap(({ nodes }) => nodes.map((node) => node.nodeId)));
  const found: Flags = { loraGroups: [], flags: [] };
  const loaders = Object.keys(graph)
    .toSorted(compareNatural)
    .filter((id) => /lora/i.test((graph[id] as ApiNode).class_type) && strengthInputs(graph, id).length > 0);
  for (const [index, nodeId] of loaders.entries()) {
    const passThrough = passThroughOf(graph, nodeId, definitions);
    if (known.has(nodeId) || !passThrough || Object.keys(passThrough).length === 0) continue;
    const key = index === 0 ? "lora_enabled" : `lora_enabled_${index + 1}`;
    const label =
      personalTitle(graph[nodeId] as ApiNode, definitions) ?? (index === 0 ? "Use LoRA" : `Use LoRA ${index + 1}`);
    found.loraGroups.push({ flag: key, nodes: [{ nodeId, strengths: strengthInputs(graph, nodeId), passThrough }] });
    found.flags.push(flagParameter({ key, label, default: true, group: "LoRA" }));
  }
  return found;
}

/**
 * Each flag before the first parameter of its LoRAs; names and strengths of LoRAs are of no use while their group is off.
 */
export function withLoraFlags(
  parameters: readonly WorkflowParameter[],
  groups: readonly LoraGroup[],
  flags: readonly WorkflowParameter[],
): WorkflowParameter[] {
  const left = new Map(flags.map((flag) => [flag.key, flag]));
  const placed = parameters.flatMap((parameter) => {
    const group = groupOf(parameter, groups);
    if (!group) return [parameter];
    const flag = left.get(group.flag);
    left.delete(group.flag);
    const hidden = { ...parameter, ui: { ...parameter.ui, visibleWhen: { key: group.flag, equals: true } } };
    return flag ? [flag, hidden] : [hidden];
  });
  return [...placed, ...left.values()].map((parameter, order) => ({ ...parameter, ui: { ...parameter.ui, order } }));
}

function groupOf({ bindings }: WorkflowParameter, groups: readonly LoraGroup[]): LoraGroup | undefined {
  if (bindings.length === 0) return undefined;
  return groups.find(({ nodes }) => bindings.every(({ nodeId }) => nodes.some((node) => node.nodeId === nodeId)));
}
