import type { NodeDefinition } from "../node-definition.ts";
import { choice, float, int, link, model } from "./define.ts";
import { modelOf } from "./values.ts";

const category = "model/loaders";
const clipTypes = [
  "stable_diffusion", "stable_cascade", "sd3", "stable_audio", "mochi", "ltxv", "pixart", "cosmos", "lumina2", "wan",
  "hidream", "chroma", "ace", "omnigen2", "qwen_image", "hunyuan_image", "flux", "flux2", "sdxl", "hunyuan_video",
  "hunyuan_video_15", "kandinsky5",
];
const device = choice(["default", "cpu"]);

/** Loaders take no time and load nothing: a model is its file name. */
export const loaderNodes: NodeDefinition[] = [
  {
    name: "CheckpointLoaderSimple",
    displayName: "Load Checkpoint",
    category,
    required: { ckpt_name: model("checkpoints") },
    outputs: [{ type: "MODEL" }, { type: "CLIP" }, { type: "VAE" }],
    execute: ({ ckpt_name: name }) => ({ outputs: [{ name, loras: [] }, { name }, { name }] }),
  },
  {
    name: "UNETLoader",
    displayName: "Load Diffusion Model",
    category,
    required: {
      unet_name: model("diffusion_models"),
      weight_dtype: choice(["default", "fp8_e4m3fn", "fp8_e4m3fn_fast", "fp8_e5m2"]),
    },
    outputs: [{ type: "MODEL" }],
    execute: ({ unet_name: name }) => ({ outputs: [{ name, loras: [] }] }),
  },
  {
    name: "CLIPLoader",
    displayName: "Load CLIP",
    category,
    required: { clip_name: model("text_encoders"), type: choice(clipTypes) },
    optional: { device },
    outputs: [{ type: "CLIP" }],
    execute: ({ clip_name: name }) => ({ outputs: [{ name }] }),
  },
  {
    name: "DualCLIPLoader",
    displayName: "Load CLIP (Dual)",
    category,
    required: { clip_name1: model("text_encoders"), clip_name2: model("text_encoders"), type: choice(clipTypes) },
    optional: { device },
    outputs: [{ type: "CLIP" }],
    execute: ({ clip_name1: name }) => ({ outputs: [{ name }] }),
  },
  {
    name: "TripleCLIPLoader",
    displayName: "Load CLIP (Triple)",
    category,
    isModern: true,
    required: {
      clip_name1: model("text_encoders"),
      clip_name2: model("text_encoders"),
      clip_name3: model("text_encoders"),
    },
    outputs: [{ type: "CLIP" }],
    execute: ({ clip_name1: name }) => ({ outputs: [{ name }] }),
  },
  {
    name: "VAELoader",
    displayName: "Load VAE",
    category,
    required: { vae_name: model("vae") },
    outputs: [{ type: "VAE" }],
    execute: ({ vae_name: name }) => ({ outputs: [{ name }] }),
  },
  {
    name: "LoraLoader",
    displayName: "Load LoRA (Model and CLIP)",
    category,
    required: {
      model: link("MODEL"),
      clip: link("CLIP"),
      lora_name: model("loras"),
      strength_model: float(1, -100, 100, { step: 0.01 }),
      strength_clip: float(1, -100, 100, { step: 0.01 }),
    },
    outputs: [{ type: "MODEL" }, { type: "CLIP" }],
    execute: ({ model: base, clip, lora_name: lora }) => ({ outputs: [withLora(base, lora), clip] }),
  },
  {
    name: "LoraLoaderModelOnly",
    displayName: "Load LoRA",
    category,
    required: {
      model: link("MODEL"),
      lora_name: model("loras"),
      strength_model: float(1, -100, 100, { step: 0.01 }),
    },
    outputs: [{ type: "MODEL" }],
    execute: ({ model: base, lora_name: lora }) => ({ outputs: [withLora(base, lora)] }),
  },
  {
    name: "ControlNetLoader",
    displayName: "Load ControlNet Model",
    category,
    required: { control_net_name: model("controlnet") },
    outputs: [{ type: "CONTROL_NET" }],
    execute: ({ control_net_name: name }) => ({ outputs: [{ name }] }),
  },
  {
    name: "UpscaleModelLoader",
    displayName: "Load Upscale Model",
    category,
    isModern: true,
    required: { model_name: model("upscale_models") },
    outputs: [{ type: "UPSCALE_MODEL" }],
    execute: ({ model_name: name }) => ({
      outputs: [{ name, factor: Number(/([248])x|x([248])/i.exec(String(name))?.slice(1).find(Boolean) ?? 4) }],
    }),
  },
  {
    name: "CLIPVisionLoader",
    displayName: "Load CLIP Vision",
    category,
    required: { clip_name: model("clip_vision") },
    outputs: [{ type: "CLIP_VISION" }],
    execute: ({ clip_name: name }) => ({ outputs: [{ name }] }),
  },
  ...["ModelSamplingSD3", "ModelSamplingAuraFlow"].map(
    (name): NodeDefinition => ({
      name,
      displayName: name,
      category: "model/patch",
      required: { model: link("MODEL"), shift: float(3, 0, 100, { step: 0.01 }) },
      outputs: [{ type: "MODEL" }],
      execute: ({ model: base }) => ({ outputs: [base] }),
    }),
  ),
  {
    name: "ModelSamplingFlux",
    displayName: "ModelSamplingFlux",
    category: "model/patch",
    required: {
      model: link("MODEL"),
      max_shift: float(1.15, 0, 100, { step: 0.01 }),
      base_shift: float(0.5, 0, 100, { step: 0.01 }),
      width: int(1024, 16, 16_384, { step: 8 }),
      height: int(1024, 16, 16_384, { step: 8 }),
    },
    outputs: [{ type: "MODEL" }],
    execute: ({ model: base }) => ({ outputs: [base] }),
  },
];

function withLora(base: unknown, lora: unknown) {
  const { name, loras } = modelOf(base);
  return { name, loras: [...loras, String(lora)] };
}
