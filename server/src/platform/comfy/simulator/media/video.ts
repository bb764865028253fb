import { registerMediabunnyServer } from "@mediabunny/server";
import {
  ALL_FORMATS,
  BufferTarget,
  FilePathSource,
  Input,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSink,
  VideoSampleSource,
  WebMOutputFormat,
} from "mediabunny";
import sharp from "sharp";
import { type JsonValue, stringifyJson } from "#lib/json.ts";
import { asciiJson } from "./png.ts";
import { derived, fromRaw, type Picture, picture, type Raw, toRaw } from "./picture.ts";

export type Clip = { frames: Picture[]; fps: number };

let isRegistered = false;

/** Looking for GPUs would be slow and chatty on stderr; the simulator encodes on the CPU. */
function register(): void {
  if (isRegistered) return;
  registerMediabunnyServer({ hardwareContext: null });
  isRegistered = true;
}

/**
 * Encodes H.264 in MP4 or VP9 in WebM, without sound, with texts as tags. Odd sizes lose a row or column.
 */
export async function encodeClip(
  clip: Clip,
  container: "mp4" | "webm",
  texts: Record<string, JsonValue> = {},
): Promise<Buffer> {
  register();
  const target = new BufferTarget();
  const format = container === "mp4" ? new Mp4OutputFormat({ metadataFormat: "mdta" }) : new WebMOutputFormat();
  const output = new Output({ format, target });
  const source = new VideoSampleSource({ codec: container === "mp4" ? "avc" : "vp9", bitrate: 2_500_000 });
  output.addVideoTrack(source, { frameRate: clip.fps });
  const tags = Object.entries(texts).map(([name, value]) => [name, stringifyJson(value)] as const);
  if (tags.length > 0) output.setMetadataTags({ raw: Object.fromEntries(tags) });
  await output.start();
  const duration = 1 / clip.fps;
  for (const [index, frame] of clip.frames.entries()) {
    const { data, width, height } = await evenPixels(frame);
    const options = { codedWidth: width, codedHeight: height, timestamp: index * duration, duration };
    const sample = new VideoSample(new Uint8Array(data), { format: "RGBX", ...options });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
  if (target.buffer === null) throw new Error("the encoder gave nothing");
  return Buffer.from(target.buffer);
}

/** Reads the frames of a video or animated picture. @param limit frames at most */
export async function decodeClip(path: string, limit = 512): Promise<Clip> {
  if (/\.(webp|gif|png|apng)$/i.test(path)) return decodeAnimation(path, limit);
  register();
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error("there is no video in this file");
  const frames: Picture[] = [];
  let end = 0;
  for await (const sample of new VideoSampleSink(track).samples()) {
    const raw = await pixelsOf(sample);
    end = sample.timestamp + sample.duration;
    sample.close();
    frames.push(picture(raw.width, raw.height, async () => raw));
    if (frames.length >= limit) break;
  }
  return { frames, fps: end > 0 ? Math.max(1, Math.round((frames.length / end) * 100) / 100) : 24 };
}

async function decodeAnimation(path: string, limit: number): Promise<Clip> {
  const { pages = 1, delay } = await sharp(path).metadata();
  const frames: Picture[] = [];
  for (let page = 0; page < Math.min(pages, limit); page += 1) {
    const raw = await toRaw(sharp(path, { page }).removeAlpha().toColourspace("srgb"));
    frames.push(picture(raw.width, raw.height, async () => raw));
  }
  return { frames, fps: 1000 / (delay?.[0] || 100) };
}

/** A plain object, since the type of copy options at hand does not know the pixel format yet. */
const asRgbx: object = { format: "RGBX" };

async function pixelsOf(sample: VideoSample): Promise<Raw> {
  const bytes = Buffer.alloc(sample.allocationSize(asRgbx));
  await sample.copyTo(bytes, asRgbx);
  const raw = { width: sample.codedWidth, height: sample.codedHeight, channels: 4 as const, data: bytes };
  return toRaw(fromRaw(raw).removeAlpha());
}

/** Video codecs store colour for 2 × 2 pixels together. */
async function evenPixels(frame: Picture): Promise<Raw> {
  const [width, height] = [frame.width & ~1 || 2, frame.height & ~1 || 2];
  const fitting =
    width === frame.width && height === frame.height
      ? frame
      : derived(frame, width, height, (image) => image.resize({ width, height, fit: "fill" }));
  return toRaw(fromRaw(await fitting.raw()).ensureAlpha());
}

/** EXIF fields in which ComfyUI puts texts, as `name:text`: the graph in the first, others after it. */
const exifFields = ["Model", "Make", "ImageDescription", "DocumentName"];

/** Encodes an animated WebP. */
export async function encodeWebp(
  clip: Clip,
  quality: number,
  lossless: boolean,
  texts: Record<string, JsonValue> = {},
): Promise<Buffer> {
  const raws = await Promise.all(clip.frames.map((frame) => frame.raw()));
  const [first] = raws;
  if (first === undefined) throw new Error("there are no frames");
  const { width, height, channels } = first;
  const pages = raws.map(({ data }) => data);
  const raw = { width, height: height * raws.length, channels, pageHeight: height };
  const delay = raws.map(() => Math.round(1000 / clip.fps));
  const fields = Object.entries(texts)
    .slice(0, exifFields.length)
    .map(([name, value], index) => [exifFields[index] as string, `${name}:${asciiJson(value)}`] as const);
  const image = sharp(Buffer.concat(pages), { raw }).webp({ quality, lossless, effort: 2, loop: 0, delay });
  return (fields.length > 0 ? image.withExif({ IFD0: Object.fromEntries(fields) }) : image).toBuffer();
}
