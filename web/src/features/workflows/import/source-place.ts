import { type Issue, pathOf } from "#lib/graphql/failure.ts";

/** Where in a workflow file something is wrong. */
export interface SourcePlace {
  /** `Node 6, input text`, or the dotted path in a definition; nothing for the file as a whole. */
  label: string | null;
  line: number | null;
  column: number | null;
}

/** Fields of the import whose issues are about the file itself. */
const fileFields = ["source", "assetId", "machineFile"];

export function isAboutSource(issue: Issue): boolean {
  return fileFields.includes(pathOf(issue).split(".")[0] ?? "");
}

/**
 * @param isGraph the file is a graph, whose paths are node id and input name; else a definition
 */
export function placeOf(issue: Issue, isGraph: boolean): SourcePlace {
  const [, ...path] = issue.path[0] === "input" ? issue.path.slice(1) : issue.path;
  const at = /\bline (\d+), column (\d+)/.exec(issue.message);
  return {
    label: path.length === 0 ? null : isGraph ? nodePlace(path) : path.join("."),
    line: at ? Number(at[1]) : null,
    column: at ? Number(at[2]) : null,
  };
}

function nodePlace([nodeId, ...input]: string[]): string {
  // Its inputs as a whole.
  const isWhole = input.length === 0 || (input.length === 1 && input[0] === "inputs");
  return isWhole ? `Node ${nodeId}` : `Node ${nodeId}, input ${input.join(".")}`;
}

export interface Excerpt {
  line: number;
  before: string;
  /** The character at the place; empty at a line's end. */
  at: string;
  after: string;
}

const reach = 48;

/** The part of a line around a place, for lines of any length; null when the text has no such line. */
export function excerptAt(text: string, line: number, column: number): Excerpt | null {
  const content = text.split("\n")[line - 1]?.replace(/\r$/, "");
  if (content === undefined) return null;
  const index = Math.min(Math.max(0, column - 1), content.length);
  const start = Math.max(0, index - reach);
  const end = Math.min(content.length, index + 1 + reach);
  return {
    line,
    before: (start > 0 ? "…" : "") + content.slice(start, index),
    at: content.slice(index, index + 1),
    after: content.slice(index + 1, end) + (end < content.length ? "…" : ""),
  };
}
