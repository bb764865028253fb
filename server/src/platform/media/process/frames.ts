import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { FrameChoice, WrittenFrame } from "#platform/media/media-tasks.ts";
import { sniffType } from "#platform/media/inspect.ts";
import { stillestFrame } from "#platform/media/logic/stillest-frame.ts";
import { type ClipReader, type Frame, openClip } from "#platform/media/process/clip-reader.ts";
import { Refused } from "#platform/media/process/refused.ts";
import { thumbnailSize } from "#platform/media/thumbnail.ts";

/** Writes frames of a clip as PNGs. @param maxSide pixels of the longer side, null for all */
export async function frames(
  path: string,
  choice: FrameChoice,
  folder: string,
  maxSide: number | null,
): Promise<WrittenFrame[]> {
  const mime = await sniffType(path);
  using clip = await openClip(path, mime);
  const indexes = await choose(clip, choice);
  const wanted = new Set(indexes);
  const written: WrittenFrame[] = [];
  for await (const frame of clip.frames(Math.min(...indexes), Math.max(...indexes))) {
    if (!wanted.has(frame.index)) continue;
    const to = join(folder, `frame-${String(frame.index).padStart(6, "0")}.png`);
    await limited(pictureOf(frame), maxSide).png({ compressionLevel: 6 }).toFile(to);
    written.push({ index: frame.index, timestamp: frame.timestamp, path: to });
  }
  if (written.length === 0) throw new Refused("CORRUPT", "none of the frames could be decoded");
  return written;
}

export function pictureOf({ pixels, width, height }: Frame): Sharp {
  return sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha();
}

function limited(picture: Sharp, maxSide: number | null): Sharp {
  return maxSide === null
    ? picture
    : picture.resize({ width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true });
}

async function choose(clip: ClipReader, choice: FrameChoice): Promise<number[]> {
  const last = clip.places.length - 1;
  if ("last" in choice) return [last];
  if ("at" in choice) return [...new Set(choice.at.map((secs) => frameAt(clip, secs)))].toSorted((a, b) => a - b);
  if ("lastSecs" in choice) {
    const first = frameAt(clip, clip.durationSecs - choice.lastSecs);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }
  const first = Math.max(0, clip.places.length - choice.stillestOf);
  const greys: Uint8Array[] = [];
  for await (const frame of clip.frames(first, last)) greys.push(await greyOf(frame));
  return [first + (greys.length === 0 ? 0 : stillestFrame(greys))];
}

/** Number of the frame that is shown at a second of the clip; the first or last one beyond its ends. */
export function frameAt({ places }: Pick<ClipReader, "places">, secs: number): number {
  // Seconds travel as decimals: a hair before a frame's start still means that frame.
  const start = places[0]?.timestamp ?? 0;
  const after = places.findIndex(({ timestamp }) => timestamp - start > secs + 1e-4);
  return after === -1 ? places.length - 1 : Math.max(0, after - 1);
}

async function greyOf(frame: Frame): Promise<Uint8Array> {
  return pictureOf(frame).resize(64, 64, { fit: "fill" }).greyscale().raw().toBuffer();
}

/** Not the first frame, which is often black, but one a little later. */
export async function poster(path: string, to: string): Promise<void> {
  const mime = await sniffType(path);
  using clip = await openClip(path, mime);
  const index = frameAt(clip, clip.durationSecs / 10);
  for await (const frame of clip.frames(index, index)) {
    await limited(pictureOf(frame), thumbnailSize).webp({ quality: 78 }).toFile(to);
    return;
  }
  throw new Refused("CORRUPT", "the poster frame could not be decoded");
}
