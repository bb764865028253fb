import fc from "fast-check";
import { clipMarkers, showSeconds } from "#domains/autoprompt/logic/clip-markers.ts";

test("81 frames at 24 frames a second are marked at 0, 1.5 and 3 seconds", () => {
  expect(clipMarkers(81, 24)).toEqual({ start: 0, mid: 1.5, end: 3 });
});

test("a clip under one second has its start and its exact end", () => {
  expect(clipMarkers(16, 24)).toEqual({ start: 0, mid: 0, end: 16 / 24 });
  expect(showSeconds(clipMarkers(16, 24).end)).toBe("0.67");
});

test("markers come in order, on half seconds, inside the clip and less than half a second early", () => {
  const frames = fc.integer({ min: 1, max: 10_000 });
  const fps = fc.oneof(fc.integer({ min: 1, max: 240 }), fc.constantFrom(23.976, 29.97, 59.94));
  fc.assert(
    fc.property(frames, fps, (count, rate) => {
      const { start, mid, end } = clipMarkers(count, rate);
      const duration = count / rate;
      if (start !== 0 || mid > end || end > duration) return false;
      if (duration < 1) return mid === 0 && end === duration;
      return Number.isInteger(mid * 2) && Number.isInteger(end * 2) && duration - end < 0.5 && duration / 2 - mid < 0.5;
    }),
  );
});
