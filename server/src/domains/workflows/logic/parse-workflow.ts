import { type ApiGraph, isLink, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { detectFormat } from "#domains/workflows/logic/detect-format.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { parseJsonText } from "#domains/workflows/logic/parse-json-text.ts";
import { findCycle } from "#domains/workflows/logic/topological-order.ts";
import { convertUiGraph } from "#domains/workflows/logic/ui-graph/convert-ui-graph.ts";
import { WorkflowSourceError, type SourceIssue } from "#domains/workflows/logic/workflow-source-error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

export const maxSourceBytes = 5 * 1024 * 1024;
export const maxNodes = 2000;
/** A file can be wrong in a thousand places for one reason; more than these help nobody. */
const maxIssues = 50;

export type ParsedWorkflow = { format: "API" | "UI"; graph: ApiGraph; warnings: string[] };

/**
 * Reads the text of a workflow file, its format told from the content: an API graph or the editor's file, bare or wrapped.
 * The editor's file needs the node definitions of a machine.
 * @throws WorkflowSourceError naming every place that is wrong.
 */
export function parseWorkflowSource(text: string, definitions?: NodeDefinitions): ParsedWorkflow {
  return readWorkflow(parseSourceText(text), definitions);
}

/** The file as JSON. @throws WorkflowSourceError when it is too large, or no JSON object */
export function parseSourceText(text: string): JsonObject {
  if (Buffer.byteLength(text) > maxSourceBytes) fail("The file is larger than 5 MiB.");
  const root = parseJsonText(text);
  if (!isJsonObject(root)) fail("A workflow is a JSON object of nodes; this is another kind of JSON value.");
  return root;
}

/** Finds and checks the graph in a parsed file. @throws WorkflowSourceError */
export function readWorkflow(root: JsonObject, definitions?: NodeDefinitions): ParsedWorkflow {
  if (Object.keys(root).length === 0) fail("The workflow has no nodes.");
  const source = detectFormat(root);
  switch (source.format) {
    case "API":
      return { format: "API", graph: checkGraph(source.graph), warnings: [] };
    case "UI": {
      if (!definitions) {
        fail(
          "This file is in ComfyUI's editor (UI) format. Turning it into a runnable graph takes the node definitions of a " +
            'ComfyUI machine, and none has been read yet: add a machine first. Or choose "Workflow > Export (API)" in ComfyUI ' +
            '(older versions: switch on dev mode in the settings, then "Save (API Format)") and import that file.',
        );
      }
      const { graph, warnings } = convertUiGraph(source.document, definitions);
      return { format: "UI", graph: checkGraph(graph), warnings };
    }
    case "UNKNOWN":
      return fail(
        "This is neither an API graph (node id to class_type and inputs) nor a file of ComfyUI's editor (nodes and links).",
      );
  }
}

function checkGraph(graph: JsonObject | ApiGraph): ApiGraph {
  const ids = Object.keys(graph);
  if (ids.length === 0) fail("The workflow has no nodes that run.");
  if (ids.length > maxNodes) fail(`The workflow has ${ids.length} nodes; the limit is ${maxNodes}.`);
  const shape = ids.flatMap((id) => nodeIssues(id, graph[id]));
  if (shape.length > 0) throw new WorkflowSourceError(shape.slice(0, maxIssues));
  const checked = graph as ApiGraph;
  const wiring = linkIssues(checked);
  if (wiring.length > 0) throw new WorkflowSourceError(wiring.slice(0, maxIssues));
  return checked;
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
