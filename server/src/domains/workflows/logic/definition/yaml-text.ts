import { type Document, isMap, isNode, isPair, isScalar, isSeq, Lexer, LineCounter, parseDocument, visit } from "yaml";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import { isJsonObject, type JsonValue } from "#lib/json.ts";

export interface LocatedValue {
  value: JsonValue;
  /** "line 3, column 5" of the value there, or of the nearest one around it. */
  placeOf: (path: readonly PropertyKey[]) => string;
}

/** Definitions nest about eight levels, and JSON texts inside them a few more. */
const maxDepth = 200;

/** Words and marks: the reader takes a second for so many, and a kilobyte of memory for each. */
const maxTokens = 100_000;
/** Counting words takes long, too, where there are only lines. */
const maxLines = 30_000;

/** How often aliases may repeat what they stand for, all in all: more is an attack on memory. */
const maxAliases = 100;

/**
 * Reads YAML 1.2 without losing precision in integers.
 * @throws WorkflowSourceError with line and column
 */
export function parseYamlText(text: string): LocatedValue {
  if (isNestedDeep(text)) fail(`Not a workflow: nested more than ${maxDepth} levels deep.`);
  if (!hasFewTokens(text)) {
    fail(
      "This is too long for YAML: write it as JSON, or the graph under template_inline as one text of JSON (template_inline: |).",
    );
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      intAsBigInt: true,
      lineCounter: lines,
      merge: true,
      // Both would take the square of the length: what they are for is done below.
      uniqueKeys: false,
      prettyErrors: false,
    });
    const [error] = document.errors;
    if (error) fail(`Not YAML: ${error.message.trim()} (${placeAt(lines, error.pos[0])}).`);
    const repeated = repeatedKeyAt(document);
    if (repeated !== null) fail(`Not YAML: Map keys must be unique (${placeAt(lines, repeated)}).`);
    return {
      value: asJson(document.toJS({ maxAliasCount: maxAliases }), []),
      placeOf: (path) => placeAt(lines, offsetOf(document.contents, path)),
    };
  } catch (error) {
    if (error instanceof RangeError) fail(`Not a workflow: nested more than ${maxDepth} levels deep.`);
    if (error instanceof ReferenceError) fail("The file repeats itself through aliases too often.");
    throw error;
  }
}

/** Before the parser spends minutes on it: brackets, whatever they stand in, and indicators in a row. */
function isNestedDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x7b || char === 0x5b) depth++;
    else if (char === 0x7d || char === 0x5d) depth = Math.max(0, depth - 1);
    if (depth > maxDepth) return true;
  }
  return /(?:[-?]\s){200}/.test(text);
}

/** Before the reader, which would take minutes and all memory for megabytes of it. */
function hasFewTokens(text: string): boolean {
  let lines = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1))
    if (++lines > maxLines) return false;
  let left = maxTokens;
  try {
    for (const _token of new Lexer().lex(text)) if (--left < 0) return false;
  } catch (error) {
    // It calls itself from one word to the next, which the stack bears only while its code is compiled.
    if (error instanceof RangeError) return false;
    throw error;
  }
  return true;
}

/** Where a key stands that its map has already. */
function repeatedKeyAt(document: Document): number | null {
  let found: number | null = null;
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === "<<") continue;
        if (seen.has(key.value)) {
          found = startOf(key) ?? 0;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

function placeAt(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}

function offsetOf(root: unknown, path: readonly PropertyKey[]): number {
  let node = root;
  let offset = startOf(root) ?? 0;
  for (const key of path) {
    const item = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
      : isSeq(node)
        ? node.items[Number(key)]
        : undefined;
    if (item === undefined) break;
    node = isPair(item) ? item.value : item;
    offset = startOf(node) ?? (isPair(item) ? startOf(item.key) : undefined) ?? offset;
  }
  return offset;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

function asJson(value: unknown, path: string[]): JsonValue {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item, index) => asJson(item, [...path, String(index)]));
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asJson(item, [...path, key])]));
  const what = typeof value === "number" ? String(value) : `a ${typeof value}`;
  throw new WorkflowSourceError([{ path, message: `${path.join(".")}: ${what} is no value of a workflow.` }]);
}

function fail(message: string): never {
  throw new WorkflowSourceError([{ path: [], message }]);
}
