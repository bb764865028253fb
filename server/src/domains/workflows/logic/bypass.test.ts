import fc from "fast-check";
import { type ApiGraph, linksOf, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { passThroughOf, takeOut } from "#domains/workflows/logic/bypass.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import type { PassThrough } from "#domains/workflows/logic/recipe.ts";

/** A checkpoint, LoRAs one after another (every third for the model only), a sampler and two encoders at the end. */
function chain(length: number): ApiGraph {
  const graph: ApiGraph = { loader: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a" } } };
  let [model, clip]: [string, number][] = [
    ["loader", 0],
    ["loader", 1],
  ];
  for (let n = 0; n < length; n++) {
    const isModelOnly = n % 3 === 2;
    const inputs = { lora_name: `${n}`, strength_model: 1, model: model as [string, number] };
    graph[`lora${n}`] = isModelOnly
      ? { class_type: "LoraLoaderModelOnly", inputs }
      : { class_type: "LoraLoader", inputs: { ...inputs, strength_clip: 1, clip: clip as [string, number] } };
    model = [`lora${n}`, 0];
    if (!isModelOnly) clip = [`lora${n}`, 1];
  }
  const text = (words: string) => ({
    class_type: "CLIPTextEncode",
    inputs: { text: words, clip: clip as [string, number] },
  });
  return {
    ...graph,
    positive: text("a"),
    negative: text("b"),
    sampler: {
      class_type: "KSampler",
      inputs: { model: model as [string, number], positive: ["positive", 0], negative: ["negative", 0] },
    },
  };
}
const without = (graph: ApiGraph, ids: string[]) =>
  takeOut(graph, new Map(ids.map((id) => [id, passThroughOf(graph, id) as PassThrough])), new Set());
const inputs = (graph: ApiGraph, id: string) => nodeOf(graph, id)?.inputs;

test("a LoRA that is taken out hands model and text encoder on from before it", () => {
  const graph = without(chain(1), ["lora0"]);
  expect(graph.lora0).toBeUndefined();
  expect([inputs(graph, "sampler")?.model, inputs(graph, "positive")?.clip, inputs(graph, "negative")?.clip]).toEqual([
    ["loader", 0],
    ["loader", 1],
    ["loader", 1],
  ]);
});

test("of a chain, those that stay are linked past those that go", () => {
  const graph = without(chain(4), ["lora0", "lora2", "lora3"]);
  expect([inputs(graph, "lora1"), inputs(graph, "sampler")?.model, inputs(graph, "positive")?.clip]).toMatchObject([
    { model: ["loader", 0], clip: ["loader", 1] },
    ["lora1", 0],
    ["lora1", 1],
  ]);
});

test("whatever is off, nothing hangs loose, the rest is as it was, and the source is not touched", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.nat(11)), (length, off) => {
      const source = chain(length);
      const before = JSON.stringify(source);
      const gone = [...new Set(off.filter((n) => n < length))].map((n) => `lora${n}`);
      const graph = without(source, gone);
      expect(Object.keys(graph)).toEqual(Object.keys(source).filter((id) => !gone.includes(id)));
      expect(linksOf(graph).every((link) => nodeOf(graph, link.fromId))).toBe(true);
      expect(linksOf(graph)).toHaveLength(
        linksOf(source).length - gone.reduce((sum, id) => sum + linksOf({ [id]: source[id] as never }).length, 0),
      );
      expect(JSON.stringify(source)).toBe(before);
      if (gone.length === length) expect(inputs(graph, "sampler")?.model).toEqual(["loader", 0]);
    }),
  );
});

test("what a muted node fed is dropped, also behind a bypassed one", () => {
  const graph = takeOut(chain(2), new Map([["lora1", { 0: "model", 1: "clip" }]]), new Set(["lora0"]));
  expect([inputs(graph, "sampler"), inputs(graph, "positive")]).toEqual([
    { positive: ["positive", 0], negative: ["negative", 0] },
    { text: "a" },
  ]);
});

test("with definitions the stand-in is the input of the same type, in order", () => {
  const definitions: NodeDefinitions = {
    Guide: {
      input: { required: { first: ["CONDITIONING"], second: ["CONDITIONING"], picture: ["IMAGE"] } },
      output: ["CONDITIONING", "CONDITIONING", "LATENT"],
    },
  };
  const graph = (inputName: string, output: number): ApiGraph => ({
    a: { class_type: "Source", inputs: {} },
    g: { class_type: "Guide", inputs: { first: ["a", 0], second: ["a", 1], picture: ["a", 2] } },
    s: { class_type: "Sampler", inputs: { [inputName]: ["g", output] } },
  });
  expect(passThroughOf(graph("negative", 1), "g", definitions)).toEqual({ 1: "second" });
  expect(passThroughOf(graph("latent", 2), "g", definitions)).toBeNull();
  expect(passThroughOf(graph("latent", 2), "g")).toBeNull();
});
