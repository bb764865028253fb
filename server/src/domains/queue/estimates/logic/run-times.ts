/** How long runs of a workflow version took on the machines of a pool, in seconds. */
export interface RunTimes {
  p50: number;
  p90: number;
  sampleCount: number;
}

/** All sizes together, and each size by itself. */
export interface RunHistory {
  all: RunTimes | null;
  bySize: ReadonlyMap<string, RunTimes>;
}

export const sizeKey = ({ width, height }: { width: number; height: number }): string => `${width}x${height}`;
