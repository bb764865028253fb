import type { Inputs, NodeDefinition } from "../node-definition.ts";
import { choice, float, int, link, prose } from "./define.ts";
import { conditioning, joined } from "./values.ts";

const category = "model/conditioning";
const size = (value: number) => int(value, 0, 16_384);
const share = (value: number) => float(value, 0, 1, { step: 0.001 });

/** A text encoder whose texts all count. */
function encoder(name: string, displayName: string, texts: readonly string[], more: Inputs = {}): NodeDefinition {
  return {
    name,
    displayName,
    category,
    isModern: texts.length > 1,
    required: { clip: link("CLIP"), ...more, ...Object.fromEntries(texts.map((text) => [text, prose()])) },
    outputs: [{ type: "CONDITIONING" }],
    execute: (inputs) => ({
      outputs: [{ text: joined(...new Set(texts.map((text) => String(inputs[text] ?? "").trim()))) }],
    }),
  };
}

/** A node that hands its conditioning on: what it does to it does not show in a simulated picture. */
function passing(name: string, displayName: string, inputName: string, more: Inputs, optional?: Inputs): NodeDefinition {
  return {
    name,
    displayName,
    category,
    required: { [inputName]: link("CONDITIONING"), ...more },
    ...(optional === undefined ? {} : { optional }),
    outputs: [{ type: "CONDITIONING" }],
    execute: (inputs) => ({ outputs: [inputs[inputName]] }),
  };
}

/** A node with two conditionings that become one. */
function combining(name: string, displayName: string, first: string, second: string, more: Inputs = {}): NodeDefinition {
  return {
    name,
    displayName,
    category,
    required: { [first]: link("CONDITIONING"), [second]: link("CONDITIONING"), ...more },
    outputs: [{ type: "CONDITIONING" }],
    execute: (inputs) => ({
      outputs: [{ text: joined(conditioning(inputs[first]).text, conditioning(inputs[second]).text) }],
    }),
  };
}

export const conditioningNodes: NodeDefinition[] = [
  {
    ...encoder("CLIPTextEncode", "CLIP Text Encode (Prompt)", ["text"]),
    required: { text: prose(), clip: link("CLIP") },
  },
  encoder("CLIPTextEncodeSDXL", "CLIP Text Encode (SDXL)", ["text_g", "text_l"], {
    width: size(1024),
    height: size(1024),
    crop_w: size(0),
    crop_h: size(0),
    target_width: size(1024),
    target_height: size(1024),
  }),
  {
    ...encoder("CLIPTextEncodeFlux", "CLIP Text Encode (Flux)", ["clip_l", "t5xxl"]),
    required: {
      clip: link("CLIP"),
      clip_l: prose(),
      t5xxl: prose(),
      guidance: float(3.5, 0, 100, { step: 0.1 }),
    },
  },
  {
    name: "CLIPSetLastLayer",
    displayName: "CLIP Set Last Layer",
    category,
    required: { clip: link("CLIP"), stop_at_clip_layer: int(-1, -24, -1, { step: 1 }) },
    outputs: [{ type: "CLIP" }],
    execute: ({ clip }) => ({ outputs: [clip] }),
  },
  combining("ConditioningCombine", "Conditioning (Combine)", "conditioning_1", "conditioning_2"),
  combining("ConditioningConcat", "Conditioning (Concat)", "conditioning_to", "conditioning_from"),
  combining("ConditioningAverage", "Conditioning (Average)", "conditioning_to", "conditioning_from", {
    conditioning_to_strength: float(1, 0, 1, { step: 0.01 }),
  }),
  passing("ConditioningSetArea", "Conditioning (Set Area)", "conditioning", {
    width: int(64, 64, 16_384, { step: 8 }),
    height: int(64, 64, 16_384, { step: 8 }),
    x: int(0, 0, 16_384, { step: 8 }),
    y: int(0, 0, 16_384, { step: 8 }),
    strength: float(1, 0, 10, { step: 0.01 }),
  }),
  passing("ConditioningSetTimestepRange", "Conditioning (Set Timestep Range)", "conditioning", {
    start: share(0),
    end: share(1),
  }),
  {
    ...passing("ConditioningZeroOut", "Conditioning Zero Out", "conditioning", {}),
    execute: () => ({ outputs: [{ text: "" }] }),
  },
  passing("FluxGuidance", "FluxGuidance", "conditioning", { guidance: float(3.5, 0, 100, { step: 0.1 }) }),
  passing("ReferenceLatent", "Set Reference Latent", "conditioning", {}, { latent: link("LATENT") }),
  passing("ControlNetApply", "Apply ControlNet (one conditioning)", "conditioning", {
    control_net: link("CONTROL_NET"),
    image: link("IMAGE"),
    strength: float(1, 0, 10, { step: 0.01 }),
  }),
  {
    name: "ControlNetApplyAdvanced",
    displayName: "Apply ControlNet",
    category,
    required: {
      positive: link("CONDITIONING"),
      negative: link("CONDITIONING"),
      control_net: link("CONTROL_NET"),
      image: link("IMAGE"),
      strength: float(1, 0, 10, { step: 0.01 }),
      start_percent: share(0),
      end_percent: share(1),
    },
    optional: { vae: link("VAE") },
    outputs: [{ type: "CONDITIONING", name: "positive" }, { type: "CONDITIONING", name: "negative" }],
    execute: ({ positive, negative }) => ({ outputs: [positive, negative] }),
  },
  {
    name: "CLIPVisionEncode",
    displayName: "CLIP Vision Encode",
    category,
    required: { clip_vision: link("CLIP_VISION"), image: link("IMAGE"), crop: choice(["center", "none"]) },
    outputs: [{ type: "CLIP_VISION_OUTPUT" }],
    execute: () => ({ outputs: [{}] }),
  },
];
