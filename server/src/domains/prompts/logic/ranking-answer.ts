import { z } from "zod";

/** As a model is asked for it: numbers of candidates, the best first. */
export const rankingAnswer = z.object({
  ranking: z.array(z.object({ number: z.int(), why: z.string() })),
});
export type RankingAnswer = z.infer<typeof rankingAnswer>;

/** A candidate in its new place; `why` is null for those that the model left out. */
export interface Ranked<Candidate> {
  candidate: Candidate;
  why: string | null;
}

const maxWhyLength = 300;

/**
 * The candidates in a model's order, each once. Numbers start at 1; those that there are none of are dropped, and what the
 * model left out follows in the order that it had.
 */
export function inOrderOf<Candidate>(
  { ranking }: RankingAnswer,
  candidates: readonly Candidate[],
): Ranked<Candidate>[] {
  const reasons = new Map<Candidate, string>();
  for (const { number, why } of ranking) {
    const candidate = candidates[number - 1];
    if (candidate !== undefined && !reasons.has(candidate)) reasons.set(candidate, why.trim().slice(0, maxWhyLength));
  }
  const named = [...reasons].map(([candidate, why]) => ({ candidate, why: why || null }));
  const others = candidates.filter((candidate) => !reasons.has(candidate));
  return [...named, ...others.map((candidate) => ({ candidate, why: null }))];
}
