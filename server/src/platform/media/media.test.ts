import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { type Media, openMedia } from "#platform/media/media.ts";
import { type ClipOptions, makeAnimation, makeClip } from "#test/clips.ts";

let folder: string;
let media: Media;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callsheet-media-"));
  media = openMedia();
});
afterAll(async () => {
  await media[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

let files = 0;
const at = (extension: string): string => join(folder, `${(files += 1)}.${extension}`);
const clip = (options: ClipOptions = {}) => makeClip(at(options.container ?? "mp4"), options);
const framesFolder = () => mkdtemp(join(folder, "frames-"));
/** Where the square is in a picture, 0 to 1. */
async function squareIn(path: string): Promise<number> {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const row = 16 * info.width * 3;
  const bright = Array.from({ length: info.width }, (_, x) => x).filter((x) => (data[row + x * 3] ?? 0) > 150);
  return (bright[0] ?? 0) / (info.width - 16);
}

describe("what a file is", () => {
  test("a clip tells codec, size, rate, duration and number of frames", async () => {
    expect(await media.probe(await clip({ frames: 12, fps: 24, sound: true }))).toMatchObject({
      mime: "video/mp4",
      codec: "avc",
      audioCodec: "aac",
      width: 64,
      height: 48,
      fps: 24,
      durationSecs: 0.5,
      frameCount: 12,
    });
    expect(await media.probe(await clip({ container: "webm" }))).toMatchObject({
      mime: "video/webm",
      codec: "vp9",
      fps: 8,
      frameCount: 8,
    });
  });

  test("a clip that lies on its side is measured as it is shown", async () => {
    expect(await media.probe(await clip({ rotation: 90 }))).toMatchObject({ width: 48, height: 64 });
  });

  test("stills and pictures that move", async () => {
    const still = at("png");
    await sharp({ create: { width: 5, height: 4, channels: 3, background: "red" } }).toFile(still);
    expect(await media.probe(still)).toMatchObject({
      mime: "image/png",
      codec: "png",
      width: 5,
      height: 4,
      durationSecs: null,
      frameCount: 1,
    });
    expect(await media.probe(await makeAnimation(at("webp")))).toMatchObject({
      codec: "webp",
      durationSecs: 0.5,
      fps: 8,
      frameCount: 4,
    });
  });

  test("a file of another kind is no error", async () => {
    const text = at("txt");
    await writeFile(text, "hello");
    expect(await media.probe(text)).toMatchObject({ mime: "text/plain", codec: null, frameCount: null });
  });
});

describe("frames", () => {
  test("at seconds, each once and in order, the last one beyond the end", async () => {
    const path = await clip({ frames: 8, fps: 8 });
    const found = await media.frames(path, { at: [9, 0.25, 0.26] }, await framesFolder(), null);
    expect(found.map(({ index, timestamp }) => [index, timestamp])).toEqual([
      [2, 0.25],
      [7, 0.875],
    ]);
    expect(await squareIn(found[0]?.path ?? "")).toBeCloseTo(2 / 8, 1);
    expect(await squareIn(found[1]?.path ?? "")).toBeCloseTo(7 / 8, 1);
  });

  test("the last one, and all of the last seconds, no larger than asked", async () => {
    const path = await clip({ frames: 16, fps: 8 });
    expect((await media.frames(path, { last: true }, await framesFolder(), null)).map(({ index }) => index)).toEqual([
      15,
    ]);
    const found = await media.frames(path, { lastSecs: 1 }, await framesFolder(), 32);
    expect(found.map(({ index }) => index)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
    expect(await sharp(found[0]?.path).metadata()).toMatchObject({ width: 32, height: 24 });
  });

  test("the stillest of the last ones", async () => {
    const stops = (index: number): number => (index < 10 ? index / 16 : index > 13 ? index / 16 : 0.6);
    const found = await media.frames(
      await clip({ frames: 16, square: stops }),
      { stillestOf: 8 },
      await framesFolder(),
      null,
    );
    expect([11, 12]).toContain(found[0]?.index);
    expect(found).toHaveLength(1);
  });

  test("of a picture that moves", async () => {
    const found = await media.frames(await makeAnimation(at("webp")), { last: true }, await framesFolder(), null);
    expect(found).toMatchObject([{ index: 3, timestamp: 0.375 }]);
  });

  test("a poster is a small picture from near the start", async () => {
    const to = at("webp");
    await media.poster(await clip({ width: 960, height: 540 }), to);
    expect(await sharp(to).metadata()).toMatchObject({ format: "webp", width: 480, height: 270 });
  });
});

describe("putting together and cutting", () => {
  test("clips of one kind are joined without encoding them again, sound and all, with texts in the file", async () => {
    const paths = [await clip({ sound: true }), await clip({ sound: true, square: () => 1 })];
    const to = at("mp4");
    const joined = await media.join(paths, to, { prompt: '{"1":"Köln"}', callsheet: "{}" });
    expect(joined).toEqual({ durationSecs: 2, frameCount: 16, isReencoded: false });
    const probe = await media.probe(to);
    expect(probe).toMatchObject({ codec: "avc", audioCodec: "aac", frameCount: 16, durationSecs: 2 });
    expect(probe.texts).toEqual(
      expect.arrayContaining([
        { name: "prompt", text: '{"1":"Köln"}' },
        { name: "callsheet", text: "{}" },
      ]),
    );
    const frames = await media.frames(to, { at: [0.5, 1.5] }, await framesFolder(), null);
    expect(await squareIn(frames[0]?.path ?? "")).toBeCloseTo(0.5, 1);
    expect(await squareIn(frames[1]?.path ?? "")).toBeCloseTo(1, 1);
  });

  test("clips of different kinds are encoded again to the size of the first", async () => {
    const paths = [
      await clip(),
      await clip({ container: "webm", width: 32, height: 32 }),
      await makeAnimation(at("webp")),
    ];
    const to = at("mp4");
    expect(await media.join(paths, to, {})).toEqual({ durationSecs: 2.5, frameCount: 20, isReencoded: true });
    expect(await media.probe(to)).toMatchObject({
      mime: "video/mp4",
      width: 64,
      height: 48,
      frameCount: 20,
      durationSecs: expect.closeTo(2.5, 2),
    });
  });

  test("where a clip has no sound, the whole is silent and stays in step", async () => {
    const to = at("mp4");
    const joined = await media.join([await clip(), await clip({ sound: true }), await clip()], to, {});
    expect(joined).toMatchObject({ isReencoded: false, frameCount: 24 });
    expect(await media.probe(to)).toMatchObject({ audioCodec: "aac", durationSecs: 3 });
  });

  test.each([
    ["copied where nothing that stays refers to it", { isGrainy: true }, false],
    ["encoded again where something does", {}, true],
  ])("the picture that a clip shares with the next one comes once: %s", async (_how, options, isReencoded) => {
    const to = at("mp4");
    const paths = [await clip(options), await clip({ ...options, frames: 12 }), await clip(options)];
    const told: number[] = [];
    const film = await media.stitch(paths, to, {}, (done) => told.push(done));
    expect(film).toEqual({ durationSecs: 26 / 8, frameCount: 26, isReencoded });
    expect(await media.probe(to)).toMatchObject({ mime: "video/mp4", frameCount: 26, durationSecs: 26 / 8 });
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((done) => done > 0 && done <= 1)).toBe(true);
  });

  test("WebM clips become an MP4 where the name says so, with the packets that they have", async () => {
    const to = at("mp4");
    const film = await media.stitch([await clip({ container: "webm" }), await clip({ container: "webm" })], to, {});
    expect(film.frameCount).toBe(15);
    expect(await media.probe(to)).toMatchObject({ mime: "video/mp4", frameCount: 15 });
  });

  test("WebM stays WebM", async () => {
    const to = at("webm");
    const paths = [await clip({ container: "webm" }), await clip({ container: "webm" })];
    expect(await media.join(paths, to, { prompt: "{}" })).toMatchObject({ isReencoded: false, frameCount: 16 });
    expect(await media.probe(to)).toMatchObject({ mime: "video/webm", texts: [{ name: "prompt", text: "{}" }] });
  });

  test("a clip is cut behind a frame", async () => {
    const to = at("mp4");
    expect(await media.trim(await clip({ sound: true }), to, 0.5)).toMatchObject({
      frameCount: 5,
      durationSecs: 0.625,
    });
    expect(await media.probe(to)).toMatchObject({ frameCount: 5, durationSecs: 0.625, audioCodec: "aac" });
    const [last] = await media.frames(to, { last: true }, await framesFolder(), null);
    expect(await squareIn(last?.path ?? "")).toBeCloseTo(0.5, 1);
  });

  test("60 clips of 81 frames are joined in under 5 seconds, without encoding", async () => {
    const one = await clip({ frames: 81, fps: 16, width: 832, height: 480 });
    await media.probe(one);
    const begun = performance.now();
    const joined = await media.join(
      Array.from({ length: 60 }, () => one),
      at("mp4"),
      {},
    );
    expect(joined).toMatchObject({ isReencoded: false, frameCount: 60 * 81 });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe("what goes wrong", () => {
  test("damaged and exotic files say so, leave nothing, and the next task works", async () => {
    const cut = await clip({ frames: 40 });
    await truncate(cut, Math.round((await stat(cut)).size / 3));
    const noise = at("mp4");
    await writeFile(noise, Buffer.concat([(await readFile(await clip())).subarray(0, 64), Buffer.alloc(4_000, 7)]));
    const to = at("mp4");
    for (const path of [cut, noise]) {
      await expect(media.probe(path)).rejects.toMatchObject({ name: "MediaError", code: "CORRUPT" });
      await expect(media.join([await clip(), path], to, {})).rejects.toMatchObject({ code: "CORRUPT" });
    }
    expect(await readdir(folder)).not.toContain(to.slice(folder.length + 1));
    const text = at("txt");
    await writeFile(text, "hello");
    await expect(media.poster(text, at("webp"))).rejects.toMatchObject({ code: "UNSUPPORTED" });
    expect(await media.probe(await clip())).toMatchObject({ frameCount: 8 });
  });

  test("a file that is not there is no damaged one", async () => {
    await expect(media.probe(join(folder, "nowhere.mp4"))).rejects.toThrow(/ENOENT/);
  });

  test("what takes too long is stopped, and what does not fit into the queue is refused", async () => {
    const hasty = openMedia({ maxProcesses: 1, maxWaiting: 1, timeoutMs: 1 });
    try {
      const path = await clip({ frames: 81, width: 640, height: 480 });
      const many = await Promise.allSettled([1, 2, 3, 4].map(() => hasty.join([path], at("mp4"), {})));
      const codes = many.map((each) => (each.status === "rejected" ? (each.reason as { code: string }).code : "done"));
      expect(new Set(codes)).toEqual(new Set(["TIMEOUT", "BUSY"]));
    } finally {
      await hasty[Symbol.asyncDispose]();
    }
  });

  test("the event loop goes on while clips are encoded", async () => {
    const path = await clip({ frames: 60, width: 640, height: 480 });
    const work = media.join([path, await makeAnimation(at("webp"))], at("mp4"), {});
    let longest = 0;
    let before = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - before);
      before = performance.now();
    }, 5);
    expect(await work).toMatchObject({ isReencoded: true });
    clearInterval(timer);
    expect(longest).toBeLessThan(300);
  });
});
