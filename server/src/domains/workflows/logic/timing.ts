import { type ApiGraph, type ApiNode, isLink } from "#domains/workflows/logic/api-graph.ts";
import { makesVideo } from "#domains/workflows/logic/media-nodes.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import { traceLiteral } from "#domains/workflows/logic/trace-literal.ts";

/** Timing of a video workflow as its graph says it; null where the graph does not. */
export type WorkflowTiming = { fps: number | null; framesPerStage: number | null; durationSecs: number | null };

export const fpsInputs = ["fps", "frame_rate", "framerate"];
export const lengthInputs = ["length", "num_frames", "video_frames", "frame_count", "frames"];

/** The rate of the file that is written, and the frames that each stage makes; the duration is that of all stages. */
export function readTiming(graph: ApiGraph): WorkflowTiming {
  const nodes = Object.keys(graph)
    .toSorted(compareNatural)
    .map((id) => graph[id] as ApiNode);
  const writer = nodes.find((node) => makesVideo(node) && numberAt(graph, node, fpsInputs) !== null);
  const fps = writer ? numberAt(graph, writer, fpsInputs) : null;
  const lengthsOf = (some: ApiNode[]) => some.flatMap((node) => numberAt(graph, node, lengthInputs) ?? []);
  const stages = lengthsOf(nodes.filter(makesFrames));
  // Some take their length from a node beside them, such as a camera path.
  const lengths = stages.length > 0 || fps === null ? stages : lengthsOf(nodes).slice(0, 1);
  const frames = lengths.reduce((sum, length) => sum + length, 0);
  return {
    fps,
    framesPerStage: lengths[0] ?? null,
    durationSecs: fps !== null && frames > 0 ? frames / fps : null,
  };
}

/** Nodes that start a clip: an empty video latent, or image (or text, control, track…) to video. */
export function makesFrames(node: ApiNode): boolean {
  return /latent.*video|video.*latent|to_?video|img2vid|vid_?conditioning|vace/i.test(node.class_type);
}

function numberAt(graph: ApiGraph, node: ApiNode, names: string[]): number | null {
  for (const name of names) {
    const value = node.inputs[name];
    const literal = value !== undefined && isLink(value) ? traceLiteral(graph, value)?.value : value;
    if (typeof literal === "number" && literal > 0) return literal;
  }
  return null;
}
