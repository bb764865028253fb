import { isSeedName, type LayoutItem } from "#domains/workflows/logic/ui-graph/widget-layout.ts";

/**
 * Widgets of classes that published files often use and whose values they list without names, for machines that do not
 * have the extension (yet): the file can then be read, and validation says what is missing.
 */
const widgetsOf: Readonly<Record<string, string>> = {
  "Attention couple": "mode",
  CLIPLoaderGGUF: "clip_name type",
  DualCLIPLoaderGGUF: "clip_name1 clip_name2 type",
  FluxLoraLoader: "lora_name strength_model",
  "ImageResize+": "width height interpolation method condition multiple_of",
  "Seed (rgthree)": "seed",
  "ShowText|pysssss": "",
  "Text Multiline": "text",
  UltimateSDUpscale:
    "upscale_by seed steps cfg sampler_name scheduler denoise mode_type tile_width tile_height mask_blur tile_padding " +
    "seam_fix_mode seam_fix_denoise seam_fix_width seam_fix_mask_blur seam_fix_padding force_uniform_tiles tiled_decode",
  UnetLoaderGGUF: "unet_name",
  XlabsSampler: "noise_seed steps timestep_to_start_cfg true_gs image_to_image_strength denoise_strength",
};

export function layoutOfKnownClass(type: string): LayoutItem[] | null {
  if (!Object.hasOwn(widgetsOf, type)) return null;
  const names = widgetsOf[type]?.split(" ").filter((name) => name !== "") ?? [];
  return names.flatMap((name): LayoutItem[] => {
    const widget: LayoutItem = { kind: "widget", widget: { name, type: "*", options: {}, choices: null } };
    return isSeedName(name) ? [widget, { kind: "control" }] : [widget];
  });
}
