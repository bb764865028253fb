import sharp, { type Sharp } from "sharp";

/** Pixels, rows from the top, 8 bits per channel. */
export type Raw = { width: number; height: number; channels: 3 | 4; data: Buffer };

/** A picture that is drawn when somebody wants to see it. */
export type Picture = { readonly width: number; readonly height: number; raw(): Promise<Raw> };

/** @param keep remember the pixels once drawn; not for frames of long clips. */
export function picture(width: number, height: number, draw: () => Promise<Raw>, keep = true): Picture {
  let drawn: Promise<Raw> | undefined;
  return { width, height, raw: () => (keep ? (drawn ??= draw()) : draw()) };
}

export function fromRaw(raw: Raw): Sharp {
  const { width, height, channels } = raw;
  return sharp(raw.data, { raw: { width, height, channels } });
}

export async function toRaw(image: Sharp): Promise<Raw> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3, data };
}

/** A picture made of another by a sharp pipeline. */
export function derived(source: Picture, width: number, height: number, change: (image: Sharp) => Sharp): Picture {
  return picture(width, height, async () => toRaw(change(fromRaw(await source.raw()))));
}

export function plainPicture(width: number, height: number, colour: string): Picture {
  const background = colour;
  return picture(width, height, () => toRaw(sharp({ create: { width, height, channels: 3, background } })));
}

const kernels: Record<string, "nearest" | "linear" | "cubic" | "lanczos3"> = {
  "nearest-exact": "nearest",
  bilinear: "linear",
  area: "linear",
  bicubic: "cubic",
  bislerp: "cubic",
  lanczos: "lanczos3",
};

/** @param crop cut from the middle to keep the proportions, instead of stretching. */
export function scaled(source: Picture, width: number, height: number, method = "bicubic", crop = false): Picture {
  const kernel = kernels[method] ?? "cubic";
  const fit = crop ? "cover" : "fill";
  return derived(source, width, height, (image) => image.resize({ width, height, fit, kernel }));
}
