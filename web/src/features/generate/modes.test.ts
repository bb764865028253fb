import { fitsMode, modeOf, modes, type ModeWorkflow } from "./modes.ts";

const textToImage: ModeWorkflow = { category: "IMAGE_GEN", inputKind: "NONE" };
const imageToVideo: ModeWorkflow = { category: "VIDEO_GEN", inputKind: "IMAGE" };
const textToVideo: ModeWorkflow = { category: "VIDEO_GEN", inputKind: "NONE" };

test("each mode shows workflows of its category and source only", () => {
  const shown = (workflow: ModeWorkflow) => modes.filter((mode) => fitsMode(mode, workflow));
  expect(shown(textToImage)).toEqual(["TEXT_TO_IMAGE"]);
  expect(shown({ category: "IMAGE_GEN", inputKind: "IMAGE" })).toEqual(["IMAGE_TO_IMAGE"]);
  expect(shown(imageToVideo)).toEqual(["BATCH", "SINGLE"]);
  expect(shown(textToVideo)).toEqual(["SINGLE"]);
  expect(shown({ category: "IMAGE_UPSCALE", inputKind: "IMAGE" })).toEqual(["IMAGE_UPSCALE"]);
  expect(shown({ category: "VIDEO_UPSCALE", inputKind: "VIDEO" })).toEqual(["VIDEO_UPSCALE"]);
});

test("every workflow has a mode that it is opened in, the present one if it fits", () => {
  expect(modeOf(imageToVideo, "SINGLE")).toBe("SINGLE");
  expect(modeOf(imageToVideo, "TEXT_TO_IMAGE")).toBe("BATCH");
  expect(modeOf(textToVideo, "BATCH")).toBe("SINGLE");
  expect(modeOf({ category: "OTHER", inputKind: "NONE" }, "TEXT_TO_IMAGE")).toBe("SINGLE");
});
