import { reviewStatus } from "#domains/stories/logic/review-status.ts";

test.each([
  ["LOCKED", true, null, true],
  ["LOCKED", true, "image", false],
  ["UNREVIEWED", false, null, true],
  ["UNREVIEWED", false, null, false],
  ["EDITED", false, "image", true],
  ["READY", false, "image", false],
] as const)("it is %s when locked is %s, the image %s and edited %s", (status, isLocked, imageId, isEdited) => {
  expect(reviewStatus({ isLocked, imageId }, { isEdited })).toBe(status);
});
