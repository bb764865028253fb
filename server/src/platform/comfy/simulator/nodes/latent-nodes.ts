import { plainPicture, type Picture, scaled } from "../media/picture.ts";
import { sceneFrames, scenePicture } from "../media/render.ts";
import type { NodeDefinition } from "../node-definition.ts";
import { choice, float, int, link } from "./define.ts";
import { images, latent, type LatentValue, sizeOf } from "./values.ts";

const category = "model/latent";
export const resizeMethods = ["nearest-exact", "bilinear", "area", "bicubic", "bislerp"] as const;
const batchSize = int(1, 1, 4096);

function empty(name: string, displayName: string, size: number, step: number): NodeDefinition {
  return {
    name,
    displayName,
    category,
    required: {
      width: int(size, 16, 16_384, { step }),
      height: int(size, 16, 16_384, { step }),
      batch_size: batchSize,
    },
    outputs: [{ type: "LATENT" }],
    execute: ({ width, height, batch_size: batch }) => ({
      outputs: [{ width: Number(width), height: Number(height), batch: Number(batch), frames: 1 }],
    }),
  };
}

/** A clip of `length` frames that holds nothing yet. */
function emptyClip(name: string, displayName: string, width: number, height: number, length: number): NodeDefinition {
  return {
    name,
    displayName,
    category,
    isModern: true,
    required: {
      width: int(width, 16, 16_384, { step: 16 }),
      height: int(height, 16, 16_384, { step: 16 }),
      length: int(length, 1, 16_384, { step: 4 }),
      batch_size: batchSize,
    },
    outputs: [{ type: "LATENT" }],
    execute: (inputs) => ({
      outputs: [
        {
          width: Number(inputs["width"]),
          height: Number(inputs["height"]),
          batch: 1,
          frames: Number(inputs["length"]),
        },
      ],
    }),
  };
}

function decode(value: LatentValue): Picture[] {
  const { width, height, batch, frames, source, ends, scene, strength = 1 } = value;
  if (scene === undefined) {
    if (source !== undefined) return source.map((picture) => scaled(picture, width, height));
    return Array.from({ length: batch * frames }, () => plainPicture(width, height, "#7f7f7f"));
  }
  if (frames > 1) {
    const drawn = sceneFrames(scene, { width, height, count: frames }, source?.[0], strength);
    if (ends?.first) drawn[0] = scaled(ends.first, width, height);
    if (ends?.last) drawn[frames - 1] = scaled(ends.last, width, height);
    return drawn;
  }
  return Array.from({ length: batch }, (_, index) => {
    const own =
      index === 0 ? scene : { ...scene, composition: `${scene.composition}\0${index}`, seed: `${scene.seed}+${index}` };
    return scenePicture(own, width, height, source?.[index % source.length], strength);
  });
}

const decoder: NodeDefinition = {
  name: "VAEDecode",
  displayName: "VAE Decode",
  category,
  required: { samples: link("LATENT"), vae: link("VAE") },
  outputs: [{ type: "IMAGE" }],
  execute: ({ samples }) => ({ outputs: [decode(latent(samples))] }),
};

const encoder: NodeDefinition = {
  name: "VAEEncode",
  displayName: "VAE Encode",
  category,
  required: { pixels: link("IMAGE"), vae: link("VAE") },
  outputs: [{ type: "LATENT" }],
  execute: ({ pixels }) => {
    const source = images(pixels);
    return { outputs: [{ ...sizeOf(source), batch: source.length, frames: 1, source }] };
  },
};

