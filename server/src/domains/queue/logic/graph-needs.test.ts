import { needsOf } from "#domains/queue/logic/graph-needs.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";

const graph = (
  model: string,
  more: { text?: string; seed?: number; image?: string; prefix?: string } = {},
): ApiGraph => ({
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: model } },
  "2": { class_type: "CLIPTextEncode", inputs: { text: more.text ?? "a lantern", clip: ["1", 1] } },
  "3": { class_type: "KSampler", inputs: { seed: more.seed ?? 1, sampler_name: "euler", positive: ["2", 0] } },
  "4": { class_type: "LoadImage", inputs: { image: more.image ?? "callsheet/aa.png" } },
  "5": { class_type: "SaveImage", inputs: { filename_prefix: more.prefix ?? "x", images: ["4", 0] } },
});
const needs = (of: ApiGraph, version = "v1"): string => needsOf(of, version, new Set(["2.text"]));

test("seeds, prompts, input files and prefixes make no difference", () => {
  const other = graph("a.safetensors", { text: "a courier", seed: 2, image: "callsheet/bb.png", prefix: "y" });
  expect(needs(other)).toBe(needs(graph("a.safetensors")));
});

test("a model, a class, a choice and the version do", () => {
  const base = graph("a.safetensors");
  const keys = [
    needs(base),
    needs(graph("b.safetensors")),
    needs({ ...base, "6": { class_type: "ImageInvert", inputs: {} } }),
    needs({ ...base, "3": { class_type: "KSampler", inputs: { sampler_name: "heun" } } }),
    needs(base, "v2"),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});
