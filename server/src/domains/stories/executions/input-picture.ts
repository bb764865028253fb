import { createHash } from "node:crypto";
import sharp from "sharp";
import { ValidationError } from "#lib/domain-error.ts";

/** The picture as it is shown: upright, in eight bits a colour, on black where it is see-through. */
const upright = (file: string) =>
  sharp(file, { limitInputPixels: 2 ** 28 })
    .autoOrient()
    .flatten({ background: "black" })
    .toColourspace("srgb");

/**
 * First 12 hex digits of SHA-256 over width, height (big-endian, four bytes each) and the upright RGB pixels, row by row:
 * the same picture in PNG and lossless WebP is told as the same.
 * @throws ValidationError for a picture that can't be decoded
 */
export async function inputHashOf(file: string, path: string[]): Promise<string> {
  const { data, info } = await decoded(
    upright(file).raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true }),
    path,
  );
  const size = Buffer.alloc(8);
  size.writeUInt32BE(info.width, 0);
  size.writeUInt32BE(info.height, 4);
  return createHash("sha256").update(size).update(data).digest("hex").slice(0, 12);
}

/** The same picture as a PNG. */
export async function asPng(file: string, path: string[]): Promise<Buffer> {
  return decoded(
    sharp(file, { limitInputPixels: 2 ** 28 })
      .autoOrient()
      .png()
      .toBuffer(),
    path,
  );
}

async function decoded<Result>(work: Promise<Result>, path: string[]): Promise<Result> {
  return work.catch((error: unknown) => {
    throw ValidationError.at(
      path,
      `the picture can't be decoded: ${(error as Error).message}; choose another one`,
      "UNREADABLE_MEDIA",
    );
  });
}
