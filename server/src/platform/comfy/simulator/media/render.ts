import sharp from "sharp";
import { labelled } from "./label.ts";
import { derived, fromRaw, type Picture, picture, type Raw, scaled, toRaw } from "./picture.ts";
import { type SceneSpec, sceneSvg } from "./scene.ts";

/**
 * The picture that a model would have made of this.
 * @param source the picture that the sampler started from, if any
 * @param strength 0…1, how much of the source is replaced
 */
export function scenePicture(
  spec: SceneSpec,
  width: number,
  height: number,
  source: Picture | undefined,
  strength: number,
): Picture {
  return picture(width, height, async () => {
    const drawn = await drawScene(spec, width, height);
    const mixed = source === undefined ? drawn : await mix(scaled(source, width, height), drawn, strength);
    return labelled(mixed, labelLines(spec, width, height));
  });
}

/** Frames of a clip: a slow pan over one picture, each with its number. */
export function sceneFrames(
  spec: SceneSpec,
  size: { width: number; height: number; count: number },
  source: Picture | undefined,
  strength: number,
): Picture[] {
  const { width, height, count } = size;
  const [wide, high] = [Math.round(width * 1.2), Math.round(height * 1.1)];
  const master = picture(wide, high, async () => {
    const drawn = await drawScene(spec, wide, high);
    return source === undefined ? drawn : mix(scaled(source, wide, high), drawn, strength);
  });
  return Array.from({ length: count }, (_, index) => {
    const way = count === 1 ? 0 : index / (count - 1);
    const left = Math.round((wide - width) * way);
    const top = Math.round((high - height) * (0.5 + 0.5 * Math.sin(way * 3)));
    const window = derived(master, width, height, (image) => image.extract({ left, top, width, height }));
    const lines = [`SIMULATOR · FRAME ${index + 1}/${count} · SEED ${spec.seed}`, spec.prompt];
    return picture(width, height, async () => labelled(await window.raw(), lines), false);
  });
}

/** A blurred small picture of what is coming, as a sampler shows between steps. @param done 0…1 */
export async function previewJpeg(spec: SceneSpec, width: number, height: number, done: number): Promise<Buffer> {
  const shrink = Math.min(1, 256 / Math.max(width, height));
  const [w, h] = [Math.max(8, Math.round(width * shrink)), Math.max(8, Math.round(height * shrink))];
  const image = sharp(Buffer.from(sceneSvg(spec, w, h))).removeAlpha();
  const blurred = done < 1 ? image.blur(0.5 + (1 - done) * 12) : image;
  return blurred.jpeg({ quality: 70 }).toBuffer();
}

async function drawScene(spec: SceneSpec, width: number, height: number): Promise<Raw> {
  return toRaw(sharp(Buffer.from(sceneSvg(spec, width, height))).removeAlpha());
}

async function mix(source: Picture, drawn: Raw, strength: number): Promise<Raw> {
  const opacity = Math.min(1, Math.max(0, strength)) * 0.75;
  const { width, height } = drawn;
  const veil = await toRaw(fromRaw(drawn).ensureAlpha(opacity));
  const input = { input: veil.data, raw: { width, height, channels: 4 as const } };
  return toRaw(fromRaw(await source.raw()).composite([input]).removeAlpha());
}

function labelLines(spec: SceneSpec, width: number, height: number): string[] {
  return [
    `SIMULATOR · SEED ${spec.seed} · ${width}×${height} · ${spec.steps} STEPS`,
    spec.prompt,
    ...(spec.negative === "" ? [] : [`NOT: ${spec.negative}`]),
    spec.model,
  ];
}
