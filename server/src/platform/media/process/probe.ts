import { readEmbeddedTexts } from "#platform/media/embedded-texts.ts";
import { inspectMedia } from "#platform/media/inspect.ts";
import type { MediaProbe } from "#platform/media/media-tasks.ts";
import { openClip } from "#platform/media/process/clip-reader.ts";
import sharp from "sharp";

/** Everything about a picture, clip or sound; a file of another kind has a type and nothing else. */
export async function probe(path: string): Promise<MediaProbe> {
  const { mime, width, height, durationSecs, fps } = await inspectMedia(path);
  const isPicture = mime.startsWith("image/");
  if (!isPicture && !mime.startsWith("video/") && !mime.startsWith("audio/")) {
    return { mime, codec: null, audioCodec: null, width, height, durationSecs, fps, frameCount: null, texts: [] };
  }
  const texts = await readEmbeddedTexts(path, mime);
  const found = { mime, audioCodec: null, width, height, durationSecs, fps, texts };
  if (isPicture) {
    const { format, pages } = await sharp(path).metadata();
    return { ...found, codec: format, frameCount: pages ?? 1 };
  }
  if (mime.startsWith("audio/")) return { ...found, codec: null, frameCount: null };
  using clip = await openClip(path, mime);
  const frameCount = clip.places.length;
  return {
    ...found,
    codec: clip.codec,
    audioCodec: (await clip.audio?.getCodec()) ?? null,
    durationSecs: clip.durationSecs,
    fps: clip.durationSecs > 0 ? Math.round((frameCount / clip.durationSecs) * 1000) / 1000 : null,
    frameCount,
  };
}
