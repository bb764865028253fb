import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { guessCategory } from "#domains/workflows/logic/category.ts";
import { guessInputKind } from "#domains/workflows/logic/input-kind.ts";
import { discoverParameters } from "#domains/workflows/logic/parameters.ts";
import { parseWorkflowSource } from "#domains/workflows/logic/parse-workflow.ts";
import { detectSlots } from "#domains/workflows/logic/slots.ts";
import { readTiming } from "#domains/workflows/logic/timing.ts";

const folder = path.resolve(fileURLToPath(import.meta.url), "../../../../../../examples/workflows");
const read = (name: string) => parseWorkflowSource(readFileSync(path.join(folder, name), "utf8")).graph;

test.each([
  ["text-to-image.json", "IMAGE_GEN", "NONE", ["What to show", "What to avoid"]],
  ["image-to-image.json", "IMAGE_GEN", "IMAGE", ["How it should look", "What to avoid"]],
  ["image-upscale.json", "IMAGE_UPSCALE", "IMAGE", []],
  ["image-to-video.json", "VIDEO_GEN", "IMAGE", ["What happens", "What to avoid"]],
  ["first-last-frame.json", "VIDEO_GEN", "IMAGE", ["What happens in between", "What to avoid"]],
])("%s is read as the %s workflow that it is meant to be", (name, category, inputKind, descriptions) => {
  const graph = read(name);
  const slots = detectSlots(graph);
  expect([guessCategory(graph), guessInputKind(graph)]).toEqual([category, inputKind]);
  expect(slots.map((slot) => slot.description)).toEqual(descriptions);
  expect(slots.map((slot) => slot.slotType)).toEqual(["POSITIVE", "NEGATIVE"].slice(0, descriptions.length));
  const keys = discoverParameters(graph, undefined, slots).map((parameter) => parameter.key);
  expect(keys).toContain("filename_prefix");
  expect(keys.includes("input_image")).toBe(inputKind === "IMAGE");
});

test("the upscale example enlarges by a half, the video example lasts two seconds", () => {
  expect(
    discoverParameters(read("image-upscale.json"), undefined, []).find(({ key }) => key === "scale_by")?.default,
  ).toBe(1.5);
  expect(readTiming(read("image-to-video.json"))).toEqual({ fps: 16, framesPerStage: 33, durationSecs: 33 / 16 });
});
