import { parseJsonText } from "#domains/workflows/logic/parse-json-text.ts";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** A workflow file by its content. A definition is our own YAML format. */
export type DetectedSource =
  | { format: "API"; graph: JsonObject }
  | { format: "UI"; document: JsonObject }
  | { format: "UNKNOWN" };

/** Keys under which tools put a graph: the body of `POST /prompt`, embedded metadata, the editor's own export calls. */
const apiKeys = ["prompt", "output"];
const uiKeys = ["workflow"];

/** Finds the graph in parsed JSON, bare or wrapped. The API form wins: it is what ran. */
export function detectFormat(root: JsonObject): DetectedSource {
  if (Array.isArray(root.nodes)) return { format: "UI", document: root };
  if (hasNode(root)) return { format: "API", graph: root };
  for (const key of apiKeys) {
    const graph = graphIn(root[key]);
    if (graph && hasNode(graph)) return { format: "API", graph };
  }
  for (const key of [...uiKeys, ...apiKeys]) {
    const document = graphIn(root[key]);
    if (document && Array.isArray(document.nodes)) return { format: "UI", document };
  }
  const extra = isJsonObject(root.extra_data) ? root.extra_data : root;
  const embedded = isJsonObject(extra.extra_pnginfo) ? graphIn(extra.extra_pnginfo.workflow) : null;
  return embedded && Array.isArray(embedded.nodes) ? { format: "UI", document: embedded } : { format: "UNKNOWN" };
}

/** The wrapped value: an object, JSON text of one, or a queue item `[number, id, graph, …]`. */
function graphIn(value: JsonValue | undefined): JsonObject | null {
  const inner = Array.isArray(value) ? value[2] : value;
  if (typeof inner !== "string" || !inner.trimStart().startsWith("{")) return isJsonObject(inner) ? inner : null;
  try {
    const parsed = parseJsonText(inner);
    return isJsonObject(parsed) ? parsed : null;
  } catch (error) {
    if (error instanceof WorkflowSourceError) return null;
    throw error;
  }
}

function hasNode(graph: JsonObject): boolean {
  return Object.values(graph).some((node) => isJsonObject(node) && Object.hasOwn(node, "class_type"));
}
