import { NodeFailure } from "../errors.ts";
import { decodeClip } from "../media/video.ts";
import type { NodeDefinition } from "../node-definition.ts";
import { float, link } from "./define.ts";
import { fileInput } from "./image-nodes.ts";
import { clip, images } from "./values.ts";

const category = "video";

export const videoNodes: NodeDefinition[] = [
  {
    name: "CreateVideo",
    displayName: "Create Video",
    category,
    isModern: true,
    required: { images: link("IMAGE"), fps: float(30, 1, 120, { step: 1 }) },
    optional: { audio: link("AUDIO") },
    outputs: [{ type: "VIDEO" }],
    execute: (inputs) => ({ outputs: [{ frames: images(inputs["images"]), fps: Number(inputs["fps"]) }] }),
  },
  {
    name: "LoadVideo",
    displayName: "Load Video",
    category,
    isModern: true,
    required: { file: { type: "COMBO", options: { video_upload: true }, inputFiles: true } },
    outputs: [{ type: "VIDEO" }],
    ...fileInput("file", "video"),
    execute: async ({ file }, { store }) => {
      const found = store.findInput(String(file));
      if (found === undefined) throw new NodeFailure("FileNotFoundError", `Invalid video file: ${String(file)}`);
      return { outputs: [await decodeClip(store.pathOf(found))] };
    },
  },
  {
    name: "GetVideoComponents",
    displayName: "Get Video Components",
    category,
    isModern: true,
    required: { video: link("VIDEO") },
    outputs: [
      { type: "IMAGE", name: "images" },
      { type: "AUDIO", name: "audio" },
      { type: "FLOAT", name: "fps" },
    ],
    execute: ({ video }) => ({ outputs: [clip(video).frames, null, clip(video).fps] }),
  },
];
