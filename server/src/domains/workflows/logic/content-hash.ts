import { createHash } from "node:crypto";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { canonicalJson } from "#lib/json.ts";

/** SHA-256 (hex) of the graph's canonical JSON: the same content in another key order has the same hash. */
export function contentHash(graph: ApiGraph): string {
  return createHash("sha256").update(canonicalJson(graph)).digest("hex");
}
