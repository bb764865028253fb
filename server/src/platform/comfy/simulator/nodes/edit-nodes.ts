import { scaled } from "../media/picture.ts";
import type { Inputs, NodeDefinition } from "../node-definition.ts";
import { show } from "../show.ts";
import { choice, flag, float, link, model, prose } from "./define.ts";
import { conditioning, images, type LatentValue, modelOf, sizeOf } from "./values.ts";

const both: Inputs = { positive: link("CONDITIONING"), negative: link("CONDITIONING") };
const bothOut = [
  { type: "CONDITIONING", name: "positive" },
  { type: "CONDITIONING", name: "negative" },
];

/** Encodes a text together with the pictures it speaks of. */
function editEncoder(name: string, textInput: string, optional: Inputs): NodeDefinition {
  return {
    name,
    displayName: name,
    category: "model/conditioning",
    isModern: true,
    required: { clip: link("CLIP"), [textInput]: prose() },
    optional,
    outputs: [{ type: "CONDITIONING" }],
    execute: (inputs) => ({ outputs: [{ text: show(inputs[textInput]).trim() }] }),
  };
}

/** Patches that leave no trace in a simulated picture. */
function modelPatch(name: string, more: Inputs): NodeDefinition {
  return {
    name,
    displayName: name,
    category: "model/patch",
    required: { model: link("MODEL"), ...more },
    outputs: [{ type: "MODEL" }],
    execute: ({ model: base }) => ({ outputs: [base] }),
  };
}

/** Nodes of newer models that edit pictures by instruction, as their published workflows use them. */
export const editNodes: NodeDefinition[] = [
  editEncoder("TextEncodeQwenImageEdit", "prompt", { vae: link("VAE"), image: link("IMAGE") }),
  editEncoder("TextEncodeQwenImageEditPlus", "prompt", {
    vae: link("VAE"),
    image1: link("IMAGE"),
    image2: link("IMAGE"),
    image3: link("IMAGE"),
  }),
  modelPatch("CFGNorm", { strength: float(1, 0, 100, { step: 0.01 }) }),
  modelPatch("DifferentialDiffusion", {}),
  {
    name: "QuadrupleCLIPLoader",
    displayName: "Load CLIP (Quadruple)",
    category: "model/loaders",
    isModern: true,
    required: Object.fromEntries([1, 2, 3, 4].map((number) => [`clip_name${number}`, model("text_encoders")])),
    outputs: [{ type: "CLIP" }],
    execute: ({ clip_name1: name }) => ({ outputs: [{ name }] }),
  },
  {
    name: "InstructPixToPixConditioning",
    displayName: "InstructPixToPixConditioning",
    category: "model/conditioning",
    isModern: true,
    required: { ...both, vae: link("VAE"), pixels: link("IMAGE") },
    outputs: [...bothOut, { type: "LATENT", name: "latent" }],
    execute: ({ positive, negative, pixels }) => {
      const source = images(pixels);
      const value: LatentValue = { ...sizeOf(source), batch: source.length, frames: 1, source };
      return { outputs: [positive, negative, value] };
    },
  },
  {
    name: "InpaintModelConditioning",
    displayName: "InpaintModelConditioning",
    category: "model/conditioning",
    required: { ...both, vae: link("VAE"), pixels: link("IMAGE"), mask: link("MASK"), noise_mask: flag(true) },
    outputs: [...bothOut, { type: "LATENT", name: "latent" }],
    execute: ({ positive, negative, pixels }) => {
      const source = images(pixels);
      const value: LatentValue = { ...sizeOf(source), batch: source.length, frames: 1, source };
      return { outputs: [positive, negative, value] };
    },
  },
  {
    name: "DualCFGGuider",
    displayName: "Dual CFG Guider",
    category: "model/sampling/custom",
    isModern: true,
    required: {
      model: link("MODEL"),
      cond1: link("CONDITIONING"),
      cond2: link("CONDITIONING"),
      negative: link("CONDITIONING"),
      cfg_conds: float(8, 0, 100, { step: 0.1 }),
      cfg_cond2_negative: float(8, 0, 100, { step: 0.1 }),
    },
    optional: { style: choice(["regular", "nested"], "regular") },
    outputs: [{ type: "GUIDER" }],
    execute: (inputs) => ({
      outputs: [
        {
          model: modelOf(inputs["model"]),
          positive: conditioning(inputs["cond1"]),
          negative: conditioning(inputs["negative"]),
        },
      ],
    }),
  },
  {
    name: "FluxKontextImageScale",
    displayName: "FluxKontextImageScale",
    category: "image/upscaling",
    isModern: true,
    required: { image: link("IMAGE") },
    outputs: [{ type: "IMAGE" }],
    execute: ({ image }) => {
      const resize = images(image).map((one) => {
        const factor = Math.sqrt((1024 * 1024) / (one.width * one.height));
        const by = (length: number) => Math.max(16, Math.round((length * factor) / 16) * 16);
        return scaled(one, by(one.width), by(one.height), "lanczos");
      });
      return { outputs: [resize] };
    },
  },
];
