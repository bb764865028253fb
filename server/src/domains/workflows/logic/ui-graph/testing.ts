import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { convertUiGraph } from "#domains/workflows/logic/ui-graph/convert-ui-graph.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";

const modelList = ["base.safetensors", "other.safetensors"];

/** Node definitions in the shapes in which machines give them, cut to what the tests need. */
export const definitions: NodeDefinitions = {
  Loader: {
    input: { required: { ckpt_name: [modelList, {}] } },
    output: ["MODEL", "CLIP", "VAE"],
    display_name: "Load Model",
  },
  Encode: { input: { required: { text: ["STRING", { multiline: true }], clip: ["CLIP"] } }, output: ["CONDITIONING"] },
  Latent: {
    input: { required: { height: ["INT", { default: 512 }], width: ["INT", { default: 512 }] } },
    input_order: { required: ["width", "height"] },
    output: ["LATENT"],
  },
  Sampler: {
    input: {
      required: {
        model: ["MODEL"],
        seed: ["INT", { default: 0, min: 0, max: 2 ** 64, control_after_generate: true }],
        steps: ["INT", { default: 20 }],
        cfg: ["FLOAT", { default: 8 }],
        sampler_name: [["euler", "heun"], {}],
        positive: ["CONDITIONING"],
        negative: ["CONDITIONING"],
        latent_image: ["LATENT"],
      },
      optional: { note: ["STRING", { default: "" }] },
    },
    output: ["LATENT"],
  },
  Decode: { input: { required: { samples: ["LATENT"], vae: ["VAE"] } }, output: ["IMAGE"] },
  Save: { input: { required: { images: ["IMAGE"], filename_prefix: ["STRING", { default: "ComfyUI" }] } }, output: [] },
  Picture: {
    input: {
      required: { image: [["a.png"], { image_upload: true }] },
      optional: { channel: ["COMBO", { options: ["alpha", "red"] }] },
    },
    output: ["IMAGE", "MASK"],
  },
  Blend: {
    input: { required: { image1: ["IMAGE"], image2: ["IMAGE"], amount: ["FLOAT", { default: 0.5 }], mask: ["MASK"] } },
    output: ["IMAGE"],
  },
  Resize: {
    input: {
      required: {
        image: ["IMAGE"],
        mode: [
          "COMFY_DYNAMICCOMBO_V3",
          {
            options: [
              {
                key: "size",
                inputs: { required: { width: ["INT", { default: 64 }], height: ["INT", { default: 64 }] } },
              },
              { key: "factor", inputs: { required: { factor: ["FLOAT", { default: 1 }] } } },
            ],
          },
        ],
        crop: ["BOOLEAN", { default: false }],
      },
    },
    output: ["IMAGE"],
  },
  Batch: {
    input: { required: { images: ["COMFY_AUTOGROW_V3", { template: { prefix: "image" } }] } },
    output: ["IMAGE"],
  },
  Text: { input: { required: { value: ["STRING", {}] } }, output: ["STRING"] },
  Combine: {
    input: { required: { frame_rate: ["FLOAT", { default: 8 }], format: [["mp4"], {}], images: ["IMAGE"] } },
    output: [],
  },
};

type Slot = string | { name: string; type?: string; link?: number | null; widget?: string };
type Node = { id: number | string; type: string; in?: Slot[]; out?: string[]; values?: JsonValue; rest?: JsonObject };

/** A node as the editor saves it. Inputs are "name:TYPE:link"; a link of 0 is none. */
export function node({ id, type, in: inputs = [], out = [], values, rest }: Node): JsonObject {
  return {
    id,
    type,
    mode: 0,
    inputs: inputs.map((slot): JsonObject => {
      if (typeof slot !== "string") {
        const { name, type: slotType = "*", link = null, widget } = slot;
        return { name, type: slotType, link, ...(widget === undefined ? {} : { widget: { name: widget } }) };
      }
      const [name = "", slotType = "*", link = "0"] = slot.split(":");
      return { name, type: slotType, link: Number(link) || null };
    }),
    outputs: out.map((each) => ({ name: each, type: each })),
    ...(values === undefined ? {} : { widgets_values: values }),
    ...rest,
  };
}

/** What runs, without titles. */
export function convert(file: JsonObject, known: NodeDefinitions = definitions) {
  return withoutTitles(convertUiGraph(file, known).graph);
}

function withoutTitles(graph: ApiGraph) {
  return Object.fromEntries(
    Object.entries(graph).map(([id, { class_type, inputs }]) => [id, { class_type, inputs }] as const),
  );
}
