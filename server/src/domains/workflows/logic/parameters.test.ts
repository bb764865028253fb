import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { primaryInput, type WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { discoverParameters } from "#domains/workflows/logic/parameters.ts";
import { detectSlots } from "#domains/workflows/logic/slots.ts";

const discover = (graph: ApiGraph, definitions?: NodeDefinitions): Record<string, WorkflowParameter> =>
  Object.fromEntries(
    discoverParameters(graph, definitions, detectSlots(graph, definitions)).map((found) => [found.key, found]),
  );
const bound = (parameter: WorkflowParameter | undefined) =>
  parameter?.bindings.map(({ nodeId, inputName }) => `${nodeId}.${inputName}`);

const twoPasses: ApiGraph = {
  1: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "base.safetensors" } },
  2: {
    class_type: "LoraLoader",
    inputs: { lora_name: "film.safetensors", strength_model: 1, strength_clip: 1, model: ["1", 0], clip: ["1", 1] },
  },
  3: {
    class_type: "LoraLoader",
    inputs: { lora_name: "grain.safetensors", strength_model: 1, strength_clip: 0.5, model: ["2", 0], clip: ["2", 1] },
  },
  4: { class_type: "CLIPTextEncode", inputs: { text: "a", clip: ["3", 1] } },
  5: { class_type: "SolidMask", inputs: { value: 1, width: 64, height: 64 } },
  6: { class_type: "EmptyLatentImage", inputs: { width: 768, height: 512, batch_size: 1 } },
  10: {
    class_type: "KSamplerAdvanced",
    inputs: { noise_seed: 18446744073709551615n, steps: 20, cfg: 8, add_noise: "enable", latent_image: ["6", 0] },
  },
  9: {
    class_type: "KSamplerAdvanced",
    inputs: { noise_seed: 0, steps: 20, cfg: 6.5, add_noise: "disable", latent_image: ["10", 0] },
  },
  11: { class_type: "SaveImage", inputs: { filename_prefix: "a", images: ["12", 0] } },
  13: { class_type: "SaveImage", inputs: { filename_prefix: "b", images: ["12", 0] } },
};

test("one seed is bound to every sampler, exact to 64 bits, from the sampler that adds noise", () => {
  const { seed } = discover(twoPasses);
  expect(bound(seed)).toEqual(["9.noise_seed", "10.noise_seed"]);
  expect(seed).toMatchObject({ type: "SEED", default: 18446744073709551615n, min: 0, ui: { widget: "seed" } });
});

test("equal values are one parameter, different ones are numbered in natural order of node id", () => {
  const found = discover(twoPasses);
  expect(bound(found.steps)).toEqual(["9.steps", "10.steps"]);
  expect([found.cfg?.default, found.cfg_2?.default]).toEqual([6.5, 8]);
  expect(found.cfg_2?.label).toBe("CFG 2");
});

test("the size of what is made comes before that of masks", () => {
  const found = discover(twoPasses);
  expect([bound(found.width), bound(found.width_2)]).toEqual([["6.width"], ["5.width"]]);
});

test("every LoRA has its own name and strengths, even when they are equal", () => {
  const found = discover(twoPasses);
  expect([bound(found.lora_strength_model), bound(found.lora_strength_model_2)]).toEqual([
    ["2.strength_model"],
    ["3.strength_model"],
  ]);
  expect(found.lora_name_2).toMatchObject({
    type: "SELECT",
    default: "grain.safetensors",
    ui: { optionsSource: "loras" },
  });
});

test("the file name prefix is one hidden parameter, and texts of slots are none", () => {
  const found = discover(twoPasses);
  expect(found.filename_prefix?.ui.widget).toBe("hidden");
  expect(bound(found.filename_prefix)).toEqual(["11.filename_prefix", "13.filename_prefix"]);
  expect(Object.values(found).flatMap(bound)).not.toContain("4.text");
});

test("ranges without definitions are ComfyUI's own, and the graph's value is always inside", () => {
  const found = discover(twoPasses);
  expect(found.steps).toMatchObject({ type: "INT", min: 1, max: 10_000, step: 1 });
  const wild = discover({ 1: { class_type: "EmptyLatentImage", inputs: { width: 20_000, height: 8 } } });
  expect([wild.width?.max, wild.height?.min]).toEqual([20_000, 8]);
});

test("definitions give options in both shapes, bounds and help", () => {
  const definitions: NodeDefinitions = {
    KSampler: {
      input: {
        required: {
          steps: ["INT", { min: 1, max: 50, tooltip: "How many." }],
          sampler_name: [["euler", "heun"], {}],
          scheduler: ["COMBO", { options: ["normal", "karras"] }],
        },
      },
      output: ["LATENT"],
    },
  };
  const found = discover(
    { 1: { class_type: "KSampler", inputs: { steps: 20, sampler_name: "euler", scheduler: "normal" } } },
    definitions,
  );
  expect(found.steps).toMatchObject({ max: 50, ui: { help: "How many." } });
  expect(found.sampler_name).toMatchObject({ options: ["euler", "heun"], ui: { widget: "select" } });
  expect(found.scheduler?.options).toEqual(["normal", "karras"]);
});

test("a value over a primitive is bound at the primitive", () => {
  const found = discover({
    1: { class_type: "PrimitiveInt", inputs: { value: 24 } },
    2: { class_type: "BasicScheduler", inputs: { steps: ["1", 0], scheduler: "simple", denoise: 1 } },
    3: { class_type: "BasicScheduler", inputs: { steps: ["1", 0], scheduler: "simple", denoise: 1 } },
    4: { class_type: "CreateVideo", inputs: { images: ["9", 0], fps: 16 } },
  });
  expect(bound(found.steps)).toEqual(["1.value"]);
  expect(found.fps).toMatchObject({ type: "FLOAT", default: 16 });
});

test("loaders become media parameters; the job's input goes to the video before the image", () => {
  const graph: ApiGraph = {
    1: { class_type: "LoadImage", inputs: { image: "a.png", upload: "image" } },
    2: { class_type: "LoadImage", inputs: { image: "b.png" } },
    3: { class_type: "LoadImageMask", inputs: { image: "a.png", channel: "red" } },
    4: { class_type: "LoadVideo", inputs: { file: "c.mp4" } },
    5: { class_type: "LoadAudio", inputs: { audio: "d.wav" } },
    6: { class_type: "LoraLoaderModelOnly", inputs: { lora_name: "x", strength_model: 1 } },
  };
  const found = discover(graph);
  expect(bound(found.input_image)).toEqual(["1.image", "3.image"]);
  expect(found.input_image).toMatchObject({
    type: "IMAGE",
    default: null,
    ui: { widget: "image", placeholder: "a.png" },
  });
  expect([bound(found.input_image_2), bound(found.input_video), bound(found.input_audio)]).toEqual([
    ["2.image"],
    ["4.file"],
    ["5.audio"],
  ]);
  expect(primaryInput(Object.values(found))?.key).toBe("input_video");
});

test("values that differ by the noise of floating point are equal", () => {
  const found = discover({
    1: { class_type: "SaveWEBM", inputs: { fps: 16.000000000000004 } },
    2: { class_type: "SaveAnimatedWEBP", inputs: { fps: 16 } },
  });
  expect(found.fps).toMatchObject({ default: 16, type: "FLOAT" });
  expect(bound(found.fps)).toEqual(["1.fps", "2.fps"]);
});

test("the order of node keys in the file changes nothing", () => {
  const reversed = Object.fromEntries(Object.entries(twoPasses).toReversed());
  expect(discover(reversed)).toEqual(discover(twoPasses));
});
