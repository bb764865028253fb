import type { ContentDigests } from "#domains/takes/logic/input-digest.ts";

/** CURRENT: as it would be made now. STALE: usable, made of something else. MISSING: none. BLOCKED: none, and none can be made. */
export type Freshness = "CURRENT" | "STALE" | "MISSING" | "BLOCKED";

export interface FreshnessInput {
  /** Of the take that can be used, if there is one. */
  usable: { digest: string | null } | null;
  /** What it would be made of now; null when that can't be told. */
  currentDigest: string | null;
  /** Why none can be made now. */
  problems: readonly string[];
  /** What it was made from and has been made anew since. */
  upstream?: readonly string[];
}

/** Takes from before digests were kept count as stale: nobody can tell. */
export function freshnessOf({ usable, currentDigest, problems, upstream = [] }: FreshnessInput): Freshness {
  if (!usable) return problems.length > 0 ? "BLOCKED" : "MISSING";
  const isSame = usable.digest !== null && usable.digest === currentDigest;
  return isSame && upstream.length === 0 ? "CURRENT" : "STALE";
}

const partNames: Record<keyof ContentDigests, string> = {
  contentHash: "The workflow version is another one.",
  params: "A parameter, or a file that one names, is another one.",
  inputSha256: "The reference image is another one.",
  prompts: "A prompt of the first clip is another one.",
  continuation: "A prompt of the later clips is another one.",
};

/** What differs between what a take was made of and what it would be made of now, in words. */
export function differencesOf(before: ContentDigests | undefined, now: ContentDigests): string[] {
  if (!before) return ["It was made before it was kept what takes are made of."];
  const parts = Object.keys(partNames) as (keyof ContentDigests)[];
  return parts.filter((part) => before[part] !== now[part]).map((part) => partNames[part]);
}

/** A segment with the hashes of the picture that it started from and of the frame at which it ends now. */
export interface ChainedSegment {
  index: number;
  seedSha256: string | null;
  boundarySha256: string | null;
}

/** Why a segment is not what would be made now; null when it is. A first segment depends on its take alone. */
export function staleReason(segment: ChainedSegment, before: ChainedSegment | undefined): string | null {
  const { index, seedSha256 } = segment;
  if (!before || seedSha256 === null || before.boundarySha256 === null) return null;
  if (seedSha256 === before.boundarySha256) return null;
  return `Segment ${index + 1} starts from a frame that segment ${index} had before it was made anew.`;
}
