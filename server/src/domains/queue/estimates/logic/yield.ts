import type { Yield } from "#domains/queue/estimates/logic/estimate.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { makesVideo } from "#domains/workflows/logic/media-nodes.ts";
import { readTiming } from "#domains/workflows/logic/timing.ts";
import type { WorkflowCategory } from "#platform/db/generated/enums.ts";

/**
 * What a graph is to make: so many pictures, or so many seconds of video.
 * @param inputSecs length of its input clip, which decides where the graph says nothing
 */
export function yieldOf(graph: ApiGraph, category: WorkflowCategory, inputSecs: number | null): Yield {
  const nodes = Object.values(graph);
  const isVideo =
    category === "VIDEO_GEN" || category === "VIDEO_UPSCALE" || (category === "OTHER" && nodes.some(makesVideo));
  if (isVideo) return { videoSecs: readTiming(graph).durationSecs ?? inputSecs };
  const batches = nodes.flatMap(({ inputs }) => {
    const size = inputs["batch_size"];
    return typeof size === "number" && size > 0 ? [size] : [];
  });
  return { images: Math.max(1, ...batches) };
}
