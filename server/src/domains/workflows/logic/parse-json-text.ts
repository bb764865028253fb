import { parse } from "lossless-json";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import { type JsonValue, parseJson } from "#lib/json.ts";

/** Real graphs nest about five levels; the limit keeps recursive readers and writers of JSON off the end of the stack. */
const maxDepth = 200;

/**
 * Parses JSON losslessly.
 * @throws WorkflowSourceError with line and column when the text is not JSON or is nested too deeply.
 */
export function parseJsonText(source: string): JsonValue {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  if (text.trim() === "") throw new WorkflowSourceError([{ path: [], message: "The file is empty." }]);
  const tooDeep = depthExceededAt(text);
  if (tooDeep !== null) throw at(text, tooDeep, `Not a workflow: nested more than ${maxDepth} levels deep`);
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { position, reason } = explain(text);
    throw at(text, position, `Not JSON: ${reason}`);
  }
}

/** Where and why, said by the lossless parser: V8's own messages often lack the position. */
function explain(text: string): { position: number; reason: string } {
  try {
    parse(text);
  } catch (error) {
    const [, reason, position] = /^(.*) at position (\d+)$/s.exec(error instanceof Error ? error.message : "") ?? [];
    if (reason !== undefined) return { position: Number(position), reason };
  }
  return { position: text.length, reason: "unexpected end" };
}

function at(text: string, position: number, message: string): WorkflowSourceError {
  const before = text.slice(0, position);
  const line = before.split("\n").length;
  const column = position - before.lastIndexOf("\n");
  return new WorkflowSourceError([{ path: [], message: `${message} (line ${line}, column ${column}).` }]);
}

/** Position of the first bracket beyond the depth limit, or null. Brackets inside strings do not count. */
function depthExceededAt(text: string): number | null {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 0x5c) i++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > maxDepth) return i;
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
  return null;
}
