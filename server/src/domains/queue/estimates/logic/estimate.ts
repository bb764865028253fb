import { type RunHistory, type RunTimes, sizeKey } from "#domains/queue/estimates/logic/run-times.ts";

/** Seconds, the median and what nine of ten stay below. */
export interface Expected {
  p50: number;
  p90: number;
}

export interface JobEstimate {
  runCount: number;
  /** Time on machines, all runs one after another; null without history. */
  machineSecs: Expected | null;
  /** The same spread over the places of the pool; null without history or places. */
  elapsedSecs: Expected | null;
  /** Runs that the figures are taken from. */
  sampleCount: number;
  /** At the configured prices; null where there is none, or it is not known how much is made. */
  credits: number | null;
}

/** What one run is to make; null when it is not known. */
export type Yield = { images: number } | { videoSecs: number | null };

export interface EstimatedRun {
  size: { width: number; height: number } | null;
  makes: Yield;
}

/** So few runs of one size say less than all sizes together. */
const minSamples = 3;

/** Times of runs of this size, or of all when there are too few of it. */
export function timesFor(history: RunHistory, size: EstimatedRun["size"]): RunTimes | null {
  const same = size ? history.bySize.get(sizeKey(size)) : undefined;
  return same && same.sampleCount >= minSamples ? same : history.all;
}

export function estimateJob(
  runs: readonly EstimatedRun[],
  history: RunHistory,
  places: number,
  prices: { image: number | undefined; videoSecond: number | undefined },
): JobEstimate {
  const machineSecs = { p50: 0, p90: 0 };
  const used = new Set<RunTimes>();
  let credits: number | null = 0;
  let isKnown = history.all !== null;
  for (const { size, makes } of runs) {
    const times = timesFor(history, size);
    if (times) {
      used.add(times);
      machineSecs.p50 += times.p50;
      machineSecs.p90 += times.p90;
    } else isKnown = false;
    const price = priceOf(makes, prices);
    credits = price === null || credits === null ? null : credits + price;
  }
  return {
    runCount: runs.length,
    machineSecs: isKnown ? machineSecs : null,
    elapsedSecs: isKnown ? spread(machineSecs, runs.length, places) : null,
    sampleCount: [...used].reduce((sum, { sampleCount }) => sum + sampleCount, 0),
    credits,
  };
}

/** Runs can't be divided: three on two places take as long as four. */
export function spread(total: Expected, runCount: number, places: number): Expected | null {
  if (places <= 0) return null;
  if (runCount <= 0) return { p50: 0, p90: 0 };
  const rounds = Math.ceil(runCount / places);
  return { p50: (total.p50 / runCount) * rounds, p90: (total.p90 / runCount) * rounds };
}

function priceOf(
  makes: Yield,
  { image, videoSecond }: { image: number | undefined; videoSecond: number | undefined },
): number | null {
  if ("images" in makes) return image === undefined ? null : image * makes.images;
  return videoSecond === undefined || makes.videoSecs === null ? null : videoSecond * makes.videoSecs;
}
