import { transitionFilename } from "#domains/stories/logic/execution-paths.ts";
import type { Timeline, TimelineClip } from "#domains/takes/logic/edit-list.ts";

interface TimedScene {
  slug: string;
  title: string;
}

interface TimedTransition {
  id: string;
  /** Its place among them, from 0. */
  order: number;
  frameCount: number | null;
  durationSecs: number | null;
}

/**
 * The clips of an execution as its film has them, at the first one's rate: all but the last without the frame that the next
 * begins with. Null before all are there.
 */
export function executionTimeline(
  name: string,
  scenes: readonly TimedScene[],
  transitions: readonly TimedTransition[],
): Timeline | null {
  const [first] = transitions;
  if (!first?.frameCount || !first.durationSecs) return null;
  const fps = Number((first.frameCount / first.durationSecs).toFixed(3));
  const clips = transitions.flatMap(({ id, order, frameCount, durationSecs }): TimelineClip[] => {
    const [from, to] = [scenes[order], scenes[order + 1]];
    if (!from || !to || !frameCount || !durationSecs) return [];
    const fileFrames = Math.max(1, Math.round(durationSecs * fps));
    const isLast = order === transitions.length - 1;
    return [
      {
        name: `${from.title} to ${to.title}`,
        filename: transitionFilename({ order, slug: from.slug, nextSlug: to.slug }),
        frames: isLast ? fileFrames : Math.max(1, fileFrames - 1),
        fileFrames,
        record: { transitionId: id },
      },
    ];
  });
  return clips.length === transitions.length ? { name, fps, folder: "videos", clips } : null;
}
