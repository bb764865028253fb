import { rm } from "node:fs/promises";
import { extname } from "node:path";
import {
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathTarget,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  VideoSample,
  VideoSampleSource,
  type VideoSource,
  WebMOutputFormat,
} from "mediabunny";
import sharp from "sharp";
import type { Tags, WrittenClip } from "#platform/media/media-tasks.ts";
import { audioWriter } from "#platform/media/process/assemble-audio.ts";
import type { Frame } from "#platform/media/process/clip-reader.ts";
import { mayCopyVideo } from "#platform/media/process/may-copy.ts";
import { lengthOf, moved, type Part } from "#platform/media/process/part.ts";

/** Writes parts after each other as one clip. Packets are copied where all parts allow it, which loses nothing. */
export async function assemble(
  parts: readonly [Part, ...Part[]],
  to: string,
  tags: Tags,
  onProgress?: (done: number) => void,
): Promise<WrittenClip> {
  const [first] = parts;
  const isWebM = extname(to) === ".webm" && parts.every(({ mime }) => mime === "video/webm");
  // The tags that keep free names, which ComfyUI reads too.
  const format = isWebM ? new WebMOutputFormat() : new Mp4OutputFormat({ metadataFormat: "mdta" });
  const output = new Output({ format, target: new FilePathTarget(to) });
  try {
    const copies = (await mayCopyVideo(parts)) && format.getSupportedVideoCodecs().includes(first.clip.codec as never);
    const video = copies ? await copyingWriter(first) : encodingWriter(first, isWebM ? "vp9" : "avc");
    output.addVideoTrack(video.source, copies ? { rotation: (await first.clip.video?.getRotation()) ?? 0 } : {});
    const audio = await audioWriter(parts, output, isWebM ? "opus" : "aac");
    output.setMetadataTags({ raw: tags });
    await output.start();
    let at = 0;
    let frameCount = 0;
    for (const [index, part] of parts.entries()) {
      await video.write(part, at, (share) => onProgress?.((index + share) / parts.length));
      await audio?.write(part, at);
      at += lengthOf(part);
      frameCount += part.lastIndex + 1;
      onProgress?.((index + 1) / parts.length);
    }
    await output.finalize();
    return { durationSecs: at, frameCount, isReencoded: !copies };
  } catch (error) {
    await output.cancel().catch(() => undefined);
    await rm(to, { force: true });
    throw error;
  }
}

interface VideoWriter {
  source: VideoSource;
  /** @param at second of the whole at which the part begins @param onShare is told how much of it is written, 0 to 1 */
  write(part: Part, at: number, onShare: (done: number) => void): Promise<void>;
}

async function copyingWriter(first: Part): Promise<VideoWriter> {
  const { codec, video } = first.clip;
  const source = new EncodedVideoPacketSource(codec as never);
  const decoderConfig = await video?.getDecoderConfig();
  return {
    source,
    write: async ({ clip, lastIndex }, at) => {
      if (!clip.video) return;
      const start = clip.places[0]?.timestamp ?? 0;
      const until = clip.places[lastIndex]?.timestamp ?? 0;
      for await (const packet of new EncodedPacketSink(clip.video).packets()) {
        if (packet.timestamp > until) break;
        await source.add(moved(packet, at - start), decoderConfig ? { decoderConfig } : undefined);
      }
    },
  };
}

function encodingWriter({ clip }: Part, codec: "avc" | "vp9"): VideoWriter {
  const source = new VideoSampleSource({ codec, bitrate: QUALITY_HIGH });
  // Codecs store colour for 2 × 2 pixels together.
  const [width, height] = [Math.max(2, clip.width & ~1), Math.max(2, clip.height & ~1)];
  return {
    source,
    write: async ({ clip: { frames, places }, lastIndex }, at, onShare) => {
      const start = places[0]?.timestamp ?? 0;
      for await (const frame of frames(0, lastIndex)) {
        const { timestamp, durationSecs } = places[frame.index] ?? frame;
        const sample = new VideoSample(new Uint8Array(await fitted(frame, width, height)), {
          format: "RGBX",
          codedWidth: width,
          codedHeight: height,
          timestamp: at + timestamp - start,
          duration: durationSecs,
        });
        await source.add(sample);
        sample.close();
        onShare((frame.index + 1) / (lastIndex + 1));
      }
    },
  };
}

/** The frame at the size of the whole, with black around it where its shape is another. */
async function fitted({ pixels, width: from, height: high }: Frame, width: number, height: number): Promise<Buffer> {
  if (from === width && high === height) return pixels;
  return sharp(pixels, { raw: { width: from, height: high, channels: 4 } })
    .resize({ width, height, fit: "contain", background: "black" })
    .ensureAlpha()
    .raw()
    .toBuffer();
}
