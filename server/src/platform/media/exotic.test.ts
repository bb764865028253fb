import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerMediabunnyServer } from "@mediabunny/server";
import {
  FilePathTarget,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from "mediabunny";
import sharp from "sharp";
import { type Media, openMedia } from "#platform/media/media.ts";
import { type ClipOptions, makeAnimation, makeClip } from "#test/clips.ts";

let folder: string;
let media: Media;
/** What others are joined to. */
let plain: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callsheet-exotic-"));
  media = openMedia();
  plain = await clip();
});
afterAll(async () => {
  await media[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

let files = 0;
const at = (extension: string): string => join(folder, `${(files += 1)}.${extension}`);
const clip = (options: ClipOptions = {}, extension: string = options.container ?? "mp4") =>
  makeClip(at(extension), options);

const formats = { mp4: Mp4OutputFormat, mov: MovOutputFormat, mkv: MkvOutputFormat, webm: WebMOutputFormat };

interface Special {
  container: keyof typeof formats;
  codec: "avc" | "hevc" | "vp8" | "vp9" | "av1";
  /** Seconds that each frame is shown. */
  durations?: number[];
  start?: number;
  width?: number;
  height?: number;
  /** Bytes of a frame as the encoder gets them, of one colour. */
  pixels?: "RGBA" | "I420P10";
  alpha?: "keep" | "discard";
  fullCodecString?: string;
}

/** A clip of a colour, as a real encoder writes it. */
async function special(options: Special): Promise<string> {
  const { container, codec, durations = [0.125, 0.125, 0.125, 0.125], start = 0, width = 64, height = 48 } = options;
  registerMediabunnyServer({ hardwareContext: null });
  const path = at(container);
  const output = new Output({ format: new formats[container](), target: new FilePathTarget(path) });
  const { alpha = "discard", fullCodecString, pixels = "RGBA" } = options;
  const source = new VideoSampleSource({
    codec,
    bitrate: 300_000,
    alpha,
    ...(fullCodecString ? { fullCodecString } : {}),
  });
  output.addVideoTrack(source);
  await output.start();
  let timestamp = start;
  for (const duration of durations) {
    const data = pixels === "RGBA" ? rgba(width, height) : tenBits(width, height);
    const sample = new VideoSample(data, {
      format: pixels,
      codedWidth: width,
      codedHeight: height,
      timestamp,
      duration,
    });
    await source.add(sample);
    sample.close();
    timestamp += duration;
  }
  await output.finalize();
  return path;
}

function rgba(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 4 }, (_, index) => [220, 40, 40, 128][index % 4] as number);
}

/** Mid grey in ten bits a sample. */
function tenBits(width: number, height: number): Uint8Array {
  const samples = width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
  return new Uint8Array(Uint16Array.from({ length: samples }, () => 512).buffer);
}

const still = async (extension: string, pages = 1): Promise<string> => {
  const path = at(extension);
  if (pages > 1) return makeAnimation(path, pages);
  await sharp({ create: { width: 32, height: 24, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } } }).toFile(
    path,
  );
  return path;
};
const renamed = async (from: string, extension: string): Promise<string> => {
  const path = at(extension);
  await writeFile(path, await readFile(from));
  return path;
};
const shortened = async (path: string, keep: number): Promise<string> => {
  await truncate(path, Math.floor((await readFile(path)).length * keep));
  return path;
};

/** What is right of a file: its probe, and the size of its frames and poster. */
interface Right {
  probe: object;
  size: [number, number];
}
const right = (mime: string, codec: string, frameCount: number, size: [number, number], more: object = {}): Right => ({
  probe: { mime, codec, frameCount, width: size[0], height: size[1], ...more },
  size,
});

