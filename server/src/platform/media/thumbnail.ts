import sharp from "sharp";

/** The longer side of a thumbnail, in pixels. */
export const thumbnailSize = 480;

/** A small WebP of a picture's first frame, upright; null for what is no picture. */
export async function makeThumbnail(path: string, mime: string): Promise<Uint8Array | null> {
  if (!mime.startsWith("image/")) return null;
  return sharp(path, { animated: false })
    .rotate()
    .resize({ width: thumbnailSize, height: thumbnailSize, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 78 })
    .toBuffer();
}
