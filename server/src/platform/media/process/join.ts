import { sniffType } from "#platform/media/inspect.ts";
import type { Tags, WrittenClip } from "#platform/media/media-tasks.ts";
import { assemble } from "#platform/media/process/assemble.ts";
import { openClip } from "#platform/media/process/clip-reader.ts";
import { frameAt } from "#platform/media/process/frames.ts";
import type { Part } from "#platform/media/process/part.ts";

/** Clips one after another. */
export async function join(paths: string[], to: string, tags: Tags): Promise<WrittenClip> {
  return assembled(paths, to, tags, (part) => part);
}

/**
 * Clips that each begin with the picture that the one before ends with. It is left out at the end of the one before: a
 * beginning can't be cut off without encoding again, what the rest of the clip refers to is there.
 */
export async function stitch(
  paths: string[],
  to: string,
  tags: Tags,
  onProgress: (done: number) => void,
): Promise<WrittenClip> {
  const last = paths.length - 1;
  return assembled(
    paths,
    to,
    tags,
    (part, index) => (index === last ? part : { ...part, lastIndex: Math.max(0, part.lastIndex - 1) }),
    onProgress,
  );
}

async function assembled(
  paths: string[],
  to: string,
  tags: Tags,
  cut: (part: Part, index: number) => Part,
  onProgress?: (done: number) => void,
): Promise<WrittenClip> {
  const parts: Part[] = [];
  try {
    for (const [index, path] of paths.entries()) parts.push(cut(await open(path), index));
    const [first, ...others] = parts;
    if (!first) throw new Error("there is nothing to join");
    return await assemble([first, ...others], to, tags, onProgress);
  } finally {
    for (const { clip } of parts) clip[Symbol.dispose]();
  }
}

/** The beginning of a clip, up to and with the frame that is shown at a second. */
export async function trim(path: string, to: string, untilSecs: number): Promise<WrittenClip> {
  const part = await open(path);
  using clip = part.clip;
  return await assemble([{ ...part, lastIndex: frameAt(clip, untilSecs) }], to, {});
}

async function open(path: string): Promise<Part> {
  const mime = await sniffType(path);
  const clip = await openClip(path, mime);
  return { clip, mime, lastIndex: clip.places.length - 1 };
}
