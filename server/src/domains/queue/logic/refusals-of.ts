import { type ApiGraph, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { type GraphIssue, validateGraph } from "#domains/workflows/logic/validate-graph.ts";

/** Reasons that are kept of one machine. */
const maxReasons = 5;

/**
 * What a machine lacks of a graph, by its definitions: node classes, files, choices. Numbers out of range are none of it:
 * runs with the same needs differ in them.
 * @param isSimulator takes any file by name, and only lists some
 */
export function refusalsOf(graph: ApiGraph, definitions: NodeDefinitions, isSimulator: boolean): string[] {
  if (Object.keys(graph).length === 0) return [];
  return validateGraph(graph, definitions)
    .filter((issue) => lacks(graph, issue) && !(isSimulator && issue.kind === "MISSING_FILE"))
    .slice(0, maxReasons)
    .map(({ message }) => message);
}

function lacks(graph: ApiGraph, { kind, nodeId, inputName }: GraphIssue): boolean {
  if (kind === "MISSING_NODE" || kind === "MISSING_FILE") return true;
  return kind === "BAD_VALUE" && typeof nodeOf(graph, nodeId ?? "")?.inputs[inputName ?? ""] === "string";
}
