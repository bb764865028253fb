import fc from "fast-check";
import { type EstimatedRun, estimateJob, spread } from "#domains/queue/estimates/logic/estimate.ts";
import type { RunHistory } from "#domains/queue/estimates/logic/run-times.ts";
import { yieldOf } from "#domains/queue/estimates/logic/yield.ts";

const none: RunHistory = { all: null, bySize: new Map() };
const history: RunHistory = {
  all: { p50: 10, p90: 30, sampleCount: 20 },
  bySize: new Map([
    ["512x512", { p50: 4, p90: 6, sampleCount: 12 }],
    ["2048x2048", { p50: 90, p90: 99, sampleCount: 2 }],
  ]),
};
const free = { image: undefined, videoSecond: undefined };
const run = (side: number | null, makes: EstimatedRun["makes"] = { images: 1 }): EstimatedRun => ({
  size: side === null ? null : { width: side, height: side },
  makes,
});

test("without history the time is unknown, not nothing", () => {
  expect(estimateJob([run(512)], none, 2, free)).toEqual({
    runCount: 1,
    machineSecs: null,
    elapsedSecs: null,
    sampleCount: 0,
    credits: null,
  });
});

test("runs count by those of their size, and by all where there are too few of it", () => {
  expect(estimateJob([run(512), run(2048), run(null)], history, 1, free)).toMatchObject({
    machineSecs: { p50: 24, p90: 66 },
    sampleCount: 32,
  });
});

test("places share the work, but no run is divided", () => {
  const of = (count: number, places: number) =>
    estimateJob(
      Array.from({ length: count }, () => run(512)),
      history,
      places,
      free,
    ).elapsedSecs;
  expect(of(4, 2)).toEqual({ p50: 8, p90: 12 });
  expect(of(3, 2)).toEqual({ p50: 8, p90: 12 });
  expect(of(1, 8)).toEqual({ p50: 4, p90: 6 });
  expect(of(1, 0)).toBeNull();
});

test("more places never take longer, and never less than the longest run", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 40 }), (runs, places) => {
      const total = { p50: runs * 3, p90: runs * 5 };
      const now = spread(total, runs, places);
      const wider = spread(total, runs, places + 1);
      expect(wider?.p50).toBeLessThanOrEqual(now?.p50 ?? 0);
      expect(now?.p50).toBeGreaterThanOrEqual(3 - 1e-9);
    }),
  );
});

test("credits are by picture and by second of video, and unknown where the price or the length is", () => {
  const prices = { image: 0.5, videoSecond: 2 };
  const credits = (makes: EstimatedRun["makes"][], of: typeof prices | typeof free = prices) =>
    estimateJob(
      makes.map((each) => run(null, each)),
      none,
      1,
      of,
    ).credits;
  expect(credits([{ images: 4 }, { videoSecs: 5 }])).toBe(12);
  expect(credits([{ images: 4 }, { videoSecs: null }])).toBeNull();
  expect(credits([{ images: 4 }], free)).toBeNull();
  expect(credits([])).toBe(0);
});

test("a graph tells what it makes", () => {
  const latent = { class_type: "EmptyLatentImage", inputs: { width: 64, height: 64, batch_size: 3 } };
  const clip = { class_type: "EmptyHunyuanLatentVideo", inputs: { width: 64, height: 64, length: 48, batch_size: 1 } };
  const writer = { class_type: "VHS_VideoCombine", inputs: { frame_rate: 24, images: ["1", 0] } };
  expect(yieldOf({ "1": latent }, "IMAGE_GEN", null)).toEqual({ images: 3 });
  expect(yieldOf({ "1": clip, "2": writer }, "VIDEO_GEN", null)).toEqual({ videoSecs: 2 });
  expect(yieldOf({ "1": latent }, "VIDEO_UPSCALE", 7.5)).toEqual({ videoSecs: 7.5 });
  expect(yieldOf({ "1": latent }, "VIDEO_GEN", null)).toEqual({ videoSecs: null });
});
