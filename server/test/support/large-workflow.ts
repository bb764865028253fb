import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";

export const definitions: NodeDefinitions = {
  Loader: { input: { required: { ckpt_name: [["a.safetensors"]] } }, output: ["MODEL", "CLIP", "VAE"] },
  CLIPTextEncode: {
    input: { required: { text: ["STRING", { multiline: true }], clip: ["CLIP"] } },
    output: ["CONDITIONING"],
  },
  KSampler: {
    input: {
      required: {
        model: ["MODEL"],
        seed: ["INT", { control_after_generate: true, max: 2 ** 64 }],
        steps: ["INT", { default: 20 }],
        positive: ["CONDITIONING"],
        negative: ["CONDITIONING"],
        latent_image: ["LATENT"],
      },
    },
    output: ["LATENT"],
  },
  LatentUpscale: { input: { required: { samples: ["LATENT"], width: ["INT"], height: ["INT"] } }, output: ["LATENT"] },
  EmptyLatentImage: { input: { required: { width: ["INT"], height: ["INT"] } }, output: ["LATENT"] },
};

/** So many nodes, in rounds of sampling that follow each other, with texts as long as the limit lets them be. */
export function rounds(count: number): ApiGraph {
  const graph: ApiGraph = {
    "1": { class_type: "Loader", inputs: { ckpt_name: "a.safetensors" } },
    "2": { class_type: "EmptyLatentImage", inputs: { width: 64, height: 64 } },
  };
  const words = "a lantern seller in the rain, ".repeat(150);
  for (let id = 3, latent = "2"; id + 3 < count; id += 4) {
    const [positive, negative, sampler, upscale] = [id, id + 1, id + 2, id + 3].map(String) as [
      string,
      string,
      string,
      string,
    ];
    graph[positive] = { class_type: "CLIPTextEncode", inputs: { text: `${words}${id}`, clip: ["1", 1] } };
    graph[negative] = { class_type: "CLIPTextEncode", inputs: { text: `blurry ${id}`, clip: ["1", 1] } };
    const inputs = { model: ["1", 0], positive: [positive, 0], negative: [negative, 0], latent_image: [latent, 0] };
    graph[sampler] = { class_type: "KSampler", inputs: { seed: 18446744073709551615n, steps: 20, ...inputs } };
    graph[upscale] = { class_type: "LatentUpscale", inputs: { samples: [sampler, 0], width: 64, height: 64 } };
    latent = upscale;
  }
  return graph;
}

/** The same as the editor saves it, every wire through a reroute. */
export function inEditor(graph: ApiGraph) {
  const links: unknown[] = [];
  const reroutes: unknown[] = [];
  const nodes = Object.entries(graph).map(([id, { class_type, inputs }]) => {
    const slots = Object.entries(inputs).filter(([, value]) => Array.isArray(value));
    return {
      id: Number(id),
      type: class_type,
      mode: 0,
      pos: [0.1234567890123456, 12.5],
      inputs: slots.map(([name, value], index) => {
        const [from, slot] = value as [string, number];
        const reroute = 10_000 + links.length;
        links.push([links.length + 1, Number(from), slot, reroute, 0, "*"]);
        reroutes.push({
          id: reroute,
          type: "Reroute",
          inputs: [{ name: "", type: "*", link: links.length }],
          outputs: [{ name: "", type: "*" }],
        });
        links.push([links.length + 1, reroute, 0, Number(id), index, "*"]);
        return { name, type: "*", link: links.length };
      }),
      widgets_values: Object.values(inputs).flatMap((value) =>
        Array.isArray(value) ? [] : ((typeof value === "bigint" ? [value, "fixed"] : [value]) as unknown[]),
      ),
    };
  });
  return { nodes: [...nodes, ...reroutes], links, version: 0.4 };
}

/** As JSON text, large integers exact. */
export const text = (value: unknown) =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? `#${each}` : each)).replaceAll(
    /"#(\d+)"/g,
    "$1",
  );
