import { clipMarkers, showSeconds } from "#domains/autoprompt/logic/clip-markers.ts";

/** What a system prompt may name, in braces. */
export const systemPromptVariables = ["fps", "frames", "duration", "mid", "end", "clips"] as const;

/** Timing of the workflow that is written for; without a clip there is none. */
export interface ClipTiming {
  /** Frames a second. */
  fps: number;
  /** Of one clip. */
  frames: number;
  /** How many clips follow each other, each with a text of its own; 1 for one text. */
  clips: number;
}

/** How pictures are described, unless the studio says otherwise. */
export const captionPrompt = `You describe pictures for somebody who will set them in motion and cannot see them.
Say in one paragraph of at most 120 words what matters for motion: who or what the subject is and where in the picture, pose and
direction of gaze, what the hands do, clothing and hair and whether they could move, the surroundings and what moves there by
nature, where the light comes from, and how the camera sees it (distance, height, angle).
Tell only what is there. No introduction, no judgement, no list.`;

/** How prompts for clips are written, unless the studio says otherwise. */
export const motionPrompt = `You write prompts for an image-to-video model from the description of its first picture.
The clip has {frames} frames at {fps} frames a second: {duration} seconds. Say what happens at 0 s, by {mid} s and by {end} s, as one flowing
paragraph in the present tense: one main movement of the subject, what the surroundings do, and at most one movement of the camera.
Keep subject, clothing, place and light as they are described. Nothing appears that is not in the picture, and nobody speaks.
When {clips} clips follow each other, write one text for each; each goes on where the one before ends. No introduction, no list.`;

/**
 * A system prompt with its variables filled in; other braces stay as they are.
 * @param timing null for what has no clip: its variables stay
 */
export function fillSystemPrompt(template: string, timing: ClipTiming | null): string {
  if (!timing) return template;
  const { mid, end } = clipMarkers(timing.frames, timing.fps);
  const values: Record<(typeof systemPromptVariables)[number], string> = {
    fps: showSeconds(timing.fps),
    frames: String(timing.frames),
    duration: showSeconds(timing.frames / timing.fps),
    mid: showSeconds(mid),
    end: showSeconds(end),
    clips: String(timing.clips),
  };
  return template.replaceAll(
    /\{(fps|frames|duration|mid|end|clips)\}/g,
    (_all, name: keyof typeof values) => values[name],
  );
}
