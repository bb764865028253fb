import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { guessInputKind } from "#domains/workflows/logic/input-kind.ts";
import { makesVideo, samples, scales } from "#domains/workflows/logic/media-nodes.ts";

export type WorkflowCategory = "VIDEO_GEN" | "IMAGE_GEN" | "VIDEO_UPSCALE" | "IMAGE_UPSCALE" | "OTHER";

/** A first guess that an ADMIN can change: what comes out, and whether it is denoised or only scaled. */
export function guessCategory(graph: ApiGraph): WorkflowCategory {
  const nodes = Object.values(graph);
  const isVideo = nodes.some(makesVideo);
  // Tiled "SD upscale" nodes sample inside, but what they are for is scaling.
  const refines = nodes.some((node) => /sd_?upscale/i.test(node.class_type));
  if (nodes.some(samples) && !refines) return isVideo ? "VIDEO_GEN" : "IMAGE_GEN";
  if (nodes.some(scales)) return isVideo || guessInputKind(graph) === "VIDEO" ? "VIDEO_UPSCALE" : "IMAGE_UPSCALE";
  return "OTHER";
}
