type Graph = Record<string, { class_type: string; inputs: Record<string, unknown>; _meta?: { title: string } }>;

interface Picture {
  positive?: string;
  negative?: string;
  /** The simulator takes 25 ms for each. */
  steps?: number;
}

/** A text-to-image graph with two prompts, as ComfyUI exports it in API format. */
export function textToImage({
  positive = "a lighthouse at dusk",
  negative = "blurry",
  steps = 4,
}: Picture = {}): Graph {
  return {
    "1": {
      class_type: "CheckpointLoaderSimple",
      inputs: { ckpt_name: "sd_xl_base_1.0.safetensors" },
      _meta: { title: "Load Checkpoint" },
    },
    "2": {
      class_type: "CLIPTextEncode",
      inputs: { text: positive, clip: ["1", 1] },
      _meta: { title: "What to show" },
    },
    "3": {
      class_type: "CLIPTextEncode",
      inputs: { text: negative, clip: ["1", 1] },
      _meta: { title: "What to avoid" },
    },
    "4": {
      class_type: "EmptyLatentImage",
      inputs: { width: 512, height: 512, batch_size: 1 },
      _meta: { title: "Picture size" },
    },
    "5": {
      class_type: "KSampler",
      inputs: {
        seed: 7,
        steps,
        cfg: 7,
        sampler_name: "euler",
        scheduler: "normal",
        denoise: 1,
        model: ["1", 0],
        positive: ["2", 0],
        negative: ["3", 0],
        latent_image: ["4", 0],
      },
      _meta: { title: "Sampler" },
    },
    "6": {
      class_type: "VAEDecode",
      inputs: { samples: ["5", 0], vae: ["1", 2] },
      _meta: { title: "VAE Decode" },
    },
    "7": {
      class_type: "SaveImage",
      inputs: { filename_prefix: "e2e", images: ["6", 0] },
      _meta: { title: "Save Image" },
    },
  };
}

/** The same from a picture, with one prompt that counts. */
export function imageToImage(): Graph {
  const graph = textToImage({ steps: 1 });
  const sampler = graph["5"];
  return {
    ...graph,
    "4": { class_type: "VAEEncode", inputs: { pixels: ["8", 0], vae: ["1", 2] }, _meta: { title: "Encode" } },
    ...(sampler && { "5": { ...sampler, inputs: { ...sampler.inputs, denoise: 0.5 } } }),
    "8": { class_type: "LoadImage", inputs: { image: "example.png" }, _meta: { title: "Load Image" } },
  };
}

/** A run that takes this long on the simulator and gives one pixel. */
export function sleeping(ms: number): Graph {
  return {
    "1": { class_type: "SimulatorSleep", inputs: { ms, seed: 1 }, _meta: { title: "Sleep" } },
    "2": {
      class_type: "SimulatorOutput",
      inputs: { token: ["1", 0], filename_prefix: "e2e" },
      _meta: { title: "Output" },
    },
  };
}

/** A run that fails on the simulator with this message. */
export function failing(message: string): Graph {
  return {
    "1": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: 1 }, _meta: { title: "Sleep" } },
    "2": {
      class_type: "SimulatorFail",
      inputs: { message, token: ["1", 0] },
      _meta: { title: "Fail" },
    },
    "3": {
      class_type: "SimulatorOutput",
      inputs: { token: ["2", 0], filename_prefix: "e2e" },
      _meta: { title: "Output" },
    },
  };
}
