/** Moments of a clip that a prompt is written along, in seconds from its start. */
export interface ClipMarkers {
  start: number;
  mid: number;
  end: number;
}

/**
 * Start, half and end, rounded down to half seconds: finer than that no model keeps to. A clip under a second has its start
 * and its exact end, and no half of its own.
 * @param frames of one clip
 * @param fps frames a second
 */
export function clipMarkers(frames: number, fps: number): ClipMarkers {
  const duration = frames / fps;
  if (duration < 1) return { start: 0, mid: 0, end: duration };
  return { start: 0, mid: floorToHalf(duration / 2), end: floorToHalf(duration) };
}

const floorToHalf = (seconds: number): number => Math.floor(2 * seconds) / 2;

/** In seconds, as people write it: 1.5, 3, 0.67. */
export function showSeconds(seconds: number): string {
  return String(Math.round(seconds * 100) / 100);
}
