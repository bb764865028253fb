import { type ApiGraph, linksOf } from "#domains/workflows/logic/api-graph.ts";
import { checkInputs, type InputProblem, type IsBrought } from "#domains/workflows/logic/check-inputs.ts";
import { nearestNames } from "#domains/workflows/logic/nearest-names.ts";
import { definitionOf, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";

export type GraphIssueKind = InputProblem["kind"] | "MISSING_NODE" | "NO_OUTPUT";

/** Why a machine would not run a graph: at which node and input, and what it has instead. */
export type GraphIssue = {
  kind: GraphIssueKind;
  /** Null when it is about the whole graph. */
  nodeId: string | null;
  classType: string | null;
  inputName: string | null;
  message: string;
  /** Names that the machine has and that are closest to a missing one, best first. */
  suggestions: string[];
};

/** Comparing names takes time: after so many missing ones the closest are not looked for any more. */
const maxSuggested = 50;

/**
 * Checks a graph against what a machine says of its node classes, as ComfyUI does before it runs: all classes must be
 * there, inputs are checked of those nodes that an output needs.
 * @param isBrought which files the job brings: to check a graph that shall run now, and not a workflow whose files come later
 */
export function validateGraph(graph: ApiGraph, definitions: NodeDefinitions, isBrought?: IsBrought): GraphIssue[] {
  const issues: GraphIssue[] = [];
  const classNames = Object.keys(definitions);
  const needed = neededNodes(graph, definitions);
  const suggested = new Map<string, string[]>();
  const suggest = (name: string, known: readonly string[]): string[] => {
    const before = suggested.get(name);
    if (before || suggested.size >= maxSuggested) return before ?? [];
    const names = nearestNames(name, known);
    suggested.set(name, names);
    return names;
  };
  if (needed.size === 0 && Object.keys(graph).every((id) => definitionOf(definitions, graph[id]?.class_type ?? ""))) {
    issues.push({
      kind: "NO_OUTPUT",
      nodeId: null,
      classType: null,
      inputName: null,
      message: "No node saves or shows anything: ComfyUI runs only what an output needs.",
      suggestions: [],
    });
  }
  for (const [nodeId, node] of Object.entries(graph)) {
    const at = { nodeId, classType: node.class_type };
    const definition = definitionOf(definitions, node.class_type);
    if (!definition) {
      const message = `The machine has no node class ${node.class_type} (node ${nodeId}).`;
      issues.push({
        ...at,
        kind: "MISSING_NODE",
        inputName: null,
        message,
        suggestions: suggest(node.class_type, classNames),
      });
      continue;
    }
    if (!needed.has(nodeId)) continue;
    for (const { known, missing, ...problem } of checkInputs(graph, nodeId, node, definition, definitions, isBrought)) {
      issues.push({ ...at, ...problem, suggestions: missing === undefined ? [] : suggest(missing, known ?? []) });
    }
  }
  return issues;
}

/** Output nodes and all that they take from. When no definition says which nodes are outputs: all nodes. */
function neededNodes(graph: ApiGraph, definitions: NodeDefinitions): Set<string> {
  const known = Object.entries(graph).map(([id, node]) => [id, definitionOf(definitions, node.class_type)] as const);
  if (known.every(([, definition]) => definition?.output_node === undefined)) return new Set(Object.keys(graph));
  const waiting = known.flatMap(([id, definition]) => (definition?.output_node === true ? id : []));
  const sources = sourcesByNode(graph);
  const needed = new Set<string>();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    waiting.push(...(sources.get(id) ?? []));
  }
  return needed;
}

function sourcesByNode(graph: ApiGraph): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  for (const { fromId, toId } of linksOf(graph)) {
    const known = sources.get(toId);
    if (known) known.push(fromId);
    else sources.set(toId, [fromId]);
  }
  return sources;
}
