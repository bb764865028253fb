/**
 * The place of the frame that differs least from those beside it, the later one of equals: where a clip is cut, the next
 * one starts from a picture without motion blur.
 * @param frames grey values of frames in their order, all of one size, at least one
 */
export function stillestFrame(frames: readonly Uint8Array[]): number {
  const steps = frames.slice(1).map((frame, index) => difference(frames[index] as Uint8Array, frame));
  const motion = frames.map((_, index) => {
    const beside = [steps[index - 1], steps[index]].filter((step) => step !== undefined);
    return beside.length === 0 ? 0 : beside.reduce((sum, step) => sum + step, 0) / beside.length;
  });
  return motion.lastIndexOf(Math.min(...motion));
}

/** Mean absolute difference of grey values. */
function difference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += Math.abs((one[at] as number) - (other[at] as number));
  return sum / Math.max(1, one.length);
}
