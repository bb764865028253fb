import type { Resolution } from "#domains/presets/logic/resolutions.ts";
import { type ApiGraph, type ApiNode, isLink } from "#domains/workflows/logic/api-graph.ts";
import { traceLiteral } from "#domains/workflows/logic/trace-literal.ts";

/** Inputs that are a size together. */
const pairs = [
  ["width", "height"],
  ["target_width", "target_height"],
] as const;

/**
 * Writes the resolution (null: each pair's own) to every width and height pair of numbers, sides swapped when flipped.
 * Sides that come from a primitive are replaced by the number; 0 ("in proportion") and computed sizes are left alone.
 */
export function withResolution(graph: ApiGraph, resolution: Resolution | null, isFlipped: boolean): ApiGraph {
  if (!resolution && !isFlipped) return graph;
  return Object.fromEntries(
    Object.entries(graph).map(([id, node]) => [id, resized(graph, node, resolution, isFlipped)]),
  );
}

function resized(graph: ApiGraph, node: ApiNode, resolution: Resolution | null, isFlipped: boolean): ApiNode {
  let result = node;
  for (const [widthName, heightName] of pairs) {
    const width = sideOf(graph, node, widthName);
    const height = sideOf(graph, node, heightName);
    if (!width || !height) continue;
    const size = resolution ?? { width, height };
    const inputs = isFlipped
      ? { [widthName]: size.height, [heightName]: size.width }
      : { [widthName]: size.width, [heightName]: size.height };
    result = { ...result, inputs: { ...result.inputs, ...inputs } };
  }
  return result;
}

function sideOf(graph: ApiGraph, node: ApiNode, inputName: string): number | null {
  const value = Object.hasOwn(node.inputs, inputName) ? node.inputs[inputName] : undefined;
  const literal = value !== undefined && isLink(value) ? traceLiteral(graph, value)?.value : value;
  return typeof literal === "number" ? literal : null;
}

/** A width and height pair of numbers, and where it stands. */
export interface SizedPlace extends Resolution {
  nodeId: string;
  names: readonly [string, string];
}

/** All width and height pairs of numbers that a graph holds. */
export function sizesOfGraph(graph: ApiGraph): SizedPlace[] {
  return Object.entries(graph).flatMap(([nodeId, node]) =>
    pairs.flatMap((names) => {
      const width = sideOf(graph, node, names[0]);
      const height = sideOf(graph, node, names[1]);
      return width && height ? [{ nodeId, names, width, height }] : [];
    }),
  );
}

/** The largest width and height pair of numbers that a graph holds; null when it holds none. */
export function sizeOfGraph(graph: ApiGraph): Resolution | null {
  let largest: Resolution | null = null;
  for (const { width, height } of sizesOfGraph(graph)) {
    if (!largest || width * height > largest.width * largest.height) largest = { width, height };
  }
  return largest;
}
