import { type ApiNode, titleOf } from "#domains/workflows/logic/api-graph.ts";
import { definitionOf, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";

/** Titles that the editor gives by itself and that cannot be told from the class name. */
const defaultTitles = new Map([
  ["CLIPTextEncode", "CLIP Text Encode (Prompt)"],
  ["CLIPTextEncodeHunyuanDiT", "CLIP Text Encode (Hunyuan Image)"],
  ["GLIGENTextBoxApply", "Apply GLIGEN Text Box"],
]);

/** A title that a person gave to the node; null when there is none or it is the class's own. */
export function personalTitle(node: ApiNode, definitions?: NodeDefinitions): string | null {
  const title = titleOf(node);
  if (title === null) return null;
  const given = [
    node.class_type,
    defaultTitles.get(node.class_type) ?? "",
    definitionOf(definitions, node.class_type)?.display_name ?? "",
  ];
  return given.some((name) => plain(name) === plain(title)) ? null : title;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
