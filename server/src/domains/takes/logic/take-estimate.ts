import type { Expected, JobEstimate } from "#domains/queue/estimates/logic/estimate.ts";

/** Equal takes: as many, each with so many segments, and what the run of one segment takes. */
export interface EstimatedTakes {
  takeCount: number;
  segmentCount: number;
  /** Whether a person picks a frame between two segments. */
  isManual: boolean;
  run: JobEstimate;
}

export interface TakesEstimate {
  takeCount: number;
  /** Clips, which are runs. */
  segmentCount: number;
  /** Frames that a person has to pick; the time for that is no part of the estimate. */
  pickCount: number;
  /** All runs one after another; null where one of them is unknown. */
  machineSecs: Expected | null;
  /** The same on the places of the pool, where the segments of a take follow each other; null also without places. */
  elapsedSecs: Expected | null;
  sampleCount: number;
  credits: number | null;
}

export function estimateOfTakes(takes: readonly EstimatedTakes[], places: number): TakesEstimate {
  const isKnown = takes.every(({ run }) => run.machineSecs !== null);
  const lengths = (percentile: keyof Expected): number[] =>
    takes.flatMap(({ takeCount, segmentCount, run }) =>
      Array.from({ length: takeCount }, () => (run.machineSecs?.[percentile] ?? 0) * segmentCount),
    );
  const expected = (measure: (lengths: number[]) => number): Expected => ({
    p50: measure(lengths("p50")),
    p90: measure(lengths("p90")),
  });
  const add = (of: (each: EstimatedTakes) => number): number => takes.reduce((sum, each) => sum + of(each), 0);
  const isPriced = takes.every(({ run }) => run.credits !== null);
  return {
    takeCount: add(({ takeCount }) => takeCount),
    segmentCount: add(({ takeCount, segmentCount }) => takeCount * segmentCount),
    pickCount: add(({ takeCount, segmentCount, isManual }) => (isManual ? takeCount * (segmentCount - 1) : 0)),
    machineSecs: isKnown ? expected((all) => all.reduce((sum, each) => sum + each, 0)) : null,
    elapsedSecs: isKnown && places > 0 ? expected((all) => longestPlace(all, places)) : null,
    sampleCount: add(({ run }) => run.sampleCount),
    credits: isPriced ? add(({ takeCount, segmentCount, run }) => takeCount * segmentCount * (run.credits ?? 0)) : null,
  };
}

/** When the last is done if each goes to the place that is free first: a take of many segments is never shorter by more places. */
function longestPlace(lengths: readonly number[], places: number): number {
  const busyUntil = Array.from({ length: Math.min(places, Math.max(1, lengths.length)) }, () => 0);
  for (const length of lengths) {
    const first = busyUntil.indexOf(Math.min(...busyUntil));
    busyUntil[first] = (busyUntil[first] ?? 0) + length;
  }
  return Math.max(...busyUntil);
}
