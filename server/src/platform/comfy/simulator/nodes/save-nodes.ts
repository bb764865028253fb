import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { encodePng } from "../media/png.ts";
import { encodeClip, encodeWebp } from "../media/video.ts";
import type { FolderType, StoredFile } from "../image-store.ts";
import type { NodeContext, NodeDefinition } from "../node-definition.ts";
import { choice, flag, float, int, link, text } from "./define.ts";
import { clip, images, sizeOf } from "./values.ts";

const category = "image";
const tempLetters = "abcdefghijklmnopqrstupvxyz";

async function store(context: NodeContext, file: StoredFile, bytes: Buffer): Promise<void> {
  const path = context.store.pathOf(file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

/** The graph, and whatever else the submitter wanted in the file. */
function metadata({ graph, extraPngInfo }: NodeContext): Record<string, JsonValue> {
  return { prompt: graph, ...(isJsonObject(extraPngInfo) ? extraPngInfo : {}) };
}

async function savePngs(value: unknown, type: FolderType, prefix: string, context: NodeContext): Promise<JsonObject> {
  const pictures = images(value);
  const files = await context.store.claimNames(type, prefix, "png", pictures.length, sizeOf(pictures));
  for (const [index, file] of files.entries()) {
    const raw = await pictures[index]?.raw();
    if (raw !== undefined) await store(context, file, await encodePng(raw, metadata(context)));
  }
  return { images: files };
}

/** One file that moves. */
async function saveClip(
  value: { frames: ReturnType<typeof images>; fps: number },
  prefix: string,
  extension: "mp4" | "webm" | "webp",
  context: NodeContext,
  encode: () => Promise<Buffer>,
): Promise<{ ui: JsonObject }> {
  const files = await context.store.claimNames("output", prefix, extension, 1, sizeOf(value.frames));
  for (const file of files) await store(context, file, await encode());
  return { ui: { images: files, animated: [true] } };
}

export const saveNodes: NodeDefinition[] = [
  {
    name: "SaveImage",
    displayName: "Save Image",
    category,
    required: { images: link("IMAGE"), filename_prefix: text("ComfyUI") },
    outputs: [{ type: "IMAGE", name: "images" }],
    isOutput: true,
    execute: async (inputs, context) => ({
      outputs: [inputs["images"]],
      ui: await savePngs(inputs["images"], "output", String(inputs["filename_prefix"]), context),
    }),
  },
  {
    name: "PreviewImage",
    displayName: "Preview Image",
    category,
    required: { images: link("IMAGE") },
    outputs: [{ type: "IMAGE", name: "images" }],
    isOutput: true,
    execute: async (inputs, context) => {
      const letters = Array.from({ length: 5 }, () => tempLetters[Math.floor(Math.random() * tempLetters.length)]);
      const prefix = `ComfyUI_temp_${letters.join("")}`;
      return { outputs: [inputs["images"]], ui: await savePngs(inputs["images"], "temp", prefix, context) };
    },
  },
  {
    name: "SaveAnimatedWEBP",
    displayName: "Save Animated WEBP",
    category,
    isModern: true,
    required: {
      images: link("IMAGE"),
      filename_prefix: text("ComfyUI"),
      fps: float(6, 0.01, 1000, { step: 0.01 }),
      lossless: flag(true),
      quality: int(80, 0, 100),
      method: choice(["default", "fastest", "slowest"]),
    },
    outputs: [{ type: "IMAGE", name: "images" }],
    isOutput: true,
    execute: async (inputs, context) => {
      const value = { frames: images(inputs["images"]), fps: Number(inputs["fps"]) };
      const quality = Math.max(1, Number(inputs["quality"]));
      return saveClip(value, String(inputs["filename_prefix"]), "webp", context, () =>
        encodeWebp(value, quality, inputs["lossless"] === true, metadata(context)),
      );
    },
  },
  {
    name: "SaveWEBM",
    displayName: "Save WEBM",
    category: "video",
    isModern: true,
    required: {
      images: link("IMAGE"),
      filename_prefix: text("ComfyUI"),
      codec: choice(["vp9", "av1"]),
      fps: float(24, 0.01, 1000, { step: 0.01 }),
      crf: float(32, 0, 63, { step: 1 }),
    },
    outputs: [{ type: "IMAGE", name: "images" }],
    isOutput: true,
    execute: async (inputs, context) => {
      const value = { frames: images(inputs["images"]), fps: Number(inputs["fps"]) };
      return saveClip(value, String(inputs["filename_prefix"]), "webm", context, () =>
        encodeClip(value, "webm", metadata(context)),
      );
    },
  },
  {
    name: "SaveVideo",
    displayName: "Save Video",
    category: "video",
    isModern: true,
    required: {
      video: link("VIDEO"),
      filename_prefix: text("video/ComfyUI"),
      format: choice(["auto", "mp4", "webm"], "auto"),
    },
    optional: { codec: choice(["auto", "h264", "vp9"], "auto") },
    outputs: [{ type: "VIDEO", name: "video" }],
    isOutput: true,
    execute: async (inputs, context) => {
      const value = clip(inputs["video"]);
      const container = inputs["format"] === "webm" ? "webm" : "mp4";
      const prefix = String(inputs["filename_prefix"]);
      const saved = await saveClip(value, prefix, container, context, () =>
        encodeClip(value, container, metadata(context)),
      );
      return { outputs: [value], ...saved };
    },
  },
];
