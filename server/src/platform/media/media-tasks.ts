import type { EmbeddedText } from "#platform/media/embedded-texts.ts";

/** What a picture or clip is, told by the file itself. */
export interface MediaProbe {
  mime: string;
  /** As in "avc", "vp9", "webp"; null for what has no picture. */
  codec: string | null;
  audioCodec: string | null;
  /** As shown: upright. */
  width: number | null;
  height: number | null;
  /** Null for a still. */
  durationSecs: number | null;
  fps: number | null;
  /** 1 for a still, null for sound. */
  frameCount: number | null;
  texts: EmbeddedText[];
}

/** One frame of a clip: counted from 0, and the second at which it is shown. */
export interface FramePlace {
  index: number;
  timestamp: number;
}

/** Which frames of a clip: those shown at some seconds, the last, all of the last seconds, or the stillest of the last n. */
export type FrameChoice = { at: number[] } | { last: true } | { lastSecs: number } | { stillestOf: number };

/** A frame that was written as a PNG. */
export interface WrittenFrame extends FramePlace {
  path: string;
}

export interface WrittenClip {
  durationSecs: number;
  frameCount: number;
  /** Whether packets were decoded and encoded again, rather than copied. */
  isReencoded: boolean;
}

/** Texts by name that are put into a file, such as the graph under `prompt`. */
export type Tags = Record<string, string>;

/** The work that a media process does. Paths are of this machine; what is written is whole once the task has ended. */
export type MediaTasks = {
  probe(path: string): MediaProbe;
  /** A frame that stands for a clip, as a WebP of at most 480 pixels. */
  poster(path: string, to: string): void;
  /** Frames as PNGs in a folder, in the order of time. */
  frames(path: string, choice: FrameChoice, folder: string, maxSide: number | null): WrittenFrame[];
  /** The clip from its start up to and with the frame that is shown at `untilSecs`. */
  trim(path: string, to: string, untilSecs: number): WrittenClip;
  /** Clips one after another as MP4, or as WebM when all of them are and the name says so. */
  join(paths: string[], to: string, tags: Tags): WrittenClip;
  /** The same for clips that each begin with the picture that the one before ends with: it comes once. */
  stitch(paths: string[], to: string, tags: Tags): WrittenClip;
};

export type MediaTask = keyof MediaTasks;

/** Told on the way of a long task: how much of it is done, 0 to 1. */
export interface MediaProgress {
  done: number;
}

/** Answers cross between processes, where classes of errors get lost. */
export type TaskAnswer<Name extends MediaTask> =
  | { value: ReturnType<MediaTasks[Name]> }
  | { problem: { code: "CORRUPT" | "UNSUPPORTED"; message: string } };
