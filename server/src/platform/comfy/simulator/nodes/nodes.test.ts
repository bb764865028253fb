import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import type { JsonObject } from "#lib/json.ts";
import type { ComfyEnd } from "../../follow.ts";
import { TestMachine } from "../../testing.ts";
import { startSimulator } from "../simulator.ts";

const save = (from: string, prefix = "out") => ({
  class_type: "SaveImage",
  inputs: { images: [from, 0], filename_prefix: prefix },
});

/** Text to image, as small as it gets. */
function textToImage(text: string, seed: number | bigint, size = 64): JsonObject {
  return {
    "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "whatever.safetensors" } },
    "2": { class_type: "CLIPTextEncode", inputs: { text, clip: ["1", 1] } },
    "3": { class_type: "EmptyLatentImage", inputs: { width: size, height: size, batch_size: 1 } },
    "4": {
      class_type: "KSampler",
      inputs: {
        model: ["1", 0],
        positive: ["2", 0],
        negative: ["2", 0],
        latent_image: ["3", 0],
        seed,
        steps: 3,
        cfg: 7,
        sampler_name: "euler",
        scheduler: "normal",
        denoise: 1,
      },
    },
    "5": { class_type: "VAEDecode", inputs: { samples: ["4", 0], vae: ["1", 2] } },
    "6": save("5"),
  };
}

async function filesOf(machine: TestMachine, end: ComfyEnd): Promise<Buffer[]> {
  if (end.state !== "succeeded") throw new Error(JSON.stringify(end));
  return Promise.all(end.outputs.files.map(async (file) => buffer((await machine.client.view(file)).body)));
}

/** Of the first pixel. */
async function colour(png: Buffer): Promise<number[]> {
  return [...(await sharp(png).raw().toBuffer()).subarray(0, 3)];
}

async function one(machine: TestMachine, graph: JsonObject): Promise<Buffer> {
  const [file] = await filesOf(machine, await machine.run(graph));
  if (file === undefined) throw new Error("no file");
  return file;
}

const digest = async (png: Buffer) =>
  createHash("sha256")
    .update(await sharp(png).raw().toBuffer())
    .digest("hex");

