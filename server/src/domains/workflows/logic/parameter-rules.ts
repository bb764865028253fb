import type { ApiNode } from "#domains/workflows/logic/api-graph.ts";
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

const sampling = { category: "quality", group: "Sampling", share: "equal" } as const;
const size = { category: "quality", group: "Size", share: "equal" } as const;
const clip = { category: "generation", group: "Video", share: "equal" } as const;
const model = { type: "SELECT", category: "quality", group: "Models", share: "equal" } as const;
const lora = { category: "content", group: "LoRA", share: "none" } as const;
const control = { category: "quality", group: "Control", share: "none", isSlider: true } as const;

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
  { ...sampling, inputs: ["steps"], key: "steps", label: "Steps", type: "INT", range: [1, 10_000, 1] },
  { ...sampling, inputs: ["cfg"], key: "cfg", label: "CFG", type: "FLOAT", range: [0, 100, 0.1] },
  {
    ...sampling,
    inputs: ["cfg_conds"],
    key: "cfg_conds",
    label: "CFG between prompts",
    type: "FLOAT",
    range: [0, 100, 0.1],
  },
  {
    ...sampling,
    inputs: ["cfg_cond2_negative"],
    key: "cfg_cond2_negative",
    label: "CFG against negative",
    type: "FLOAT",
    range: [0, 100, 0.1],
  },
  { ...sampling, inputs: ["guidance"], key: "guidance", label: "Guidance", type: "FLOAT", range: [0, 100, 0.1] },
  {
    ...sampling,
    inputs: ["denoise"],
    key: "denoise",
    label: "Denoise",
    type: "FLOAT",
    range: [0, 1, 0.01],
    isSlider: true,
  },
  {
    ...sampling,
    inputs: ["sampler_name"],
    key: "sampler_name",
    label: "Sampler",
    type: "SELECT",
    optionsSource: "samplers",
  },
  {
    ...sampling,
    inputs: ["scheduler"],
    key: "scheduler",
    label: "Scheduler",
    type: "SELECT",
    optionsSource: "schedulers",
  },
  {
    ...sampling,
    inputs: ["start_at_step"],
    key: "start_at_step",
    label: "Start at step",
    type: "INT",
    range: [0, 10_000, 1],
    share: "none",
  },
  {
    ...sampling,
    inputs: ["end_at_step"],
    key: "end_at_step",
    label: "End at step",
    type: "INT",
    range: [0, 10_000, 1],
    share: "none",
  },
  {
    ...sampling,
    inputs: ["shift"],
    classes: /ModelSampling/,
    key: "shift",
    label: "Shift",
    type: "FLOAT",
    range: [0, 100, 0.01],
  },
  { ...size, inputs: ["width"], key: "width", label: "Width", type: "INT", range: [16, 16_384, 8] },
  { ...size, inputs: ["height"], key: "height", label: "Height", type: "INT", range: [16, 16_384, 8] },
  { ...size, inputs: ["scale_by"], key: "scale_by", label: "Scale by", type: "FLOAT", range: [0.01, 8, 0.01] },
  { ...size, inputs: ["megapixels"], key: "megapixels", label: "Megapixels", type: "FLOAT", range: [0.01, 16, 0.01] },
  {
    ...size,
    inputs: ["upscale_method"],
    key: "upscale_method",
    label: "Scaling method",
    type: "SELECT",
    optionsSource: "upscale_methods",
  },
  {
    ...size,
    inputs: ["batch_size"],
    key: "batch_size",
    label: "Batch size",
    type: "INT",
    range: [1, 4096, 1],
    category: "generation",
  },
  { ...clip, inputs: lengthInputs, key: "length", label: "Frames", type: "INT", range: [1, 16_384, 1] },
  { ...clip, inputs: fpsInputs, key: "fps", label: "Frames per second", type: "FLOAT", range: [0.01, 1000, 0.01] },
  { ...model, inputs: ["ckpt_name"], key: "ckpt_name", label: "Checkpoint", optionsSource: "checkpoints" },
  { ...model, inputs: ["unet_name"], key: "unet_name", label: "Diffusion model", optionsSource: "diffusion_models" },
  { ...model, inputs: ["vae_name"], key: "vae_name", label: "VAE", optionsSource: "vae" },
  {
    ...model,
    inputs: ["clip_name"],
    classes: /vision/i,
    key: "clip_vision_name",
    label: "CLIP vision model",
    optionsSource: "clip_vision",
  },
  ...["clip_name", "clip_name1", "clip_name2", "clip_name3", "clip_name4"].map((name, index) => ({
    ...{
      ...model,
      inputs: [name],
      key: name,
      label: `Text encoder${index < 2 ? "" : ` ${index}`}`,
      optionsSource: "text_encoders",
    },
  })),
  { ...model, inputs: ["control_net_name"], key: "control_net_name", label: "ControlNet", optionsSource: "controlnet" },
  {
    ...model,
    inputs: ["style_model_name"],
    key: "style_model_name",
    label: "Style model",
    optionsSource: "style_models",
  },
  {
    ...model,
    inputs: ["model_name"],
    classes: /upscale/i,
    key: "upscale_model_name",
    label: "Upscale model",
    optionsSource: "upscale_models",
  },
  { ...lora, inputs: ["lora_name"], key: "lora_name", label: "LoRA", type: "SELECT", optionsSource: "loras" },
  {
    ...lora,
    inputs: ["strength_model"],
    classes: /lora/i,
    key: "lora_strength_model",
    label: "LoRA strength",
    type: "FLOAT",
    range: [-100, 100, 0.01],
  },
  {
    ...lora,
    inputs: ["strength_clip"],
    classes: /lora/i,
    key: "lora_strength_clip",
    label: "LoRA strength on text",
    type: "FLOAT",
    range: [-100, 100, 0.01],
  },
  {
    ...control,
    inputs: ["strength"],
    classes: /controlnet/i,
    key: "controlnet_strength",
    label: "ControlNet strength",
    type: "FLOAT",
    range: [0, 10, 0.01],
  },
  {
    ...control,
    inputs: ["start_percent"],
    classes: /controlnet/i,
    key: "controlnet_start",
    label: "ControlNet start",
    type: "FLOAT",
    range: [0, 1, 0.001],
  },
  {
    ...control,
    inputs: ["end_percent"],
    classes: /controlnet/i,
    key: "controlnet_end",
    label: "ControlNet end",
    type: "FLOAT",
    range: [0, 1, 0.001],
  },
  {
    inputs: ["filename_prefix"],
    key: "filename_prefix",
    label: "File name prefix",
    type: "TEXT",
    category: "content",
    group: "Output",
    share: "all",
    isHidden: true,
  },
];

/** Media loaders come first in the form; files that are the same in the graph are one parameter. */
export const loaderRules = {
  IMAGE: {
    inputs: [],
    key: "input_image",
    label: "Input image",
    type: "IMAGE",
    category: "content",
    group: "Input",
    share: "equal",
  },
  VIDEO: {
    inputs: [],
    key: "input_video",
    label: "Input video",
    type: "VIDEO",
    category: "content",
    group: "Input",
    share: "equal",
  },
  AUDIO: {
    inputs: [],
    key: "input_audio",
    label: "Input audio",
    type: "AUDIO",
    category: "content",
    group: "Input",
    share: "equal",
  },
} as const satisfies Record<string, ParameterRule>;

export function ruleFor(node: ApiNode, inputName: string): ParameterRule | undefined {
  return parameterRules.find(
    (rule) => rule.inputs.includes(inputName) && (rule.classes?.test(node.class_type) ?? true),
  );
}
