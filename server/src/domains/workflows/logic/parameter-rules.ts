import type { ApiNode } from "#domains/workflows/logic/api-graph.ts";
import type { MediaKind } from "#domains/workflows/logic/media-nodes.ts";
import type { ParameterCategory, ParameterType } from "#domains/workflows/logic/parameter.ts";
import { fpsInputs, lengthInputs } from "#domains/workflows/logic/timing.ts";

/**
 * How an input of a graph becomes a parameter. Ranges are those of ComfyUI's own nodes and serve where no definition
 * is at hand.
 */
export type ParameterRule = {
  /** Input names, compared exactly. */
  inputs: readonly string[];
  /** Only nodes whose class name fits. */
  classes?: RegExp;
  key: string;
  label: string;
  type: ParameterType;
  category: ParameterCategory;
  group: string;
  /**
   * Which inputs one parameter binds: all in the graph, those that have the same value (two samplers with 20 steps are
   * one parameter; 20 and 14 are two), or each its own.
   */
  share: "all" | "equal" | "none";
  range?: readonly [min: number, max: number, step: number];
  isSlider?: boolean;
  isHidden?: boolean;
  optionsSource?: string;
};

type Shared = Pick<ParameterRule, "category" | "group" | "share">;
type More = Partial<ParameterRule>;
const sampling: Shared = { category: "quality", group: "Sampling", share: "equal" };
const size: Shared = { category: "quality", group: "Size", share: "equal" };
const video: Shared = { category: "generation", group: "Video", share: "equal" };
const models: Shared = { category: "quality", group: "Models", share: "equal" };
const lora: Shared = { category: "content", group: "LoRA", share: "none" };
const control: Shared = { category: "quality", group: "Control", share: "none" };

/** The input's name is the key, unless `more` says otherwise. */
const int = (
  shared: Shared,
  name: string,
  label: string,
  min: number,
  max: number,
  more: More = {},
): ParameterRule => ({
  ...shared,
  inputs: [name],
  key: name,
  label,
  type: "INT",
  range: [min, max, 1],
  ...more,
});
const float = (shared: Shared, name: string, label: string, min: number, max: number, step: number, more: More = {}) =>
  int(shared, name, label, min, max, { type: "FLOAT", range: [min, max, step], ...more });
const select = (
  shared: Shared,
  name: string,
  label: string,
  optionsSource: string,
  more: More = {},
): ParameterRule => ({
  ...shared,
  inputs: [name],
  key: name,
  label,
  type: "SELECT",
  optionsSource,
  ...more,
});

const controlNet: More = { classes: /controlnet/i, isSlider: true };
const textEncoders = ["clip_name", "clip_name1", "clip_name2", "clip_name3", "clip_name4"];

/** In the order of the form. The first rule that fits an input is its rule. */
export const parameterRules: readonly ParameterRule[] = [
  {
    inputs: ["seed", "noise_seed"],
    key: "seed",
    label: "Seed",
    type: "SEED",
    category: "generation",
    group: "Sampling",
    share: "all",
  },
  int(sampling, "steps", "Steps", 1, 10_000),
  float(sampling, "cfg", "CFG", 0, 100, 0.1),
  float(sampling, "cfg_conds", "CFG between prompts", 0, 100, 0.1),
  float(sampling, "cfg_cond2_negative", "CFG against negative", 0, 100, 0.1),
  float(sampling, "guidance", "Guidance", 0, 100, 0.1),
  float(sampling, "denoise", "Denoise", 0, 1, 0.01, { isSlider: true }),
  select(sampling, "sampler_name", "Sampler", "samplers"),
  select(sampling, "scheduler", "Scheduler", "schedulers"),
  int(sampling, "start_at_step", "Start at step", 0, 10_000, { share: "none" }),
  int(sampling, "end_at_step", "End at step", 0, 10_000, { share: "none" }),
  float(sampling, "shift", "Shift", 0, 100, 0.01, { classes: /ModelSampling/ }),
  int(size, "width", "Width", 16, 16_384, { range: [16, 16_384, 8] }),
  int(size, "height", "Height", 16, 16_384, { range: [16, 16_384, 8] }),
  float(size, "scale_by", "Scale by", 0.01, 8, 0.01),
  float(size, "megapixels", "Megapixels", 0.01, 16, 0.01),
  select(size, "upscale_method", "Scaling method", "upscale_methods"),
  int(size, "batch_size", "Batch size", 1, 4096, { category: "generation" }),
  int(video, "length", "Frames", 1, 16_384, { inputs: lengthInputs }),
  float(video, "fps", "Frames per second", 0.01, 1000, 0.01, { inputs: fpsInputs }),
  select(models, "ckpt_name", "Checkpoint", "checkpoints"),
  select(models, "unet_name", "Diffusion model", "diffusion_models"),
  select(models, "vae_name", "VAE", "vae"),
  select(models, "clip_name", "CLIP vision model", "clip_vision", { classes: /vision/i, key: "clip_vision_name" }),
  ...textEncoders.map((name, index) =>
    select(models, name, index < 2 ? "Text encoder" : `Text encoder ${index}`, "text_encoders"),
  ),
  select(models, "control_net_name", "ControlNet", "controlnet"),
  select(models, "style_model_name", "Style model", "style_models"),
  select(models, "model_name", "Upscale model", "upscale_models", { classes: /upscale/i, key: "upscale_model_name" }),
  select(lora, "lora_name", "LoRA", "loras"),
  float(lora, "strength_model", "LoRA strength", -100, 100, 0.01, { classes: /lora/i, key: "lora_strength_model" }),
  float(lora, "strength_clip", "LoRA strength on text", -100, 100, 0.01, {
    classes: /lora/i,
    key: "lora_strength_clip",
  }),
  float(control, "strength", "ControlNet strength", 0, 10, 0.01, { ...controlNet, key: "controlnet_strength" }),
  float(control, "start_percent", "ControlNet start", 0, 1, 0.001, { ...controlNet, key: "controlnet_start" }),
  float(control, "end_percent", "ControlNet end", 0, 1, 0.001, { ...controlNet, key: "controlnet_end" }),
  {
    inputs: ["filename_prefix"],
    key: "filename_prefix",
    label: "File name prefix",
    type: "TEXT",
    isHidden: true,
    category: "content",
    group: "Output",
    share: "all",
  },
];

/** Media loaders come first in the form; files that are the same in the graph are one parameter. */
export const loaderRules: Record<MediaKind, ParameterRule> = {
  IMAGE: loader("IMAGE", "input_image", "Input image"),
  VIDEO: loader("VIDEO", "input_video", "Input video"),
  AUDIO: loader("AUDIO", "input_audio", "Input audio"),
};

function loader(type: MediaKind, key: string, label: string): ParameterRule {
  return { inputs: [], key, label, type, category: "content", group: "Input", share: "equal" };
}

export function ruleFor(node: ApiNode, inputName: string): ParameterRule | undefined {
  return parameterRules.find(
    (rule) => rule.inputs.includes(inputName) && (rule.classes?.test(node.class_type) ?? true),
  );
}
