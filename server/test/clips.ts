import { randomBytes } from "node:crypto";
import { registerMediabunnyServer } from "@mediabunny/server";
import {
  AudioSample,
  AudioSampleSource,
  FilePathTarget,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from "mediabunny";
import sharp from "sharp";

export interface ClipOptions {
  frames?: number;
  fps?: number;
  width?: number;
  height?: number;
  container?: "mp4" | "webm";
  /** Where a bright square is, 0 to 1, in each frame; it moves evenly unless said. */
  square?: (index: number) => number;
  sound?: boolean;
  rotation?: 0 | 90;
  /** Bits a second. */
  bitrate?: number;
  /** Grain all over, as pictures of cameras and models have: the bit rate is made use of. */
  isGrainy?: boolean;
}

/** Writes a real clip, in which a square moves over grey. @returns the path */
export async function makeClip(path: string, options: ClipOptions = {}): Promise<string> {
  const { frames = 8, fps = 8, width = 64, height = 48, container = "mp4" } = options;
  const square = options.square ?? ((index: number) => index / frames);
  registerMediabunnyServer({ hardwareContext: null });
  const format = container === "mp4" ? new Mp4OutputFormat() : new WebMOutputFormat();
  const output = new Output({ format, target: new FilePathTarget(path) });
  const video = new VideoSampleSource({
    codec: container === "mp4" ? "avc" : "vp9",
    bitrate: options.bitrate ?? 300_000,
  });
  output.addVideoTrack(video, { frameRate: fps, rotation: options.rotation ?? 0 });
  const audio = options.sound ? new AudioSampleSource({ codec: "aac", bitrate: 64_000 }) : null;
  if (audio) output.addAudioTrack(audio);
  await output.start();
  // Twice a picture, of which each frame shows another part.
  const grain = options.isGrainy ? randomBytes(width * height * 8) : null;
  for (let index = 0; index < frames; index += 1) {
    const left = Math.round(square(index) * (width - 16));
    const start = ((index * 7919) % (width * height)) * 4;
    const ground = grain
      ? sharp(grain.subarray(start, start + width * height * 4), { raw: { width, height, channels: 4 } })
      : sharp({ create: { width, height, channels: 4, background: "#333" } });
    const data = await ground
      .composite([{ input: { create: { width: 16, height: 16, channels: 4, background: "#fd3" } }, left, top: 8 }])
      .raw()
      .toBuffer();
    const place = { timestamp: index / fps, duration: 1 / fps };
    const sample = new VideoSample(new Uint8Array(data), {
      format: "RGBX",
      codedWidth: width,
      codedHeight: height,
      ...place,
    });
    await video.add(sample);
    sample.close();
  }
  if (audio) {
    const sampleRate = 44_100;
    const tone = Float32Array.from(
      { length: Math.round((frames / fps) * sampleRate) },
      (_, at) => Math.sin(at / 16) / 4,
    );
    const sample = new AudioSample({ data: tone, format: "f32", numberOfChannels: 1, sampleRate, timestamp: 0 });
    await audio.add(sample);
    sample.close();
  }
  await output.finalize();
  return path;
}

/** A picture that moves: WebP or GIF. */
export async function makeAnimation(path: string, frames = 4): Promise<string> {
  const [width, height] = [32, 24];
  const pages = Array.from({ length: frames }, (_, index) => Buffer.alloc(width * height * 3, 40 * index));
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  const timing = { loop: 0, delay: pages.map(() => 125) };
  const picture = sharp(Buffer.concat(pages), { raw });
  await (path.endsWith(".gif") ? picture.gif(timing) : picture.webp({ ...timing, lossless: true })).toFile(path);
  return path;
}
