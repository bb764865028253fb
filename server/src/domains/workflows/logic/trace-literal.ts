import { type ApiGraph, type ApiNode, isLink, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import type { JsonValue } from "#lib/json.ts";

/** A literal that an input can hold. */
export type Scalar = string | number | bigint | boolean;

/** A literal in the graph that another node's input is fed from. */
export type TracedLiteral = { nodeId: string; inputName: string; value: Scalar };

/** Names under which primitive, string, reroute and show-text nodes take the one value that they pass on. */
const valueNames = new Set(
  "|value|val|any|*|input|source|content|text|string|str|prompt|positive|negative|int|integer|float|number|boolean|bool".split(
    "|",
  ),
);

/** Classes that take one value and make another of it. */
const changing =
  /concat|join|replace|append|trim|case|reverse|length|convert|round|format|template|regex|split|random|wildcard|generat|enhanc|translat|caption|describe|interrogat|encode|decode|ollama|llm|gpt|file|load|math|invert|negate/i;

/**
 * Follows a value through nodes that pass one value on unchanged (primitives, string nodes, reroutes, chains of them)
 * to the literal that it comes from. Null when anything else is on the way: a concatenation, an LLM, a switch.
 */
export function traceLiteral(graph: ApiGraph, value: JsonValue): TracedLiteral | null {
  let link = value;
  for (let hops = 0; isLink(link) && hops < 2000; hops++) {
    const [nodeId, slot] = link;
    const node = nodeOf(graph, nodeId);
    const inputName = node && slot === 0 ? passedOnInput(node) : null;
    if (!node || inputName === null) return null;
    const next = node.inputs[inputName] as JsonValue;
    if (isScalar(next)) return { nodeId, inputName, value: next };
    link = next;
  }
  return null;
}

export function isScalar(value: JsonValue | undefined): value is Scalar {
  return ["string", "number", "bigint", "boolean"].includes(typeof value);
}

/** The one input whose value the node hands on; nodes that also show the text keep what they showed as more literals. */
function passedOnInput(node: ApiNode): string | null {
  if (changing.test(node.class_type)) return null;
  const names = Object.keys(node.inputs);
  const candidates = names.filter((name) => valueNames.has(name.toLowerCase()));
  const only = candidates[0];
  if (only === undefined || candidates.length > 1) return null;
  const showsText = /^(show|display|preview)/i.test(node.class_type);
  return names.length === 1 || showsText ? only : null;
}
