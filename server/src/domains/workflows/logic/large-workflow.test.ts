import { contentHash } from "#domains/workflows/logic/content-hash.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { discoverParameters } from "#domains/workflows/logic/parameters.ts";
import { maxNodes, maxSourceBytes, parseWorkflowSource } from "#domains/workflows/logic/parse-workflow.ts";
import { detectSlots } from "#domains/workflows/logic/slots.ts";
import { validateGraph } from "#domains/workflows/logic/validate-graph.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";

const definitions: NodeDefinitions = {
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

/** As many nodes as are allowed, in rounds of sampling that follow each other, with texts as long as the limit lets them be. */
function rounds(count: number): ApiGraph {
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
function inEditor(graph: ApiGraph) {
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

const text = (value: unknown) =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? `#${each}` : each)).replaceAll(
    /"#(\d+)"/g,
    "$1",
  );

/** The aim is a second; a busy machine gets more. */
const limitMs = 5_000;

test.each([
  ["an API graph", (graph: ApiGraph) => text(graph)],
  ["a file of the editor", (graph: ApiGraph) => text(inEditor(graph))],
])("%s of the largest size is read, searched, checked and hashed in about a second", (_what, write) => {
  const graph = rounds(maxNodes);
  const source = write(graph);
  expect(Object.keys(graph).length).toBeGreaterThan(maxNodes - 5);
  expect(source.length).toBeLessThanOrEqual(maxSourceBytes);
  expect(source.length).toBeGreaterThan(2_000_000);
  const startedAt = performance.now();
  const parsed = parseWorkflowSource(source, definitions);
  const slots = detectSlots(parsed.graph, definitions);
  const parameters = discoverParameters(parsed.graph, definitions, slots);
  const issues = validateGraph(parsed.graph, definitions);
  const hash = contentHash(parsed.graph);
  expect(performance.now() - startedAt).toBeLessThan(limitMs);
  expect(slots).toHaveLength(998);
  expect(parameters.length).toBeGreaterThan(0);
  expect(issues).toEqual([]);
  expect(hash).toHaveLength(64);
});
