/** A library as a file: what is exchanged with other tools. */
export interface LibraryFile {
  entries: Record<string, string>;
  delimiter: string;
  maxDepth: number;
  /** Keys whose value is no text; they can't be kept. */
  skipped: string[];
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads `{"libs": {key: text}, "delimiter": "%", "max_depth": 10}`; older files say `lib_dict` for `libs`.
 * @throws Error with a message for people
 */
export function parseLibraryFile(json: string): LibraryFile {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    throw new Error("This is no JSON file.");
  }
  const libs = isMap(content) ? (content["libs"] ?? content["lib_dict"]) : undefined;
  if (!isMap(content) || !isMap(libs)) throw new Error('The file has no "libs" with keys and texts.');
  const { delimiter = "%", max_depth: maxDepth = 10 } = content;
  if (typeof delimiter !== "string") throw new Error('"delimiter" has to be a text.');
  if (typeof maxDepth !== "number") throw new Error('"max_depth" has to be a number.');
  const all = Object.entries(libs);
  return {
    entries: Object.fromEntries(all.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
    delimiter,
    maxDepth,
    skipped: all.filter(([, text]) => typeof text !== "string").map(([key]) => key),
  };
}

/** The same shape again, to be read by `parseLibraryFile` or another tool. */
export function formatLibraryFile(library: Pick<LibraryFile, "entries" | "delimiter" | "maxDepth">): string {
  const { entries: libs, delimiter, maxDepth } = library;
  return `${JSON.stringify({ libs, delimiter, max_depth: maxDepth }, null, 2)}\n`;
}
