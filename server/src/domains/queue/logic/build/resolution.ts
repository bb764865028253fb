import { type ApiGraph, type ApiNode, isLink } from "#domains/workflows/logic/api-graph.ts";
import { traceLiteral } from "#domains/workflows/logic/trace-literal.ts";

export type Resolution = { width: number; height: number };
export type ResolutionPreset = Resolution & { name: string };

/** Presets that every studio starts with; each can add its own. */
export const builtInResolutions: readonly ResolutionPreset[] = [
  { name: "Square 512", width: 512, height: 512 },
  { name: "Square 1024", width: 1024, height: 1024 },
  { name: "Landscape 3:2", width: 1216, height: 832 },
  { name: "Portrait 2:3", width: 832, height: 1216 },
  { name: "Landscape 16:9", width: 1344, height: 768 },
  { name: "Portrait 9:16", width: 768, height: 1344 },
  { name: "Video 480p", width: 832, height: 480 },
  { name: "Video 720p", width: 1280, height: 720 },
];

const maxSide = 16_384;

/** A preset by name (case does not count) or `WIDTHxHEIGHT`; null when it is neither, or a side is not 1 to 16384. */
export function parseResolution(text: string, presets: readonly ResolutionPreset[]): Resolution | null {
  const named = presets.find(({ name }) => name.toLowerCase() === text.trim().toLowerCase());
  if (named) return { width: named.width, height: named.height };
  const sides = /^\s*(\d{1,5})\s*[x×]\s*(\d{1,5})\s*$/i.exec(text)?.slice(1).map(Number);
  const [width = 0, height = 0] = sides ?? [];
  return [width, height].every((side) => side >= 1 && side <= maxSide) ? { width, height } : null;
}

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

/** The largest width and height pair of numbers that a graph holds; null when it holds none. */
export function sizeOfGraph(graph: ApiGraph): Resolution | null {
  let largest: Resolution | null = null;
  for (const node of Object.values(graph)) {
    for (const [widthName, heightName] of pairs) {
      const width = sideOf(graph, node, widthName);
      const height = sideOf(graph, node, heightName);
      if (!width || !height) continue;
      if (!largest || width * height > largest.width * largest.height) largest = { width, height };
    }
  }
  return largest;
}
