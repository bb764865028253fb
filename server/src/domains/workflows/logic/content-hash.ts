import { createHash } from "node:crypto";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { canonicalJson, type JsonValue } from "#lib/json.ts";

/** SHA-256 (hex) of the canonical JSON of a graph, or of all that a definition says: the same content in another key order has the same hash. */
export function contentHash(content: ApiGraph | JsonValue): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}
