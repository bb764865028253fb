import { seedAfter, type SeedRange, sizeOfRange } from "#domains/workflows/logic/seed-range.ts";

export type SeedMode = "RANDOM" | "FIXED" | "INCREMENT";

/** Seeds that we draw stay within what every JSON reader keeps exact; given ones go up to 2^64-1. */
export const maxDrawnSeed = BigInt(Number.MAX_SAFE_INTEGER);

export type SeedPlan = {
  mode: SeedMode;
  /** The seed to keep or count from, in the range; null draws one. RANDOM does not look at it. */
  seed: bigint | null;
  count: number;
  /** A seed in 0..2^53-1. */
  draw: () => bigint;
  range: SeedRange;
};

/**
 * A seed for each run in order. Counting goes on at the range's minimum after its maximum; from a drawn start it stays
 * below 2^53 and crosses neither, where the range leaves room for that.
 */
export function planSeeds({ mode, seed, count, draw, range }: SeedPlan): bigint[] {
  const runs = Array.from({ length: count }, (_, index) => BigInt(index));
  if (mode === "RANDOM") return runs.map(() => drawIn(range, draw));
  if (mode === "FIXED") {
    const fixed = seed ?? drawIn(range, draw);
    return runs.map(() => fixed);
  }
  const start = seed ?? drawIn(range, draw, BigInt(count) - 1n);
  return runs.map((index) => seedAfter(start, index, range));
}

/** A drawn seed within the range. @param room to leave at the end of what can be drawn, where there is as much */
export function drawIn(range: SeedRange, draw: () => bigint, room = 0n): bigint {
  const max = range.max < maxDrawnSeed || range.min > maxDrawnSeed ? range.max : maxDrawnSeed;
  const size = sizeOfRange({ min: range.min, max });
  return range.min + (draw() % (size > room ? size - room : size));
}
