import { EncodedPacketSink } from "mediabunny";
import type { ClipReader } from "#platform/media/process/clip-reader.ts";
import type { Part } from "#platform/media/process/part.ts";

/** Whether parts can be put together as they are: one codec, one set-up of it, one size, and no part cut where it can't be. */
export async function mayCopyVideo(parts: readonly Part[]): Promise<boolean> {
  const marks = new Set<string>();
  for (const { clip, lastIndex } of parts) {
    if (!clip.video || !(await endsInOrder(clip, lastIndex))) return false;
    const config = await clip.video.getDecoderConfig();
    if (!config) return false;
    const { codec, codedWidth, codedHeight, description } = config;
    const size = `${codedWidth}x${codedHeight} ${await clip.video.getRotation()}`;
    marks.add(`${codec} ${size} ${description ? bytesOf(description).toString("base64") : ""}`);
  }
  return marks.size === 1;
}

export function bytesOf(source: ArrayBufferLike | ArrayBufferView): Buffer {
  return ArrayBuffer.isView(source)
    ? Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    : Buffer.from(source);
}

/** Codecs may store frames in another order than they are shown: then a frame that is kept may need one that is not. */
async function endsInOrder({ video, places }: ClipReader, lastIndex: number): Promise<boolean> {
  if (!video || lastIndex === places.length - 1) return video !== null;
  const until = places[lastIndex]?.timestamp ?? 0;
  let isOver = false;
  for await (const { timestamp } of new EncodedPacketSink(video).packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    if (timestamp > until) isOver = true;
    else if (isOver) return false;
  }
  return true;
}
