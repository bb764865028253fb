import type { ModelLists } from "./object-info.ts";

/** Made-up model files, so that lists and choices have something to show. */
export const simulatorModels: ModelLists = new Map(
  Object.entries({
    checkpoints: ["simulator-landscape.safetensors", "simulator-portrait-xl.safetensors"],
    configs: [],
    loras: ["simulator-film-grain.safetensors", "simulator-watercolour.safetensors"],
    vae: ["simulator-vae.safetensors"],
    text_encoders: ["simulator-clip-l.safetensors", "simulator-t5xxl.safetensors"],
    diffusion_models: ["simulator-flux.safetensors", "simulator-wan-i2v.safetensors"],
    clip_vision: ["simulator-clip-vision.safetensors"],
    style_models: [],
    embeddings: [],
    controlnet: ["simulator-canny.safetensors", "simulator-depth.safetensors"],
    gligen: [],
    upscale_models: ["simulator-upscale-2x.pth", "simulator-upscale-4x.pth"],
    hypernetworks: [],
  }),
);
