import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { registerMediabunnyServer } from "@mediabunny/server";
import {
  BufferTarget,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from "mediabunny";
import sharp from "sharp";
import { readEmbeddedTexts } from "#platform/media/embedded-texts.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callsheet-texts-"));
  registerMediabunnyServer({ hardwareContext: null });
});
afterAll(() => rm(folder, { recursive: true }));

const textsIn = async (bytes: Buffer, mime: string) => {
  const path = join(folder, "file");
  await writeFile(path, bytes);
  return readEmbeddedTexts(path, mime);
};
const square = () => sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } });
const text = '{"1":{"class_type":"Köln ✓"}}';

/** A PNG with one more chunk after its header. */
async function png(kind: string, data: Buffer): Promise<Buffer> {
  const plain = await square().png().toBuffer();
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([plain.subarray(0, 33), length, body, sum, plain.subarray(33)]);
}

describe("PNG", () => {
  test("plain text", async () => {
    const bytes = await png("tEXt", Buffer.from('prompt\0{"a":1}', "latin1"));
    expect(await textsIn(bytes, "image/png")).toEqual([{ name: "prompt", text: '{"a":1}' }]);
  });

  test("compressed text, of megabytes too", async () => {
    const long = JSON.stringify({ text: "x".repeat(3_000_000) });
    const bytes = await png("zTXt", Buffer.concat([Buffer.from("workflow\0\0", "latin1"), deflateSync(long)]));
    expect(await textsIn(bytes, "image/png")).toEqual([{ name: "workflow", text: long }]);
  });

  test("international text, compressed or not", async () => {
    const plain = Buffer.concat([Buffer.from("prompt\0\0\0\0\0", "latin1"), Buffer.from(text)]);
    expect(await textsIn(await png("iTXt", plain), "image/png")).toEqual([{ name: "prompt", text }]);
    const packed = Buffer.concat([Buffer.from("prompt\0\u0001\0\0\0", "latin1"), deflateSync(text)]);
    expect(await textsIn(await png("iTXt", packed), "image/png")).toEqual([{ name: "prompt", text }]);
  });

  test("none", async () => {
    expect(await textsIn(await square().png().toBuffer(), "image/png")).toEqual([]);
  });
});

test.each(["webp", "jpeg"] as const)("%s keeps them in EXIF", async (format) => {
  const bytes = await square()
    .toFormat(format)
    .withExif({ IFD0: { Model: 'prompt:{"a":1}', Make: "workflow:{}" }, IFD2: { UserComment: "a comment" } })
    .toBuffer();
  expect(await textsIn(bytes, `image/${format}`)).toEqual(
    expect.arrayContaining([
      { name: "Model", text: 'prompt:{"a":1}' },
      { name: "Make", text: "workflow:{}" },
      { name: "UserComment", text: "a comment" },
    ]),
  );
});

test.each([
  ["video/mp4", "avc", () => new Mp4OutputFormat({ metadataFormat: "mdta" })],
  ["video/webm", "vp9", () => new WebMOutputFormat()],
] as [string, "avc" | "vp9", () => OutputFormat][])("%s keeps them in its tags", async (mime, codec, format) => {
  const target = new BufferTarget();
  const output = new Output({ format: format(), target });
  const source = new VideoSampleSource({ codec, bitrate: 100_000 });
  output.addVideoTrack(source, { frameRate: 8 });
  output.setMetadataTags({ comment: "a comment", raw: { prompt: text, workflow: "{}" } });
  await output.start();
  const pixels = new Uint8Array(16 * 16 * 4);
  const sample = new VideoSample(pixels, {
    format: "RGBX",
    codedWidth: 16,
    codedHeight: 16,
    timestamp: 0,
    duration: 1,
  });
  await source.add(sample);
  sample.close();
  await output.finalize();
  const texts = await textsIn(Buffer.from(target.buffer as ArrayBuffer), mime);
  expect(texts).toEqual(
    expect.arrayContaining([
      { name: "comment", text: "a comment" },
      { name: "prompt", text },
      { name: "workflow", text: "{}" },
    ]),
  );
});
