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

/** A clip of nine frames from a picture, which others can go on from. */
export function clip(): Graph {
  const graph = textToImage({ positive: "she walks", steps: 1 });
  const sampler = graph["5"];
  return {
    ...graph,
    "4": {
      class_type: "WanImageToVideo",
      inputs: {
        width: 64,
        height: 48,
        length: 9,
        batch_size: 1,
        positive: ["2", 0],
        negative: ["3", 0],
        vae: ["1", 2],
        start_image: ["8", 0],
      },
      _meta: { title: "Picture to clip" },
    },
    ...(sampler && {
      "5": {
        ...sampler,
        inputs: { ...sampler.inputs, positive: ["4", 0], negative: ["4", 1], latent_image: ["4", 2] },
      },
    }),
    "7": { class_type: "CreateVideo", inputs: { images: ["6", 0], fps: 8 }, _meta: { title: "Frames to video" } },
    "8": { class_type: "LoadImage", inputs: { image: "example.png" }, _meta: { title: "First frame" } },
    "9": {
      class_type: "SaveVideo",
      inputs: { video: ["7", 0], filename_prefix: "e2e", format: "mp4", codec: "h264" },
      _meta: { title: "Save video" },
    },
  };
}

/** A clip of nine frames from one picture to another. */
export function frameToFrame(): Graph {
  const { "4": toClip, ...graph } = clip();
  return {
    ...graph,
    ...(toClip && {
      "4": {
        ...toClip,
        class_type: "WanFirstLastFrameToVideo",
        inputs: { ...toClip.inputs, end_image: ["10", 0] },
      },
    }),
    "10": { class_type: "LoadImage", inputs: { image: "last.png" }, _meta: { title: "Last frame" } },
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

/** This graph, whose runs fail on the simulator with this message instead of ending. */
export function withFailure(graph: Graph, message: string): Graph {
  const branch = Object.entries(failing(message)).map(([id, node]) => {
    const token = node.inputs["token"];
    const inputs = Array.isArray(token) ? { ...node.inputs, token: [`9${token[0]}`, token[1]] } : node.inputs;
    return [`9${id}`, { ...node, inputs }] as const;
  });
  return { ...graph, ...Object.fromEntries(branch) };
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
