export interface RunCounts {
  total: number;
  succeeded: number;
  failed: number;
  /** Those that succeeded, and the share that is done of those in hand. */
  done: number;
}

export interface ExecutionProgress {
  /** 0 to 1. */
  done: number;
  images: RunCounts;
  videos: RunCounts;
  stitched: number;
}

const none: RunCounts = { total: 0, succeeded: 0, failed: 0, done: 0 };

/** Every run counts the same, and joining the film as one more. */
export function progressOf(
  stages: readonly (RunCounts & { stage: "IMAGES" | "VIDEOS" })[],
  stitched: number,
): ExecutionProgress {
  const of = (wanted: string): RunCounts => stages.find(({ stage }) => stage === wanted) ?? none;
  const [images, videos] = [of("IMAGES"), of("VIDEOS")];
  const done = (images.done + videos.done + stitched) / (images.total + videos.total + 1);
  return { done: Math.min(1, done), images, videos, stitched };
}
