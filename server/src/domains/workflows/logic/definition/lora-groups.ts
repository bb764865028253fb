import { passThroughOf } from "#domains/workflows/logic/bypass.ts";
import type { RawDefinition } from "#domains/workflows/logic/definition/definition-schema.ts";
import { labelOf } from "#domains/workflows/logic/definition/declared-parameters.ts";
import { type DefinitionContext, isNode, note } from "#domains/workflows/logic/definition/places.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { LoraGroup } from "#domains/workflows/logic/recipe.ts";
import { strengthInputs } from "#domains/workflows/logic/switches.ts";
import { flagParameter } from "#domains/workflows/logic/virtual-parameter.ts";

/**
 * The LoRA groups of a definition. `enable` names the flag: a declared bool, or one that is made here. Groups without it
 * have a flag of their own name.
 */
export function readLoraGroups(
  context: DefinitionContext,
  raw: RawDefinition["lora_groups"],
  declared: readonly WorkflowParameter[],
): { loraGroups: LoraGroup[]; parameters: WorkflowParameter[] } {
  const named = Array.isArray(raw)
    ? raw.map((each, index) => ({
        name: each.name ?? each.enable ?? `lora_${index + 1}`,
        each,
        path: ["lora_groups", String(index)],
      }))
    : Object.entries(raw).map(([name, each]) => ({ name, each, path: ["lora_groups", name] }));
  const parameters: WorkflowParameter[] = [];
  const loraGroups = named.map(({ name, each, path }): LoraGroup => {
    const flag = each.enable ?? `${name.replaceAll(/\W+/g, "_").toLowerCase()}_enabled`;
    const known = [...declared, ...parameters].find((parameter) => parameter.key === flag);
    if (known && known.type !== "BOOLEAN") {
      note(context, [...path, "enable"], `${path.join(".")}: ${flag} switches the group and must be a bool.`);
    }
    if (!known) {
      parameters.push(
        flagParameter({
          key: flag,
          label: each.label ?? labelOf(name),
          default: each.default ?? true,
          help: each.help,
          group: "LoRA",
        }),
      );
    }
    const nodes = each.nodes.filter((nodeId) => isNode(context, nodeId, [...path, "nodes"]));
    return { flag, nodes: nodes.map((nodeId) => loraNode(context, nodeId)) };
  });
  return { loraGroups, parameters };
}

function loraNode({ graph, definitions }: DefinitionContext, nodeId: string): LoraGroup["nodes"][number] {
  return {
    nodeId,
    strengths: strengthInputs(graph, nodeId),
    passThrough: passThroughOf(graph, nodeId, definitions),
  };
}
