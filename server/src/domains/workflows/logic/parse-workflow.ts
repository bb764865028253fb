import { type ApiGraph, isLink, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { parseJsonText } from "#domains/workflows/logic/parse-json-text.ts";
import { findCycle } from "#domains/workflows/logic/topological-order.ts";
import { WorkflowSourceError, type SourceIssue } from "#domains/workflows/logic/workflow-source-error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

export const maxSourceBytes = 5 * 1024 * 1024;
export const maxNodes = 2000;
/** A file can be wrong in a thousand places for one reason; more than these help nobody. */
const maxIssues = 50;

export type ParsedWorkflow = { format: "API"; graph: ApiGraph };

/**
 * Reads the text of a workflow file, its format told from the content: an API graph, bare or as `{"prompt": graph}`.
 * @throws WorkflowSourceError naming every place that is wrong.
 */
export function parseWorkflowSource(text: string): ParsedWorkflow {
  if (Buffer.byteLength(text) > maxSourceBytes) fail("The file is larger than 5 MiB.");
  const root = parseJsonText(text);
  if (!isJsonObject(root)) fail("A workflow is a JSON object of nodes; this is another kind of JSON value.");
  const graph = graphPart(root);
  const ids = Object.keys(graph);
  if (ids.length === 0) fail("The workflow has no nodes.");
  if (ids.length > maxNodes) fail(`The workflow has ${ids.length} nodes; the limit is ${maxNodes}.`);
  if (!ids.some((id) => looksLikeNode(graph[id]))) {
    fail("This is neither an API graph (node id to class_type and inputs) nor any other workflow format.");
  }
  const shape = ids.flatMap((id) => nodeIssues(id, graph[id]));
  if (shape.length > 0) throw new WorkflowSourceError(shape.slice(0, maxIssues));
  const checked = graph as ApiGraph;
  const wiring = linkIssues(checked);
  if (wiring.length > 0) throw new WorkflowSourceError(wiring.slice(0, maxIssues));
  return { format: "API", graph: checked };
}

/** The graph inside the two accepted wrappings; refuses the editor's own format. */
function graphPart(root: JsonObject): JsonObject {
  if (Array.isArray(root.nodes)) {
    fail(
      "This file is in ComfyUI's editor (UI) format, which only its web page can run. " +
        'In ComfyUI choose "Workflow > Export (API)" (older versions: switch on dev mode in the settings, then "Save (API Format)") and import that file.',
    );
  }
  if (isJsonObject(root.prompt) && !looksLikeNode(root.prompt)) return root.prompt;
  return root;
}

function looksLikeNode(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && Object.hasOwn(value, "class_type");
}

function nodeIssues(id: string, node: JsonValue | undefined): SourceIssue[] {
  if (!isJsonObject(node)) return [{ path: [id], message: `Node ${id} is not an object.` }];
  if (typeof node.class_type !== "string" || node.class_type === "") {
    return [{ path: [id], message: `Node ${id} has no class_type.` }];
  }
  if (!isJsonObject(node.inputs)) {
    return [{ path: [id, "inputs"], message: `The inputs of node ${id} (${node.class_type}) are not an object.` }];
  }
  return [];
}

function linkIssues(graph: ApiGraph): SourceIssue[] {
  const issues: SourceIssue[] = [];
  for (const [id, node] of Object.entries(graph)) {
    for (const [inputName, value] of Object.entries(node.inputs)) {
      if (!Array.isArray(value) || value.length !== 2) continue;
      const path = [id, inputName];
      if (!isLink(value) || !Number.isInteger(value[1]) || value[1] < 0) {
        issues.push({
          path,
          message: `Input ${inputName} of node ${id} is a list of two but no link ["node id", output number].`,
        });
      } else if (!nodeOf(graph, value[0])) {
        issues.push({
          path,
          message: `Input ${inputName} of node ${id} is linked to node ${value[0]}, which does not exist.`,
        });
      }
    }
  }
  const cycle = issues.length === 0 ? findCycle(graph) : null;
  const first = cycle?.[0];
  if (cycle && first !== undefined) {
    issues.push({
      path: [first],
      message: `These nodes feed each other in a cycle: ${[...cycle, first].join(" → ")}.`,
    });
  }
  return issues;
}

function fail(message: string): never {
  throw new WorkflowSourceError([{ path: [], message }]);
}
