import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { asPng, inputHashOf } from "#domains/stories/executions/input-picture.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "input-picture-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
const hashOf = async (picture: Sharp): Promise<string> => {
  files += 1;
  const path = join(folder, String(files));
  await picture.toFile(path);
  return inputHashOf(path, ["inputAssetId"]);
};
/** Three by two pixels, all of them different. */
const pixels = Buffer.from(Array.from({ length: 18 }, (_, index) => index * 13));
const raw = (data: Buffer, width: number, height: number) => sharp(data, { raw: { width, height, channels: 3 } });
const picture = raw(pixels, 3, 2);

test("the same picture in PNG and in lossless WebP is told as the same, another is not", async () => {
  const png = await hashOf(picture.clone().png());
  expect(png).toMatch(/^[0-9a-f]{12}$/);
  expect(await hashOf(picture.clone().webp({ lossless: true }))).toBe(png);
  expect(await hashOf(picture.clone().png({ compressionLevel: 0, palette: false }))).toBe(png);
  expect(await hashOf(picture.clone().tiff({ compression: "none" }))).toBe(png);
  expect(await hashOf(picture.clone().negate().png())).not.toBe(png);
});

test("the size is part of it: the same pixels in another shape are another picture", async () => {
  expect(await hashOf(raw(pixels, 2, 3).png())).not.toBe(await hashOf(picture.clone().png()));
});

test("a picture that says how it is turned is the picture that it shows", async () => {
  for (const orientation of [2, 3, 6, 8]) {
    const turned = picture.clone().withMetadata({ orientation });
    const upright = await sharp(await turned.clone().png().toBuffer())
      .autoOrient()
      .png()
      .toBuffer();
    const expected = await hashOf(sharp(upright));
    expect(await hashOf(turned.clone().png())).toBe(expected);
    expect(await hashOf(turned.clone().webp({ lossless: true }))).toBe(expected);
    expect(expected).not.toBe(await hashOf(picture.clone().png()));
  }
});

test("pictures in grey, and those that are see-through in places, are told in colours on black", async () => {
  const grey = sharp(Buffer.from([0, 80, 160, 255]), { raw: { width: 2, height: 2, channels: 1 } });
  const same = raw(Buffer.from([0, 0, 0, 80, 80, 80, 160, 160, 160, 255, 255, 255]), 2, 2);
  expect(await hashOf(grey.png())).toBe(await hashOf(same.png()));
  const clear = sharp({ create: { width: 2, height: 2, channels: 4, background: { r: 200, g: 1, b: 9, alpha: 0 } } });
  expect(await hashOf(clear.clone().png())).toBe(await hashOf(clear.clone().webp({ lossless: true })));
});

test("the picture is kept upright, as PNG; a damaged one is refused", async () => {
  const path = join(folder, "turned.jpg");
  await picture.clone().withMetadata({ orientation: 6 }).jpeg().toFile(path);
  expect(await sharp(await asPng(path, [])).metadata()).toMatchObject({ format: "png", width: 2, height: 3 });
  const broken = join(folder, "broken.png");
  await writeFile(broken, (await picture.clone().png().toBuffer()).subarray(0, 50));
  await expect(inputHashOf(broken, ["inputAssetId"])).rejects.toMatchObject({
    code: "UNREADABLE_MEDIA",
    path: ["inputAssetId"],
  });
});
