import fc from "fast-check";
import { clipPositionOf, countSegments } from "#domains/takes/logic/segment-plan.ts";

const count = (target: number | null, segment: number | null, tolerance: number | null = null) =>
  countSegments({ targetDurationSecs: target, segmentDurationSecs: segment, durationToleranceSecs: tolerance });

test.each([
  [15, 5, null, 3],
  [16, 5, null, 4],
  [16, 5, 1, 3],
  [16.1, 5, 1, 4],
  [0.3, 0.1, null, 3],
  [5, 5, 10, 1],
  [1, 5, 10, 1],
  [null, 5, null, 1],
  [15, null, null, 1],
])("%s seconds in segments of %s with a tolerance of %s are %s", (target, segment, tolerance, expected) => {
  expect(count(target, segment, tolerance)).toBe(expected);
});

test("segments fill the target but for the tolerance, and none is needless", () => {
  const tenths = (max: number) => fc.integer({ min: 1, max: max * 10 }).map((n) => n / 10);
  fc.assert(
    fc.property(tenths(300), tenths(20), fc.integer({ min: 0, max: 50 }), (target, segment, tolerance) => {
      const segments = count(target, segment, tolerance / 10);
      expect(segments).toBeGreaterThanOrEqual(1);
      expect(segments * segment).toBeGreaterThanOrEqual(target - tolerance / 10 - 1e-4);
      expect((segments - 1) * segment).toBeLessThan(Math.max(target, segment));
    }),
  );
});

test("the first of several starts, the others continue, and an only one is whole", () => {
  expect([0, 1, 2].map((index) => clipPositionOf(index, 3))).toEqual([
    "START_CLIP",
    "CONTINUATION_CLIP",
    "CONTINUATION_CLIP",
  ]);
  expect(clipPositionOf(0, 1)).toBe("FULL_CLIP");
});