describe("nodes of the simulator", () => {
  test("the same prompt and seed make the same pixels on any machine; another seed makes others", async () => {
    await using first = await startSimulator({ stepMs: 0 });
    await using second = await startSimulator({ stepMs: 0 });
    await using a = new TestMachine({ baseUrl: first.url });
    await using b = new TestMachine({ baseUrl: second.url });
    const big = 18_446_744_073_709_551_615n;
    const pixels = await digest(await one(a, textToImage("a lighthouse", big)));
    expect(await digest(await one(b, textToImage("a lighthouse", big)))).toBe(pixels);
    expect(await digest(await one(b, textToImage("a lighthouse", big - 1n)))).not.toBe(pixels);
    expect(await digest(await one(b, textToImage("a desert", big)))).not.toBe(pixels);
  });

  test("a saved picture holds its graph and the submitter's workflow", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const graph = textToImage("eine Möwe", 7);
    const promptId = await machine.submit(graph, undefined, { extra_pnginfo: { workflow: { id: "w1" } } });
    const [png] = await filesOf(machine, await machine.follow(promptId));
    const { comments } = await sharp(png).metadata();
    const texts = Object.fromEntries((comments ?? []).map(({ keyword, text }) => [keyword, JSON.parse(text)]));
    expect(texts).toEqual({ prompt: graph, workflow: { id: "w1" } });
  });

  test("an uploaded picture is scaled, inverted, cropped, blended and put in a batch for real", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const red = await sharp({ create: { width: 40, height: 20, channels: 3, background: "#ff0000" } })
      .png()
      .toBuffer();
    const uploaded = await machine.client.uploadImage({
      stream: Readable.from([red.subarray(0, 10), red.subarray(10)]),
      filename: "red.png",
      subfolder: "in put",
    });
    expect(uploaded.ref).toBe("in put/red.png");
    const loaded = { class_type: "LoadImage", inputs: { image: uploaded.ref } };
    const end = await machine.run({
      "1": loaded,
      "2": { class_type: "ImageScaleBy", inputs: { image: ["1", 0], upscale_method: "lanczos", scale_by: 1.5 } },
      "3": { class_type: "ImageInvert", inputs: { image: ["2", 0] } },
      "4": { class_type: "ImageCrop", inputs: { image: ["3", 0], width: 10, height: 12, x: 5, y: 5 } },
      "5": {
        class_type: "ImageBlend",
        inputs: { image1: ["1", 0], image2: ["3", 0], blend_factor: 0.5, blend_mode: "normal" },
      },
      "6": { class_type: "ImageBatch", inputs: { image1: ["4", 0], image2: ["5", 0] } },
      "7": save("6", "deep/er/x"),
    });
    expect(end).toMatchObject({
      outputs: {
        files: [
          { filename: "x_00001_.png", subfolder: "deep/er" },
          { filename: "x_00002_.png", subfolder: "deep/er" },
        ],
      },
    });
    const [crop = Buffer.alloc(0), blend = Buffer.alloc(0)] = await filesOf(machine, end);
    expect(await colour(crop)).toEqual([0, 255, 255]);
    expect((await sharp(crop).metadata()).height).toBe(12);
    const [r = 0, g = 0] = await colour(blend);
    expect(Math.abs(r - 128) + Math.abs(g - 128)).toBeLessThan(8);
  });

  test("a clip is saved as MP4, WebM and animated WebP, and can be loaded again", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const clip = (name: string, inputs: JsonObject) => ({
      class_type: name,
      inputs: { images: ["5", 0], fps: 8, ...inputs },
    });
    const graph: JsonObject = {
      ...textToImage("a boat on the sea", 3),
      "3": { class_type: "EmptyHunyuanLatentVideo", inputs: { width: 96, height: 64, length: 9, batch_size: 1 } },
      "6": clip("SaveAnimatedWEBP", { filename_prefix: "clip", lossless: false, quality: 80, method: "default" }),
      "7": clip("SaveWEBM", { filename_prefix: "clip", codec: "vp9", crf: 32 }),
      "8": clip("CreateVideo", {}),
      "9": {
        class_type: "SaveVideo",
        inputs: { video: ["8", 0], filename_prefix: "clip", format: "auto", codec: "auto" },
      },
    };
    const end = await machine.run(graph);
    const files = await filesOf(machine, end);
    expect(files).toHaveLength(3);
    expect((await sharp(files[0]).metadata()).pages).toBe(9);
    const bytes = files[2] ?? Buffer.alloc(0);
    const { ref } = await machine.client.uploadImage({ bytes, filename: "clip.mp4" });
    const again = await machine.run({
      "1": { class_type: "LoadVideo", inputs: { file: ref } },
      "2": { class_type: "GetVideoComponents", inputs: { video: ["1", 0] } },
      "3": { class_type: "ImageScaleBy", inputs: { image: ["2", 0], upscale_method: "lanczos", scale_by: 0.5 } },
      "4": { class_type: "CreateVideo", inputs: { images: ["3", 0], fps: ["2", 2] } },
      "5": {
        class_type: "SaveVideo",
        inputs: { video: ["4", 0], filename_prefix: "half", format: "mp4", codec: "h264" },
      },
    });
    expect(again).toMatchObject({ outputs: { files: [{ filename: "half_00001_.mp4", animated: true }] } });
  });

  test("a clip from one picture to another begins and ends with them, and has as many frames as were asked for", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const upload = async (background: string) => {
      const bytes = await sharp({ create: { width: 32, height: 32, channels: 3, background } })
        .png()
        .toBuffer();
      return (await machine.client.uploadImage({ bytes, filename: `${background}.png` })).ref;
    };
    const graph: JsonObject = {
      ...textToImage("a walk", 3),
      "3": {
        class_type: "WanFirstLastFrameToVideo",
        inputs: {
          positive: ["2", 0],
          negative: ["2", 0],
          vae: ["1", 2],
          width: 32,
          height: 32,
          length: 5,
          batch_size: 1,
          start_image: ["7", 0],
          end_image: ["8", 0],
        },
      },
      "7": { class_type: "LoadImage", inputs: { image: await upload("red") } },
      "8": { class_type: "LoadImage", inputs: { image: await upload("blue") } },
    };
    const sampler = graph["4"] as { class_type: string; inputs: JsonObject };
    graph["4"] = { ...sampler, inputs: { ...sampler.inputs, latent_image: ["3", 2] } };
    const frames = await filesOf(machine, await machine.run(graph));
    expect(frames).toHaveLength(5);
    expect(await colour(frames[0] ?? Buffer.alloc(0))).toEqual([255, 0, 0]);
    expect(await colour(frames[4] ?? Buffer.alloc(0))).toEqual([0, 0, 255]);
    expect(await colour(frames[2] ?? Buffer.alloc(0))).not.toEqual([255, 0, 0]);
  });

  test("previews come while it samples, when they are asked for", async () => {
    await using simulator = await startSimulator({ stepMs: 1 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const sizes: number[] = [];
    const promptId = await machine.submit(textToImage("stars", 1), undefined, { preview_method: "auto" });
    await machine.follow(promptId, { onPreview: ({ image }) => sizes.push(image.length) });
    expect(sizes).toHaveLength(3);
  });

  test("an image that is not there is refused; a prefix that leads out fails while it runs", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const missing = { "1": { class_type: "LoadImage", inputs: { image: "nope.png" } }, "2": save("1") };
    await expect(machine.submit(missing)).rejects.toMatchObject({
      type: "prompt_outputs_failed_validation",
      nodeErrors: [{ nodeId: "1", errors: [{ type: "custom_validation_failed" }] }],
    });
    const empty = { class_type: "EmptyImage", inputs: { width: 8, height: 8, batch_size: 1, color: 0 } };
    const end = await machine.run({ "1": empty, "2": save("1", "../escape") });
    expect(end).toMatchObject({ state: "failed", error: { nodeId: "2", nodeType: "SaveImage" } });
  });

  test("failing and running out of memory can be ordered", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    simulator.setFault({ outOfMemory: { classType: "KSampler", times: 1 } });
    expect(await machine.run(textToImage("x", 1))).toMatchObject({
      state: "failed",
      error: { nodeId: "4", isOutOfMemory: true, exceptionType: "torch.OutOfMemoryError" },
    });
    simulator.setFault({ failNode: { nodeId: "5", message: "no", times: 1 } });
    expect(await machine.run(textToImage("x", 1))).toMatchObject({ error: { nodeId: "5", message: "no" } });
    expect((await machine.run(textToImage("x", 1))).state).toBe("succeeded");
  });
});
