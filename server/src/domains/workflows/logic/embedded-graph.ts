import { detectFormat } from "#domains/workflows/logic/detect-format.ts";
import { parseJsonText } from "#domains/workflows/logic/parse-json-text.ts";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import { isJsonObject, type JsonObject } from "#lib/json.ts";

/** A text in a media file, and the name that it has there. */
export interface NamedText {
  name: string;
  text: string;
}

/**
 * The graph among the texts of a picture or clip: what ran (the API graph, under `prompt`), else what the editor showed
 * (`workflow`). Null when there is none.
 */
export function embeddedGraph(texts: readonly NamedText[]): JsonObject | null {
  const found = texts.map(readText).filter((root) => root !== null);
  return (
    found.find((root) => detectFormat(root).format === "API") ??
    found.find((root) => detectFormat(root).format === "UI") ??
    null
  );
}

/** WebP keeps the name in the text: `prompt:{…}`. */
function readText({ text }: NamedText): JsonObject | null {
  // No pattern for all of it: on long texts of something else that takes the square of their length.
  const start = text.indexOf("{");
  const json = text.slice(start, text.lastIndexOf("}") + 1);
  const before = text.slice(0, start).trim();
  const after = text.slice(start + json.length).replace(/\0+$/, "");
  if (start === -1 || json === "" || !/^(?:[\w ]{1,30}:)?$/.test(before) || after.trim() !== "") return null;
  const root = parse(json) ?? parse(withoutNaN(json));
  return isJsonObject(root) ? root : null;
}

function parse(text: string) {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (error instanceof WorkflowSourceError) return null;
    throw error;
  }
}

/** Python writes NaN, which is no JSON, and ComfyUI once kept it beside the inputs (`is_changed`). */
function withoutNaN(text: string): string {
  return text.replaceAll(
    /("(?:[^"\\]|\\[^])*(?:"|\\?$))|\b-?(?:NaN|Infinity)\b/g,
    (_found, string?: string) => string ?? "null",
  );
}
