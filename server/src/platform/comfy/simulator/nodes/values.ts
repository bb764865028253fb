import { NodeFailure } from "../errors.ts";
import type { Picture } from "../media/picture.ts";
import type { SceneSpec } from "../media/scene.ts";
import type { Clip } from "../media/video.ts";

/** What travels over links in the simulator: enough to draw a plausible picture in the end. */
export type ModelValue = { name: string; loras: string[] };
export type ClipValue = { name: string };
export type VaeValue = { name: string };
export type ConditioningValue = { text: string };
export type MaskValue = { width: number; height: number };
export type UpscaleModelValue = { name: string; factor: number };
export type NoiseValue = { seed: string };
export type SigmasValue = { steps: number; denoise: number };
export type GuiderValue = { model: ModelValue; positive: ConditioningValue; negative: ConditioningValue };

export type LatentValue = {
  width: number;
  height: number;
  batch: number;
  /** Of a clip; 1 for a picture. */
  frames: number;
  /** What was encoded into it. */
  source?: Picture[];
  /** The pictures that a clip begins and ends with, to the pixel. */
  ends?: { first?: Picture; last?: Picture };
  /** What was sampled into it, and how much of the source that replaced. */
  scene?: SceneSpec;
  strength?: number;
};

export function images(value: unknown): Picture[] {
  if (Array.isArray(value) && value.length > 0) return value as Picture[];
  throw new NodeFailure("RuntimeError", "expected at least one image");
}

export function sizeOf(pictures: readonly Picture[]): { width: number; height: number } {
  return { width: pictures[0]?.width ?? 0, height: pictures[0]?.height ?? 0 };
}

export function latent(value: unknown): LatentValue {
  return value as LatentValue;
}

export function clip(value: unknown): Clip {
  return value as Clip;
}

export function conditioning(value: unknown): ConditioningValue {
  return (value as ConditioningValue | undefined) ?? { text: "" };
}

export function modelOf(value: unknown): ModelValue {
  return (value as ModelValue | undefined) ?? { name: "model", loras: [] };
}

export function joined(...texts: string[]): string {
  return texts.filter((text) => text !== "").join(", ");
}
