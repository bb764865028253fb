import { type ApiGraph, linksOf } from "#domains/workflows/logic/api-graph.ts";
import { loaderInput } from "#domains/workflows/logic/media-nodes.ts";

export type WorkflowInputKind = "IMAGE" | "VIDEO" | "NONE";

/** What a job of this workflow takes as its input file, by the loaders that something uses. Video wins over image. */
export function guessInputKind(graph: ApiGraph): WorkflowInputKind {
  const used = new Set(linksOf(graph).map((link) => link.fromId));
  const kinds = Object.entries(graph).flatMap(([id, node]) => (used.has(id) ? (loaderInput(node)?.kind ?? []) : []));
  if (kinds.includes("VIDEO")) return "VIDEO";
  return kinds.includes("IMAGE") ? "IMAGE" : "NONE";
}
