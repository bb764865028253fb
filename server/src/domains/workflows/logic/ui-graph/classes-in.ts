import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** Names of the node classes in a file of the editor, those of its subgraphs and group nodes included. */
export function classesIn(document: JsonObject): string[] {
  const { definitions, extra } = document;
  const subgraphs = isJsonObject(definitions) && Array.isArray(definitions.subgraphs) ? definitions.subgraphs : [];
  const groups = isJsonObject(extra) && isJsonObject(extra.groupNodes) ? Object.values(extra.groupNodes) : [];
  const types = [document, ...subgraphs, ...groups].flatMap((canvas) => typesOf(canvas));
  return [...new Set(types)];
}

function typesOf(canvas: JsonValue): string[] {
  const nodes = isJsonObject(canvas) && Array.isArray(canvas.nodes) ? canvas.nodes : [];
  return nodes.flatMap((node) => (isJsonObject(node) && typeof node.type === "string" ? node.type : []));
}
