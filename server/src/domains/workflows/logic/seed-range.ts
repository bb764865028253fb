import { maxSeed, type WorkflowParameter } from "#domains/workflows/logic/parameter.ts";

/** Both ends belong to it. */
export interface SeedRange {
  min: bigint;
  max: bigint;
}

/** The seeds that every seed parameter of a workflow takes: 0 to 2^64 − 1, unless one says less. */
export function seedRangeOf(parameters: readonly Pick<WorkflowParameter, "type" | "min" | "max">[]): SeedRange {
  const range = { min: 0n, max: maxSeed };
  for (const { type, min, max } of parameters) {
    if (type !== "SEED") continue;
    const least = whole(min, Math.ceil);
    const greatest = whole(max, Math.floor);
    if (least !== null && least > range.min) range.min = least;
    if (greatest !== null && greatest < range.max) range.max = greatest;
  }
  // Bounds that leave nothing are a mistake of whoever wrote them down: the seed's own hold.
  return range.min <= range.max ? range : { min: 0n, max: maxSeed };
}

export const sizeOfRange = ({ min, max }: SeedRange): bigint => max - min + 1n;

/** Counts on from a seed of the range, at its minimum again after its maximum. */
export function seedAfter(seed: bigint, steps: bigint, range: SeedRange): bigint {
  return range.min + ((seed - range.min + steps) % sizeOfRange(range));
}

/** Bounds beyond 2^53 come out of JSON as bigint. */
function whole(bound: number | bigint | null, round: (bound: number) => number): bigint | null {
  if (typeof bound !== "number") return bound;
  return Number.isFinite(bound) ? BigInt(round(bound)) : null;
}
