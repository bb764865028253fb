import { type ApiGraph, inputOf, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import type { RawPlace } from "#domains/workflows/logic/definition/definition-schema.ts";
import { nearestNames } from "#domains/workflows/logic/nearest-names.ts";
import { definitionOf, inputDefinition, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import type { ParameterBinding } from "#domains/workflows/logic/parameter.ts";
import type { SourceIssue } from "#domains/workflows/logic/workflow-source-error.ts";

/** What a definition is read against, and where its mistakes are gathered. */
export type DefinitionContext = {
  graph: ApiGraph;
  definitions: NodeDefinitions | undefined;
  issues: SourceIssue[];
  warnings: string[];
};

/** Notes a mistake. @returns nothing, for use as a value */
export function note({ issues }: DefinitionContext, path: string[], message: string): void {
  issues.push({ path, message });
}

/**
 * The inputs that places name. Several fields with several nodes mean each field on each node that has it; every node and
 * every field must come to at least one input. Without fields the first usual one that the node has.
 */
export function bindingsOf(
  context: DefinitionContext,
  places: readonly RawPlace[],
  usual: readonly string[],
  path: string[],
): ParameterBinding[] {
  return places.flatMap((place) => {
    const { nodes, fields } = readPlace(context.graph, place);
    if (nodes.length === 0) {
      note(context, path, `${path.join(".")}: name the node, or nodes, that it goes to.`);
      return [];
    }
    const known = nodes.filter((nodeId) => isNode(context, nodeId, path));
    const found = known.flatMap((nodeId) => {
      const has = fields
        ? fields.filter((field) => hasInput(context, nodeId, field))
        : usual.filter((field) => hasInput(context, nodeId, field)).slice(0, 1);
      if (has.length === 0) refuseInput(context, nodeId, fields ?? usual, path);
      return has.map((inputName) => ({ nodeId, inputName }));
    });
    const lost = fields?.filter((field) => !found.some(({ inputName }) => inputName === field)) ?? [];
    if (found.length > 0 && known.length === nodes.length && lost.length > 0) {
      note(context, path, `${path.join(".")}: none of node ${nodes.join(", ")} has an input ${lost.join(", ")}.`);
    }
    return found;
  });
}

function readPlace(graph: ApiGraph, place: RawPlace): { nodes: string[]; fields: string[] | null } {
  if (typeof place !== "string") {
    const fields = [...(place.field === undefined ? [] : [place.field]), ...(place.fields ?? [])];
    const nodes = [...(place.node === undefined ? [] : [place.node]), ...(place.nodes ?? [])];
    return { nodes, fields: fields.length > 0 ? fields : null };
  }
  const dot = place.lastIndexOf(".");
  if (nodeOf(graph, place) || dot < 1) return { nodes: [place], fields: null };
  return { nodes: [place.slice(0, dot)], fields: [place.slice(dot + 1)] };
}

/** Whether there is such a node; if not, that is noted. */
export function isNode(context: DefinitionContext, nodeId: string, path: string[]): boolean {
  if (nodeOf(context.graph, nodeId)) return true;
  note(context, path, `${path.join(".")}: there is no node ${nodeId} in the graph.`);
  return false;
}

/** In the graph, or an optional input of the node's class that the graph leaves out. */
function hasInput({ graph, definitions }: DefinitionContext, nodeId: string, inputName: string): boolean {
  const node = nodeOf(graph, nodeId);
  if (!node) return false;
  if (inputOf(node, inputName) !== undefined) return true;
  return inputDefinition(definitionOf(definitions, node.class_type), inputName) !== undefined;
}

function refuseInput(context: DefinitionContext, nodeId: string, fields: readonly string[], path: string[]): void {
  const node = nodeOf(context.graph, nodeId);
  const names = Object.keys(node?.inputs ?? {});
  const near = nearestNames(fields[0] ?? "", names);
  const hint =
    near.length > 0 ? `; near it are ${near.join(", ")}` : names.length > 0 ? `; it has ${names.join(", ")}` : "";
  const wanted = fields.length > 0 ? fields.join(" or ") : "that could be meant; name the field";
  note(context, path, `${path.join(".")}: node ${nodeId} (${node?.class_type}) has no input ${wanted}${hint}.`);
}
