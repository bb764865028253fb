/** CURRENT: as it would be made now. STALE: usable, made of something else. MISSING: none. BLOCKED: none, and none can be made. */
export type Freshness = "CURRENT" | "STALE" | "MISSING" | "BLOCKED";

export interface FreshnessInput {
  /** Of the take that can be used, if there is one. */
  usable: { digest: string | null } | null;
  /** What it would be made of now; null when that can't be told. */
  currentDigest: string | null;
  /** Why none can be made now. */
  problems: readonly string[];
}

/** Takes from before digests were kept count as stale: nobody can tell. */
export function freshnessOf({ usable, currentDigest, problems }: FreshnessInput): Freshness {
  if (!usable) return problems.length > 0 ? "BLOCKED" : "MISSING";
  return usable.digest !== null && usable.digest === currentDigest ? "CURRENT" : "STALE";
}
