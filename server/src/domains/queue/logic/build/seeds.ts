import { maxSeed } from "#domains/workflows/logic/parameter.ts";

export type SeedMode = "RANDOM" | "FIXED" | "INCREMENT";

/** Seeds that we draw stay within what every JSON reader keeps exact; given ones go up to 2^64-1. */
export const maxDrawnSeed = BigInt(Number.MAX_SAFE_INTEGER);

export type SeedPlan = {
  mode: SeedMode;
  /** The seed to keep or count from; null draws one. RANDOM does not look at it. */
  seed: bigint | null;
  count: number;
  /** A seed in 0..2^53-1. */
  draw: () => bigint;
};

/** A seed for each run in order. Counting up goes on at 0 after 2^64-1; from a drawn start it stays below 2^53. */
export function planSeeds({ mode, seed, count, draw }: SeedPlan): bigint[] {
  const runs = Array.from({ length: count }, (_, index) => BigInt(index));
  if (mode === "RANDOM") return runs.map(() => draw());
  if (mode === "FIXED") {
    const fixed = seed ?? draw();
    return runs.map(() => fixed);
  }
  const start = seed ?? draw() % (maxDrawnSeed - BigInt(count) + 1n);
  return runs.map((index) => (start + index) % (maxSeed + 1n));
}
