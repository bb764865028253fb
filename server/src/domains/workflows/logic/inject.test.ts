import fc from "fast-check";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { buildGraph, type BuildGraphInput, GraphBindingError } from "#domains/workflows/logic/inject.ts";
import { discoverParameters } from "#domains/workflows/logic/parameters.ts";
import { detectSlots } from "#domains/workflows/logic/slots.ts";
import { canonicalJson, type JsonValue, stringifyJson } from "#lib/json.ts";

const graph: ApiGraph = {
  1: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "base" } },
  2: { class_type: "LoadImage", inputs: { image: "example.png" } },
  3: { class_type: "PrimitiveString", inputs: { value: "from the string node" } },
  4: { class_type: "CLIPTextEncode", inputs: { text: ["3", 0], clip: ["1", 1] } },
  5: { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["1", 1] }, _meta: { title: "Negative" } },
  6: {
    class_type: "KSampler",
    inputs: { seed: 5, steps: 20, positive: ["4", 0], negative: ["5", 0], latent_image: ["2", 0] },
  },
  7: {
    class_type: "KSampler",
    inputs: { seed: 6, steps: 20, positive: ["4", 0], negative: ["5", 0], latent_image: ["6", 0] },
  },
  8: { class_type: "SaveImage", inputs: { filename_prefix: "ComfyUI", images: ["7", 0] } },
  9: { class_type: "SaveImage", inputs: { filename_prefix: "other", images: ["6", 0] } },
};
const parameters = discoverParameters(graph, undefined, detectSlots(graph));
const build = (changes: Partial<BuildGraphInput> = {}) =>
  buildGraph({
    graph,
    parameters,
    paramValues: {},
    slotTexts: [],
    seed: null,
    outputPrefix: "out/a_try01",
    ...changes,
  });

test("every binding of a parameter, every sampler's seed and every save node's prefix are written", () => {
  const built = build({ paramValues: { steps: 31 }, seed: 2n ** 64n - 1n });
  expect([built[6]?.inputs.steps, built[7]?.inputs.steps]).toEqual([31, 31]);
  expect([built[6]?.inputs.seed, built[7]?.inputs.seed]).toEqual([2n ** 64n - 1n, 2n ** 64n - 1n]);
  expect([built[8]?.inputs.filename_prefix, built[9]?.inputs.filename_prefix]).toEqual(["out/a_try01", "out/a_try01"]);
  expect(stringifyJson(built[6])).toContain('"seed":18446744073709551615');
});

test("the loader takes the uploaded file's name, and texts go to their inputs", () => {
  const built = build({
    inputAssetName: "in/market.png",
    slotTexts: [{ nodeId: "5", inputName: "text", text: "noise" }],
  });
  expect(built[2]?.inputs.image).toBe("in/market.png");
  expect(built[5]).toEqual({ ...graph[5], inputs: { text: "noise", clip: ["1", 1] } });
});

test("a linked text keeps its link until another text is given", () => {
  const slot = { nodeId: "4", inputName: "text" };
  expect(build()[4]).toBe(graph[4]);
  expect(build({ slotTexts: [{ ...slot, text: "from the string node" }] })[4]).toBe(graph[4]);
  expect(build({ slotTexts: [{ ...slot, text: "" }] })[4]?.inputs.text).toBe("");
});

test("a value for a node that is not there is refused, naming it", () => {
  expect(() => build({ slotTexts: [{ nodeId: "constructor", inputName: "text", text: "a" }] })).toThrow(
    GraphBindingError,
  );
});

test("the source stays as it was, and only what was asked for differs", () => {
  const before = canonicalJson(graph);
  fc.assert(
    fc.property(
      fc.record({ steps: fc.integer({ min: 1, max: 99 }) }, { requiredKeys: [] }),
      fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
      fc.string(),
      fc.string(),
      (paramValues, seed, text, outputPrefix) => {
        const slotTexts = [{ nodeId: "5", inputName: "text", text }];
        const built = build({ paramValues, seed, slotTexts, outputPrefix });
        const expected = structuredClone(graph);
        for (const id of ["6", "7"]) {
          if (paramValues.steps !== undefined) (expected[id] as ApiGraph[string]).inputs.steps = paramValues.steps;
          if (seed !== null) (expected[id] as ApiGraph[string]).inputs.seed = seed;
        }
        (expected[5] as ApiGraph[string]).inputs.text = text;
        for (const id of ["8", "9"]) (expected[id] as ApiGraph[string]).inputs.filename_prefix = outputPrefix;
        expect(stringifyJson(built)).toBe(stringifyJson(expected));
        expect(canonicalJson(graph as JsonValue)).toBe(before);
        expect(built[1]).toBe(graph[1]);
      },
    ),
  );
});
