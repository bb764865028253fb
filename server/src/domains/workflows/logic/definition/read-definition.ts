import type { z } from "zod";
import { type RawDefinition, definitionSchema } from "#domains/workflows/logic/definition/definition-schema.ts";
import { type LocatedValue, parseYamlText } from "#domains/workflows/logic/definition/yaml-text.ts";
import { nearestNames } from "#domains/workflows/logic/nearest-names.ts";
import { parseJsonText } from "#domains/workflows/logic/parse-json-text.ts";
import { maxSourceBytes } from "#domains/workflows/logic/parse-workflow.ts";
import { type SourceIssue, WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import { isJsonObject, type JsonValue, stringifyJson } from "#lib/json.ts";

/** A text as somebody gave it: a definition, or a graph in the JSON that all other readers take. */
export type ReadSource =
  | { kind: "definition"; definition: RawDefinition; placeOf: LocatedValue["placeOf"]; warnings: string[] }
  | { kind: "graph"; text: string };

const maxIssues = 50;
/** Any of these at the top tells a definition from a graph. */
const marks = ["template", "template_inline", "file_bindings", "switch_states", "lora_groups", "stage_template"];

/**
 * Reads JSON or YAML as far as to tell a workflow definition from a graph.
 * @throws WorkflowSourceError with line and column, or naming every field that is wrong
 */
export function readDefinition(text: string): ReadSource {
  if (Buffer.byteLength(text) > maxSourceBytes)
    throw new WorkflowSourceError([{ path: [], message: "The file is larger than 5 MiB." }]);
  const isJson = /^[\s\uFEFF]*([{[]|$)/.test(text);
  // Before a reader that recovers from every mistake spends its time on megabytes of something else.
  if (!isJson && !beginsWithKey(text)) {
    throw new WorkflowSourceError([{ path: [], message: "This is neither JSON nor a workflow definition in YAML." }]);
  }
  // JSON that is no definition goes to its own reader unread: graphs are large and most sources are graphs.
  if (isJson && !marks.some((mark) => text.includes(`"${mark}"`))) return { kind: "graph", text };
  const { value, placeOf } = isJson ? locatedJson(text) : parseYamlText(text);
  if (!isDefinition(value)) {
    if (!isJsonObject(value))
      throw new WorkflowSourceError([{ path: [], message: "This is neither JSON nor a workflow definition in YAML." }]);
    return { kind: "graph", text: isJson ? text : stringifyJson(withTextIds(value)) };
  }
  const result = definitionSchema.safeParse(value);
  if (!result.success) throw new WorkflowSourceError(asIssues(result.error.issues.slice(0, maxIssues), placeOf));
  return { kind: "definition", definition: result.data, placeOf, warnings: unknownFields(value) };
}

/** Comments and the marks of documents may stand before the first key of YAML. */
function beginsWithKey(text: string): boolean {
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    if (/^\uFEFF?\s*(#|---|%|$)/.test(line)) continue;
    return /^\uFEFF?\s*(["']?)[\w.-]{1,100}\1\s*:(\s|$)/.test(line.slice(0, 200));
  }
  return false;
}

function isDefinition(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const isNode = (each: JsonValue | undefined) => isJsonObject(each) && Object.hasOwn(each, "class_type");
  if (Object.values(value).some(isNode)) return false;
  const declares = Object.hasOwn(value, "name") && Object.hasOwn(value, "parameters");
  return declares || marks.some((mark) => Object.hasOwn(value, mark) && !isNode(value[mark]));
}

/** JSON is YAML; its places are looked up only when one is asked for. */
function locatedJson(text: string): LocatedValue {
  const value = parseJsonText(text);
  let located: LocatedValue | undefined;
  const locate = (): LocatedValue => {
    try {
      return parseYamlText(text.replace(/^\uFEFF/, ""));
    } catch (error) {
      // JSON can be longer than a reader of places can bear; the path says where, too.
      if (!(error instanceof WorkflowSourceError)) throw error;
      return { value, placeOf: () => "in a long definition" };
    }
  };
  return { value, placeOf: (path) => (located ??= locate()).placeOf(path) };
}

/** YAML reads `[4, 0]` as two numbers; links name nodes by text. */
export function withTextIds(graph: JsonValue): JsonValue {
  if (!isJsonObject(graph)) return graph;
  const asLink = (value: JsonValue): JsonValue =>
    Array.isArray(value) && value.length === 2 && typeof value[0] === "number" && Object.hasOwn(graph, String(value[0]))
      ? [String(value[0]), value[1] as JsonValue]
      : value;
  return Object.fromEntries(
    Object.entries(graph).map(([id, node]) => {
      if (!isJsonObject(node) || !isJsonObject(node.inputs)) return [id, node];
      const inputs = Object.entries(node.inputs).map(([name, value]) => [name, asLink(value)] as const);
      return [id, { ...node, inputs: Object.fromEntries(inputs) }];
    }),
  );
}

function asIssues(issues: readonly z.core.$ZodIssue[], placeOf: LocatedValue["placeOf"]): SourceIssue[] {
  return issues.map((issue) => {
    const { path, message } = deepest(issue, []);
    const where = path.length > 0 ? `${path.join(".")}: ` : "";
    return { path, message: `${where}${message} (${placeOf(path)}).` };
  });
}

/** Of several readings the one that got furthest is what the author meant. */
function deepest(issue: z.core.$ZodIssue, before: readonly PropertyKey[]): { path: string[]; message: string } {
  const path = [...before, ...issue.path];
  const own = { path: path.map(String), message: issue.message };
  if (issue.code !== "invalid_union") return own;
  const inner = issue.errors.flatMap((branch) => branch.slice(0, 1).map((each) => deepest(each, path)));
  return inner.reduce((best, each) => (each.path.length > best.path.length ? each : best), own);
}

/** A field that nobody reads is most likely a slip of the pen. */
function unknownFields(definition: JsonValue): string[] {
  if (!isJsonObject(definition)) return [];
  const known = Object.keys(definitionSchema.shape);
  return Object.keys(definition)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const [near] = nearestNames(name, known, 1);
      return `The field ${name} is not known and was not read${near ? `; did you mean ${near}?` : "."}`;
    });
}
