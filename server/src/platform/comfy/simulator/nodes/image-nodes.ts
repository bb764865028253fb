import { stat } from "node:fs/promises";
import { derived, fromRaw, type Picture, picture, plainPicture, scaled, toRaw } from "../media/picture.ts";
import { decodeClip } from "../media/video.ts";
import { NodeFailure } from "../errors.ts";
import type { ImageStore } from "../image-store.ts";
import type { InputDefinition, NodeDefinition } from "../node-definition.ts";
import { choice, float, int, link } from "./define.ts";
import { keepRatio } from "./latent-nodes.ts";
import { images, sizeOf, type UpscaleModelValue } from "./values.ts";

const methods = ["nearest-exact", "bilinear", "area", "bicubic", "lanczos"] as const;
const side = (value: number, min = 1) => int(value, min, 16_384, { step: 1 });
const uploads: InputDefinition = { type: "COMBO", options: { image_upload: true }, inputFiles: true };

/** Blend modes by their names here and in the image library. */
const blendModes = {
  normal: "over",
  multiply: "multiply",
  screen: "screen",
  overlay: "overlay",
  soft_light: "soft-light",
  difference: "difference",
} as const;

function loadedFile(reference: unknown, store: ImageStore): string {
  const file = store.findInput(String(reference));
  if (file === undefined) throw new NodeFailure("FileNotFoundError", `Invalid image file: ${String(reference)}`);
  return store.pathOf(file);
}

/** Checks that the file of an input exists, and runs again when the file has changed. */
export function fileInput(name: string, what: string): Pick<NodeDefinition, "validate" | "fingerprint"> {
  return {
    validate: (inputs, store) => {
      const reference = String(inputs[name]);
      return store.findInput(reference) === undefined ? `${name} - Invalid ${what} file: ${reference}` : undefined;
    },
    fingerprint: async (inputs, store) => {
      const { mtimeMs, size } = await stat(loadedFile(inputs[name], store));
      return `${mtimeMs}:${size}`;
    },
  };
}

/** A node that changes every image of a batch in the same way. */
function mapping(
  name: string,
  displayName: string,
  more: NodeDefinition["required"],
  change: (image: Picture, inputs: Record<string, unknown>) => Picture,
): NodeDefinition {
  return {
    name,
    displayName,
    category: "image",
    required: { image: link("IMAGE"), ...more },
    outputs: [{ type: "IMAGE" }],
    execute: (inputs) => ({ outputs: [images(inputs["image"]).map((image) => change(image, inputs))] }),
  };
}

