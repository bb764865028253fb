import type { ClipPosition } from "#platform/db/generated/enums.ts";

export interface SegmentDurations {
  targetDurationSecs: number | null;
  segmentDurationSecs: number | null;
  durationToleranceSecs: number | null;
}

/** Sums of decimals are off by a hair. */
const hair = 1e-6;

/**
 * How many segments fill the target. A remainder of at most the tolerance makes none; without a target or a segment's
 * duration the take is one.
 */
export function countSegments({ targetDurationSecs, segmentDurationSecs, durationToleranceSecs }: SegmentDurations) {
  if (targetDurationSecs === null || segmentDurationSecs === null) return 1;
  const whole = Math.floor(targetDurationSecs / segmentDurationSecs + hair);
  const remainder = targetDurationSecs - whole * segmentDurationSecs;
  return Math.max(1, remainder > (durationToleranceSecs ?? 0) + hair ? whole + 1 : whole);
}

/** Which texts a segment takes. */
export function clipPositionOf(index: number, count: number): ClipPosition {
  if (index > 0) return "CONTINUATION_CLIP";
  return count === 1 ? "FULL_CLIP" : "START_CLIP";
}
