import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { guessCategory } from "#domains/workflows/logic/category.ts";
import { guessInputKind } from "#domains/workflows/logic/input-kind.ts";
import { readTiming } from "#domains/workflows/logic/timing.ts";

const graphOf = (...classes: string[]): ApiGraph =>
  Object.fromEntries(
    classes.map((class_type, index) => [
      String(index),
      {
        class_type,
        inputs: {
          ...(class_type.startsWith("Load") ? { image: "a", file: "a" } : {}),
          ...(index > 0 && !/Select/.test(class_type) ? { from: [String(index - 1), 0] } : {}),
        },
      },
    ]),
  );

test.each([
  [["EmptyLatentImage", "KSampler", "VAEDecode", "SaveImage"], "IMAGE_GEN", "NONE"],
  [["LoadImage", "VAEEncode", "KSampler", "SaveImage"], "IMAGE_GEN", "IMAGE"],
  [["LoadImage", "WanImageToVideo", "KSampler", "SaveAnimatedWEBP"], "VIDEO_GEN", "IMAGE"],
  [["WanVideoSampler", "CreateVideo", "SaveVideo"], "OTHER", "NONE"],
  [["EmptyHunyuanLatentVideo", "SamplerCustomAdvanced", "VHS_VideoCombine"], "VIDEO_GEN", "NONE"],
  [["LoadImage", "ImageScaleBy", "SaveImage"], "IMAGE_UPSCALE", "IMAGE"],
  [["LoadImage", "UltimateSDUpscale", "SaveImage"], "IMAGE_UPSCALE", "IMAGE"],
  [["LoadVideo", "GetVideoComponents", "ImageUpscaleWithModel", "CreateVideo", "SaveVideo"], "VIDEO_UPSCALE", "VIDEO"],
  [["LoadImage", "ImageInvert", "KSamplerSelect", "SaveImage"], "OTHER", "IMAGE"],
])("%j is %s with input %s", (classes, category, inputKind) => {
  expect([guessCategory(graphOf(...classes)), guessInputKind(graphOf(...classes))]).toEqual([category, inputKind]);
});

test("timing takes the rate of the writer and the frames of each stage", () => {
  const graph: ApiGraph = {
    1: { class_type: "PrimitiveInt", inputs: { value: 81 } },
    2: { class_type: "WanImageToVideo", inputs: { length: ["1", 0] } },
    3: { class_type: "WanImageToVideo", inputs: { length: ["1", 0], start_image: ["2", 2] } },
    4: { class_type: "SaveAnimatedWEBP", inputs: { fps: 16, images: ["3", 0] } },
  };
  expect(readTiming(graph)).toEqual({ fps: 16, framesPerStage: 81, durationSecs: 162 / 16 });
});

test("a picture has no timing", () => {
  expect(readTiming(graphOf("EmptyLatentImage", "SaveImage"))).toEqual({
    fps: null,
    framesPerStage: null,
    durationSecs: null,
  });
});