export const latentNodes: NodeDefinition[] = [
  empty("EmptyLatentImage", "Empty Latent Image", 512, 8),
  empty("EmptySD3LatentImage", "EmptySD3LatentImage", 1024, 16),
  empty("EmptyFlux2LatentImage", "Empty Flux 2 Latent", 1024, 16),
  emptyClip("EmptyHunyuanLatentVideo", "Empty HunyuanVideo Latent", 848, 480, 25),
  emptyClip("EmptyLTXVLatentVideo", "EmptyLTXVLatentVideo", 768, 512, 97),
  decoder,
  {
    ...decoder,
    name: "VAEDecodeTiled",
    displayName: "VAE Decode (Tiled)",
    required: {
      ...decoder.required,
      tile_size: int(512, 64, 4096, { step: 32 }),
      overlap: int(64, 0, 4096, { step: 32 }),
    },
    optional: { temporal_size: int(64, 8, 4096, { step: 4 }), temporal_overlap: int(8, 4, 4096, { step: 4 }) },
  },
  encoder,
  {
    ...encoder,
    name: "VAEEncodeForInpaint",
    displayName: "VAE Encode (for Inpainting)",
    required: { ...encoder.required, mask: link("MASK"), grow_mask_by: int(6, 0, 64) },
  },
  {
    name: "SetLatentNoiseMask",
    displayName: "Set Latent Noise Mask",
    category,
    required: { samples: link("LATENT"), mask: link("MASK") },
    outputs: [{ type: "LATENT" }],
    execute: ({ samples }) => ({ outputs: [samples] }),
  },
  {
    name: "LatentUpscale",
    displayName: "Upscale Latent",
    category,
    required: {
      samples: link("LATENT"),
      upscale_method: choice(resizeMethods),
      width: int(512, 0, 16_384, { step: 8 }),
      height: int(512, 0, 16_384, { step: 8 }),
      crop: choice(["disabled", "center"]),
    },
    outputs: [{ type: "LATENT" }],
    execute: ({ samples, width, height }) => {
      const value = latent(samples);
      const [wide, high] = keepRatio(value, Number(width), Number(height));
      return { outputs: [{ ...value, width: wide, height: high }] };
    },
  },
  {
    name: "LatentUpscaleBy",
    displayName: "Upscale Latent By",
    category,
    required: {
      samples: link("LATENT"),
      upscale_method: choice(resizeMethods),
      scale_by: float(1.5, 0.01, 8, { step: 0.01 }),
    },
    outputs: [{ type: "LATENT" }],
    execute: ({ samples, scale_by: factor }) => {
      const value = latent(samples);
      const by = (length: number) => Math.max(8, Math.round((length * Number(factor)) / 8) * 8);
      return { outputs: [{ ...value, width: by(value.width), height: by(value.height) }] };
    },
  },
  {
    name: "WanFirstLastFrameToVideo",
    displayName: "WanFirstLastFrameToVideo",
    category: "model/conditioning/wan",
    isModern: true,
    required: {
      positive: link("CONDITIONING"),
      negative: link("CONDITIONING"),
      vae: link("VAE"),
      width: int(832, 16, 16_384, { step: 16 }),
      height: int(480, 16, 16_384, { step: 16 }),
      length: int(81, 1, 16_384, { step: 4 }),
      batch_size: batchSize,
    },
    optional: {
      clip_vision_start_image: link("CLIP_VISION_OUTPUT"),
      clip_vision_end_image: link("CLIP_VISION_OUTPUT"),
      start_image: link("IMAGE"),
      end_image: link("IMAGE"),
    },
    outputs: [
      { type: "CONDITIONING", name: "positive" },
      { type: "CONDITIONING", name: "negative" },
      { type: "LATENT", name: "latent" },
    ],
    execute: (inputs) => {
      const [start, end] = [inputs["start_image"], inputs["end_image"]];
      const value: LatentValue = {
        width: Number(inputs["width"]),
        height: Number(inputs["height"]),
        batch: 1,
        frames: Number(inputs["length"]),
        ...(start === undefined ? {} : { source: images(start) }),
        ends: {
          ...(start === undefined ? {} : { first: images(start)[0] as Picture }),
          ...(end === undefined ? {} : { last: images(end)[0] as Picture }),
        },
      };
      return { outputs: [inputs["positive"], inputs["negative"], value] };
    },
  },
  {
    name: "WanImageToVideo",
    displayName: "WanImageToVideo",
    category: "model/conditioning/wan",
    isModern: true,
    required: {
      positive: link("CONDITIONING"),
      negative: link("CONDITIONING"),
      vae: link("VAE"),
      width: int(832, 16, 16_384, { step: 16 }),
      height: int(480, 16, 16_384, { step: 16 }),
      length: int(81, 1, 16_384, { step: 4 }),
      batch_size: batchSize,
    },
    optional: { clip_vision_output: link("CLIP_VISION_OUTPUT"), start_image: link("IMAGE") },
    outputs: [
      { type: "CONDITIONING", name: "positive" },
      { type: "CONDITIONING", name: "negative" },
      { type: "LATENT", name: "latent" },
    ],
    execute: (inputs) => {
      const start = inputs["start_image"];
      const value: LatentValue = {
        width: Number(inputs["width"]),
        height: Number(inputs["height"]),
        batch: 1,
        frames: Number(inputs["length"]),
        ...(start === undefined ? {} : { source: images(start) }),
      };
      return { outputs: [inputs["positive"], inputs["negative"], value] };
    },
  },
];

/** A side of 0 follows from the other one. */
export function keepRatio(from: { width: number; height: number }, width: number, height: number): [number, number] {
  if (width === 0 && height === 0) return [from.width, from.height];
  if (width === 0) return [Math.max(1, Math.round((from.width * height) / from.height)), height];
  if (height === 0) return [width, Math.max(1, Math.round((from.height * width) / from.width))];
  return [width, height];
}
