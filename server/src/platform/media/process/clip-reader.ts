import { registerMediabunnyServer } from "@mediabunny/server";
import {
  ALL_FORMATS,
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  VideoSampleSink,
} from "mediabunny";
import sharp from "sharp";
import { Refused } from "#platform/media/process/refused.ts";
import type { FramePlace } from "#platform/media/media-tasks.ts";

/** A decoded frame; RGBA, rows from the top, without padding. */
export interface Frame extends FramePlace {
  durationSecs: number;
  width: number;
  height: number;
  pixels: Buffer;
}

/** A clip that can be read frame by frame: a video file, or a picture that moves. */
export interface ClipReader extends Disposable {
  codec: string;
  width: number;
  height: number;
  durationSecs: number;
  /** In the order in which they are shown. */
  places: readonly (FramePlace & { durationSecs: number })[];
  /** Decodes frames by number, from the first up to and with the last. */
  frames: (first: number, last: number) => AsyncGenerator<Frame>;
  /** Of a video file only. */
  video: InputVideoTrack | null;
  audio: InputAudioTrack | null;
}

// Looking for GPUs is slow, and chatty.
registerMediabunnyServer({ hardwareContext: null });

/** @throws Refused for what is no clip */
export async function openClip(path: string, mime: string): Promise<ClipReader> {
  if (mime.startsWith("image/")) return openAnimation(path);
  if (mime.startsWith("video/")) return openVideo(path);
  throw new Refused("UNSUPPORTED", `a file of type ${mime} has no frames`);
}

/** Bytes of a file that are kept in memory. Clips that are joined are all open at once, and there may be hundreds of them. */
const maxCacheSize = 2 ** 20;

async function openVideo(path: string): Promise<ClipReader> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path, { maxCacheSize }) });
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video && (await input.getTracks()).length === 0) throw new Refused("CORRUPT", "the clip has nothing in it");
    if (!video) throw new Refused("UNSUPPORTED", "the file has no video in it");
    const codec = await video.getCodec();
    if (codec === null) throw new Refused("UNSUPPORTED", "the clip's codec is not known here");
    const start = await video.getFirstTimestamp();
    const places = await placesOf(video);
    if (places.length === 0) throw new Refused("CORRUPT", "the clip has no frame");
    const last = places.at(-1) as (typeof places)[number];
    return {
      codec,
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      durationSecs: last.timestamp + last.durationSecs - start,
      places,
      frames: (from, to) => decode(video, places, from, to),
      video,
      audio: await input.getPrimaryAudioTrack(),
      [Symbol.dispose]: () => input.dispose(),
    };
  } catch (error) {
    input.dispose();
    throw error;
  }
}

/**
 * Frames in the order in which they are shown. The length of a packet is that of its turn in the file, which is another order
 * where frames refer to later ones: how long the last is shown, the file's own length tells.
 */
async function placesOf(video: InputVideoTrack): Promise<(FramePlace & { durationSecs: number })[]> {
  const found: { timestamp: number; durationSecs: number }[] = [];
  const sink = new EncodedPacketSink(video);
  for await (const { timestamp, duration } of sink.packets(undefined, undefined, { metadataOnly: true }))
    found.push({ timestamp, durationSecs: duration });
  const isInOrder = found.every(({ timestamp }, index) => timestamp >= (found[index - 1]?.timestamp ?? timestamp));
  found.sort((a, b) => a.timestamp - b.timestamp);
  const last = found.at(-1);
  const end = isInOrder ? null : await video.getDurationFromMetadata();
  if (last && end !== null && end > last.timestamp) last.durationSecs = end - last.timestamp;
  return found.map((place, index) => {
    const next = found[index + 1];
    return { ...place, index, durationSecs: next ? next.timestamp - place.timestamp : place.durationSecs };
  });
}

/** A plain object, since the type of copy options at hand does not know the pixel format yet. */
const asRgbx: object = { format: "RGBX" };

async function* decode(
  video: InputVideoTrack,
  places: ClipReader["places"],
  first: number,
  last: number,
): AsyncGenerator<Frame> {
  const from = places[first]?.timestamp ?? 0;
  const after = places[last + 1]?.timestamp;
  let index = first;
  for await (const sample of new VideoSampleSink(video).samples(from, after)) {
    const { timestamp, duration, codedWidth, codedHeight, rotation } = sample;
    const pixels = Buffer.alloc(sample.allocationSize(asRgbx));
    await sample.copyTo(pixels, asRgbx);
    sample.close();
    const frame = { timestamp, durationSecs: duration, width: codedWidth, height: codedHeight, pixels };
    yield { index, ...(rotation === 0 ? frame : { ...frame, ...(await rotated(frame, rotation)) }) };
    index += 1;
  }
}

async function rotated({ width, height, pixels }: Pick<Frame, "width" | "height" | "pixels">, rotation: number) {
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .rotate(rotation)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

/** What programs show when a picture says no time. */
const defaultDelayMs = 100;

async function openAnimation(path: string): Promise<ClipReader> {
  const { pages = 1, delay = [], width, height, pageHeight, format } = await sharp(path).metadata();
  let timestamp = 0;
  const places = Array.from({ length: pages }, (_, index) => {
    const durationSecs = (delay[index] || defaultDelayMs) / 1000;
    const place = { index, timestamp, durationSecs };
    timestamp += durationSecs;
    return place;
  });
  return {
    codec: format,
    width,
    height: pageHeight ?? height,
    durationSecs: timestamp,
    places,
    frames: async function* (first, last) {
      for (const place of places.slice(first, last + 1)) {
        const { data, info } = await sharp(path, { page: place.index })
          .toColourspace("srgb")
          .ensureAlpha()
          .raw()
          .toBuffer({ resolveWithObject: true });
        yield { ...place, width: info.width, height: info.height, pixels: data };
      }
    },
    video: null,
    audio: null,
    [Symbol.dispose]: () => undefined,
  };
}
