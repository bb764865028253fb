import { stillestFrame } from "#platform/media/logic/stillest-frame.ts";

const grey = (...values: number[]): Uint8Array => Uint8Array.from(values);

test("the frame that differs least from both of its neighbours is the stillest", () => {
  expect(stillestFrame([grey(0), grey(50), grey(51), grey(52), grey(90)])).toBe(2);
});

test("of frames that are alike the latest is taken", () => {
  expect(stillestFrame([grey(7), grey(7), grey(7)])).toBe(2);
});

test("a single frame is the stillest", () => {
  expect(stillestFrame([grey(1, 2, 3)])).toBe(0);
});

test("the last frame counts by its one neighbour", () => {
  expect(stillestFrame([grey(0), grey(100), grey(101)])).toBe(2);
});