export const imageNodes: NodeDefinition[] = [
  {
    name: "LoadImage",
    displayName: "Load Image",
    category: "image",
    required: { image: uploads },
    outputs: [{ type: "IMAGE" }, { type: "MASK" }],
    ...fileInput("image", "image"),
    execute: async ({ image }, { store }) => {
      const { frames } = await decodeClip(asPicture(loadedFile(image, store)));
      return { outputs: [frames, sizeOf(frames)] };
    },
  },
  {
    name: "EmptyImage",
    displayName: "Empty Image",
    category: "image",
    required: { width: side(512), height: side(512), batch_size: int(1, 1, 4096), color: int(0, 0, 0xffffff) },
    outputs: [{ type: "IMAGE" }],
    execute: ({ width, height, batch_size: batch, color }) => {
      const colour = `#${Number(color).toString(16).padStart(6, "0")}`;
      const one = plainPicture(Number(width), Number(height), colour);
      return { outputs: [Array.from({ length: Number(batch) }, () => one)] };
    },
  },
  mapping(
    "ImageScale",
    "Upscale Image",
    { upscale_method: choice(methods), width: side(512, 0), height: side(512, 0), crop: choice(["disabled", "center"]) },
    (image, { upscale_method: method, width, height, crop }) => {
      const [wide, high] = keepRatio(image, Number(width), Number(height));
      return scaled(image, wide, high, String(method), crop === "center");
    },
  ),
  mapping(
    "ImageScaleBy",
    "Upscale Image By",
    { upscale_method: choice(methods), scale_by: float(1, 0.01, 8, { step: 0.01 }) },
    (image, { upscale_method: method, scale_by: factor }) => {
      const by = (length: number) => Math.max(1, Math.round(length * Number(factor)));
      return scaled(image, by(image.width), by(image.height), String(method));
    },
  ),
  mapping(
    "ImageScaleToTotalPixels",
    "Scale Image to Total Pixels",
    { upscale_method: choice(methods), megapixels: float(1, 0.01, 16, { step: 0.01 }) },
    (image, { upscale_method: method, megapixels }) => {
      const factor = Math.sqrt((Number(megapixels) * 1024 * 1024) / (image.width * image.height));
      const by = (length: number) => Math.max(1, Math.round(length * factor));
      return scaled(image, by(image.width), by(image.height), String(method));
    },
  ),
  {
    ...mapping("ImageUpscaleWithModel", "Upscale Image (using Model)", {}, (image, inputs) => {
      const { factor } = inputs["upscale_model"] as UpscaleModelValue;
      return scaled(image, image.width * factor, image.height * factor, "lanczos");
    }),
    isModern: true,
    required: { upscale_model: link("UPSCALE_MODEL"), image: link("IMAGE") },
  },
  mapping("ImageInvert", "Invert Image Colors", {}, (image) =>
    derived(image, image.width, image.height, (pixels) => pixels.negate({ alpha: false })),
  ),
  mapping(
    "ImageCrop",
    "Crop Image",
    { width: side(512), height: side(512), x: side(0, 0), y: side(0, 0) },
    (image, inputs) => {
      const left = Math.min(Number(inputs["x"]), image.width - 1);
      const top = Math.min(Number(inputs["y"]), image.height - 1);
      const width = Math.min(Number(inputs["width"]), image.width - left);
      const height = Math.min(Number(inputs["height"]), image.height - top);
      return derived(image, width, height, (pixels) => pixels.extract({ left, top, width, height }));
    },
  ),
  {
    name: "ImageBlend",
    displayName: "Blend Images",
    category: "image",
    isModern: true,
    required: {
      image1: link("IMAGE"),
      image2: link("IMAGE"),
      blend_factor: float(0.5, 0, 1, { step: 0.01 }),
      blend_mode: choice(Object.keys(blendModes)),
    },
    outputs: [{ type: "IMAGE" }],
    execute: (inputs) => {
      const over = images(inputs["image2"]);
      const blend = blendModes[String(inputs["blend_mode"]) as keyof typeof blendModes];
      const factor = Number(inputs["blend_factor"]);
      const mix = (below: Picture, index: number) => blended(below, over[index % over.length] ?? below, factor, blend);
      return { outputs: [images(inputs["image1"]).map(mix)] };
    },
  },
  {
    name: "ImageBatch",
    displayName: "Batch Images",
    category: "image/batch",
    required: { image1: link("IMAGE"), image2: link("IMAGE") },
    outputs: [{ type: "IMAGE" }],
    execute: ({ image1, image2 }) => {
      const first = images(image1);
      const { width, height } = sizeOf(first);
      const rest = images(image2).map((image) =>
        image.width === width && image.height === height ? image : scaled(image, width, height, "bilinear", true),
      );
      return { outputs: [[...first, ...rest]] };
    },
  },
  {
    name: "ImageFromBatch",
    displayName: "Get Image from Batch",
    category: "image/batch",
    isModern: true,
    required: { image: link("IMAGE"), batch_index: int(0, -16_384, 16_384), length: int(1, 1, 4096) },
    outputs: [{ type: "IMAGE" }],
    execute: ({ image, batch_index: index, length }) => {
      const all = images(image);
      const wanted = Number(index) < 0 ? all.length + Number(index) : Number(index);
      const start = Math.min(Math.max(0, wanted), all.length - 1);
      return { outputs: [all.slice(start, start + Number(length))] };
    },
  },
  {
    name: "RepeatImageBatch",
    displayName: "Repeat Image Batch",
    category: "image/batch",
    isModern: true,
    required: { image: link("IMAGE"), amount: int(1, 1, 4096) },
    outputs: [{ type: "IMAGE" }],
    execute: ({ image, amount }) => ({ outputs: [Array.from({ length: Number(amount) }, () => images(image)).flat()] }),
  },
  {
    name: "GetImageSize",
    displayName: "Get Image Size",
    category: "image",
    isModern: true,
    required: { image: link("IMAGE") },
    outputs: [{ type: "INT", name: "width" }, { type: "INT", name: "height" }, { type: "INT", name: "batch_size" }],
    execute: ({ image }) => {
      const all = images(image);
      const { width, height } = sizeOf(all);
      return { outputs: [width, height, all.length] };
    },
  },
];

function blended(below: Picture, over: Picture, factor: number, blend: (typeof blendModes)[keyof typeof blendModes]): Picture {
  const { width, height } = below;
  return picture(width, height, async () => {
    const veil = await toRaw(fromRaw(await scaled(over, width, height, "bicubic", true).raw()).ensureAlpha(factor));
    const input = { input: veil.data, raw: { width, height, channels: 4 as const }, blend };
    return toRaw(fromRaw(await below.raw()).composite([input]).removeAlpha());
  });
}

/** LoadImage reads pictures only. */
function asPicture(path: string): string {
  if (!/\.(mp4|webm|mov|mkv|avi)$/i.test(path)) return path;
  throw new NodeFailure("UnidentifiedImageError", "cannot identify image file");
}
