import { type ApiNode, isLink } from "#domains/workflows/logic/api-graph.ts";

export type MediaKind = "IMAGE" | "VIDEO" | "AUDIO";

/** The input under which a loader node takes an uploaded file, and the file's kind; null for other nodes. */
export function loaderInput(node: ApiNode): { inputName: string; kind: MediaKind } | null {
  const name = node.class_type;
  // Loaders from URLs, base64 text or paths of the machine take no uploads.
  if (!/load/i.test(name) || /model|lora|url|base64|path|batch|folder|dir|text/i.test(name)) return null;
  if (/video|animat/i.test(name)) return firstText(node, "VIDEO", ["video", "file", "image"]);
  if (/audio/i.test(name)) return firstText(node, "AUDIO", ["audio", "file"]);
  if (/image|mask/i.test(name)) return firstText(node, "IMAGE", ["image", "file"]);
  return null;
}

function firstText(node: ApiNode, kind: MediaKind, names: string[]): { inputName: string; kind: MediaKind } | null {
  const inputName = names.find((name) => Object.hasOwn(node.inputs, name) && typeof node.inputs[name] === "string");
  return inputName === undefined ? null : { inputName, kind };
}

/** Whether the node writes a video or animated picture, or puts one together for another to write. */
export function makesVideo(node: ApiNode): boolean {
  return /^(save|create|preview).*(video|webm|mp4|gif|animated)|video_?combine/i.test(node.class_type);
}

/** Whether the node denoises, the mark of a workflow that generates. Nodes that only choose a sampler take no links. */
export function samples(node: ApiNode): boolean {
  return /sampler/i.test(node.class_type) && Object.values(node.inputs).some(isLink);
}

/** Whether the node makes pictures larger (or smaller): by a model, by a factor, or to a size. */
export function scales(node: ApiNode): boolean {
  return /upscal|super_?res|seedvr|^ImageScale/i.test(node.class_type);
}