test.each<[string, () => Promise<string>, Right]>([
  [
    "VP9 of odd size",
    () => special({ container: "webm", codec: "vp9", width: 63, height: 47 }),
    right("video/webm", "vp9", 4, [63, 47]),
  ],
  ["VP8", () => special({ container: "webm", codec: "vp8" }), right("video/webm", "vp8", 4, [64, 48])],
  [
    "AV1",
    () => special({ container: "mp4", codec: "av1", width: 320, height: 240 }),
    right("video/mp4", "av1", 4, [320, 240]),
  ],
  ["HEVC", () => special({ container: "mp4", codec: "hevc" }), right("video/mp4", "hevc", 4, [64, 48])],
  ["QuickTime", () => special({ container: "mov", codec: "avc" }), right("video/quicktime", "avc", 4, [64, 48])],
  ["Matroska", () => special({ container: "mkv", codec: "avc" }), right("video/matroska", "avc", 4, [64, 48])],
  [
    "a variable frame rate",
    () => special({ container: "mp4", codec: "avc", durations: [0.1, 0.4, 0.25, 0.25] }),
    right("video/mp4", "avc", 4, [64, 48], { durationSecs: expect.closeTo(1, 2), fps: expect.closeTo(4, 1) }),
  ],
  [
    "a clip that begins late",
    () => special({ container: "mp4", codec: "avc", start: 2 }),
    right("video/mp4", "avc", 4, [64, 48], { durationSecs: expect.closeTo(0.5, 2) }),
  ],
  [
    "ten bits",
    () => special({ container: "webm", codec: "vp9", pixels: "I420P10", fullCodecString: "vp09.02.10.10" }),
    right("video/webm", "vp9", 4, [64, 48]),
  ],
  [
    "transparency in a clip",
    () => special({ container: "webm", codec: "vp9", alpha: "keep" }),
    right("video/webm", "vp9", 4, [64, 48]),
  ],
  ["sound", () => clip({ sound: true }), right("video/mp4", "avc", 8, [64, 48], { audioCodec: "aac" })],
  ["a clip on its side", () => clip({ rotation: 90 }), right("video/mp4", "avc", 8, [48, 64])],
  ["one frame", () => clip({ frames: 1 }), right("video/mp4", "avc", 1, [64, 48], { durationSecs: 0.125 })],
  [
    "one frame of a tiny size",
    () => special({ container: "mp4", codec: "avc", durations: [1], width: 2, height: 2 }),
    right("video/mp4", "avc", 1, [2, 2]),
  ],
  ["a WebP that moves", () => still("webp", 3), right("image/webp", "webp", 3, [32, 24], { durationSecs: 0.375 })],
  ["a GIF that moves", () => still("gif", 3), right("image/gif", "gif", 3, [32, 24])],
  ["a WebP that stands", () => still("webp"), right("image/webp", "webp", 1, [32, 24], { durationSecs: null })],
  ["a transparent PNG", () => still("png"), right("image/png", "png", 1, [32, 24], { durationSecs: null })],
  ["a clip called a picture", async () => renamed(await clip(), "png"), right("video/mp4", "avc", 8, [64, 48])],
  ["a picture called a clip", async () => renamed(await still("png"), "mp4"), right("image/png", "png", 1, [32, 24])],
])(
  "%s: probe, poster and every frame are right, and it can be joined and cut",
  async (_what, make, { probe, size }) => {
    const path = await make();
    const found = await media.probe(path);
    expect(found).toMatchObject(probe);
    const poster = at("webp");
    await media.poster(path, poster);
    const last = (found.frameCount ?? 0) - 1;
    const to = await mkdtemp(join(folder, "frames-"));
    const written = await media.frames(path, { last: true }, to, null);
    expect(written).toMatchObject([{ index: last }]);
    const all = await media.frames(path, { lastSecs: 100 }, await mkdtemp(join(folder, "frames-")), null);
    expect(all.map(({ index }) => index)).toEqual(Array.from({ length: last + 1 }, (_, index) => index));
    for (const picture of [poster, ...all.map((frame) => frame.path)]) {
      const { width, height } = await sharp(picture).metadata();
      expect([width, height]).toEqual(size);
    }
    const isClip = (found.mime.startsWith("video/") || last > 0) && found.frameCount !== null;
    if (!isClip) return;
    const joined = await media.join([plain, path], at("mp4"), {});
    expect(joined.frameCount).toBe(8 + last + 1);
    expect(joined.durationSecs).toBeCloseTo(1 + (found.durationSecs ?? 0), 2);
    expect(await media.trim(path, at("mp4"), 0)).toMatchObject({ frameCount: 1 });
  },
);

test.each<[string, () => Promise<string>, string]>([
  ["nothing", async () => shortened(await clip(), 0), "UNSUPPORTED"],
  ["an MP4 cut in half", async () => shortened(await clip({ frames: 40 }), 0.5), "CORRUPT"],
  ["a beginning of an MP4", async () => shortened(await clip(), 0.02), "CORRUPT"],
  ["half a PNG", async () => shortened(await still("png"), 0.5), "CORRUPT"],
  ["half a WebP that moves", async () => shortened(await still("webp", 6), 0.5), "CORRUPT"],
  [
    "text called a clip",
    async () => {
      const path = at("mp4");
      await writeFile(path, "no clip at all");
      return path;
    },
    "UNSUPPORTED",
  ],
])("%s gives a typed error and no frame", async (_what, make, code) => {
  const path = await make();
  const poster = at("webp");
  await expect(media.poster(path, poster)).rejects.toMatchObject({ name: "MediaError", code });
  await expect(media.frames(path, { last: true }, folder, null)).rejects.toMatchObject({ name: "MediaError", code });
  await expect(media.join([path], at("mp4"), {})).rejects.toMatchObject({ name: "MediaError", code });
  await expect(readFile(poster)).rejects.toMatchObject({ code: "ENOENT" });
});

test("a WebM that ends in the middle shows what is there", async () => {
  const path = await shortened(await clip({ frames: 60, container: "webm" }), 0.6);
  const found = await media.probe(path);
  expect(found.frameCount).toBeGreaterThan(5);
  const [frame] = await media.frames(path, { last: true }, await mkdtemp(join(folder, "frames-")), null);
  expect(frame?.index).toBe((found.frameCount ?? 0) - 1);
  // Its head still tells the length of the whole.
  expect(found.durationSecs).toBeCloseTo((found.frameCount ?? 0) / 8, 2);
});

test("a GIF that ends in the middle shows what is there", async () => {
  const path = await shortened(await still("gif", 3), 0.5);
  const poster = at("webp");
  await media.poster(path, poster);
  expect(await sharp(poster).metadata()).toMatchObject({ width: 32, height: 24 });
  const { frameCount } = await media.probe(path);
  expect(frameCount).toBeLessThan(3);
  const [frame] = await media.frames(path, { last: true }, await mkdtemp(join(folder, "frames-")), null);
  expect(frame?.index).toBe((frameCount ?? 0) - 1);
});
