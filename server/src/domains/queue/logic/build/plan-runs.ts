import type { JobInput } from "#domains/queue/logic/build/per-file.ts";
import { planPrefixes } from "#domains/queue/logic/build/output-prefix.ts";
import { overlayParams, type ResolvedParams } from "#domains/queue/logic/build/resolve-params.ts";
import { planSeeds, type SeedMode } from "#domains/queue/logic/build/seeds.ts";
import type { SeedRange } from "#domains/workflows/logic/seed-range.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";

export type PlanInput<Input extends JobInput> = {
  /** None: one run for each try, without an input. */
  inputs: readonly Input[];
  /** 1 to 100. */
  tries: number;
  seedMode: SeedMode;
  seed: bigint | null;
  /** A seed in 0..2^53-1. */
  draw: () => bigint;
  /** Seeds that the workflow takes. */
  range: SeedRange;
  prefix: string;
  params: ResolvedParams;
  /** Values of single inputs, by their position in `inputs`; they reach no other input. */
  perFile: ReadonlyMap<number, ResolvedParams>;
};

export type PlannedRun<Input extends JobInput> = {
  /** From 0, in the order in which the runs are to be made. */
  index: number;
  input: Input | null;
  /** From 0; the prefix counts from 1. */
  tryIndex: number;
  seed: bigint;
  prefix: string;
  params: ResolvedParams;
};

/**
 * The runs of a job: inputs in natural order of their names, all tries of one input together. A seed given as a
 * parameter, for the job or for one input, is kept (or counted up from) even where the mode would draw fresh ones.
 */
export function planRuns<Input extends JobInput>(plan: PlanInput<Input>): PlannedRun<Input>[] {
  const { inputs, tries } = plan;
  const ordered = inputs
    .map((input, position) => ({ input, position }))
    .toSorted(
      (a, b) =>
        compareNatural(a.input.filename, b.input.filename) || compareNatural(a.input.path ?? "", b.input.path ?? ""),
    );
  const prefixes = planPrefixes(
    plan.prefix,
    ordered.map(({ input }) => input.filename),
    tries,
  );
  const jobSeeds = seedsOf(plan, plan.params.seed, prefixes.length * tries);
  return prefixes.flatMap((ofInput, order) => {
    const { input, position } = ordered[order] ?? { input: null, position: -1 };
    const own = plan.perFile.get(position);
    const params = own ? overlayParams(plan.params, own) : plan.params;
    const ownSeeds = own && own.seed !== null ? seedsOf(plan, own.seed, tries) : null;
    return ofInput.map((prefix, tryIndex) => {
      const index = order * tries + tryIndex;
      // oxlint-disable-next-line no-unnecessary-type-assertion -- the compiler does need it
      const seed = ownSeeds?.[tryIndex] ?? (jobSeeds[index] as bigint);
      return { index, input, tryIndex, seed, prefix, params };
    });
  });
}

function seedsOf({ seedMode, seed, draw, range }: PlanInput<JobInput>, given: bigint | null, count: number): bigint[] {
  const mode = given !== null && seedMode === "RANDOM" ? "FIXED" : seedMode;
  return planSeeds({ mode, seed: given ?? seed, count, draw, range });
}
