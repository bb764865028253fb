import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { validateGraph } from "#domains/workflows/logic/validate-graph.ts";

const definitions: NodeDefinitions = {
  CheckpointLoaderSimple: {
    input: { required: { ckpt_name: [["studio.safetensors", "studio-xl.safetensors", "anime/lines.safetensors"]] } },
    output: ["MODEL", "CLIP", "VAE"],
    output_node: false,
  },
  LoadImage: {
    input: { required: { image: [["example.png"], { image_upload: true }] } },
    output: ["IMAGE", "MASK"],
    output_node: false,
  },
  Sampler: {
    input: {
      required: {
        model: ["MODEL"],
        seed: ["INT", { min: 0, max: 2 ** 64 }],
        cfg: ["FLOAT", { min: 0, max: 100 }],
        sampler_name: ["COMBO", { options: ["euler", "heun"] }],
      },
      optional: { mask: ["MASK"] },
    },
    output: ["LATENT"],
    output_node: false,
  },
  Resize: {
    input: {
      required: {
        image: ["IMAGE,MASK"],
        mode: [
          "COMFY_DYNAMICCOMBO_V3",
          {
            options: [
              { key: "size", inputs: { required: { width: ["INT", { min: 1 }] } } },
              { key: "keep", inputs: {} },
            ],
          },
        ],
      },
    },
    output: ["IMAGE"],
    output_node: false,
  },
  Batch: {
    input: { required: { images: ["COMFY_AUTOGROW_V3", { template: { prefix: "image", min: 1 } }] } },
    output: ["IMAGE"],
    output_node: false,
  },
  Save: { input: { required: { images: ["*"] } }, output: [], output_node: true },
};

const node = (class_type: string, inputs: ApiGraph[string]["inputs"]) => ({ class_type, inputs });
const good: ApiGraph = {
  "1": node("CheckpointLoaderSimple", { ckpt_name: "studio.safetensors" }),
  "2": node("Sampler", { model: ["1", 0], seed: 18446744073709551615n, cfg: 7, sampler_name: "euler" }),
  "3": node("Save", { images: ["2", 0] }),
};
const issuesOf = (change: ApiGraph) => validateGraph({ ...good, ...change }, definitions);

test("a graph that the machine can run has no issues", () => {
  expect(validateGraph(good, definitions)).toEqual([]);
});

test("a missing class, with the closest that there are", () => {
  const [issue] = issuesOf({ "9": node("CheckpointLoader", { ckpt_name: "a" }) });
  expect(issue).toMatchObject({ kind: "MISSING_NODE", nodeId: "9", classType: "CheckpointLoader" });
  expect(issue?.suggestions[0]).toBe("CheckpointLoaderSimple");
});

test("a missing file, with the three closest that the machine has", () => {
  expect(issuesOf({ "1": node("CheckpointLoaderSimple", { ckpt_name: "studio_xl.safetensors" }) })).toEqual([
    {
      kind: "MISSING_FILE",
      nodeId: "1",
      classType: "CheckpointLoaderSimple",
      inputName: "ckpt_name",
      message: expect.stringContaining('no file "studio_xl.safetensors"'),
      suggestions: ["studio-xl.safetensors", "studio.safetensors", "anime/lines.safetensors"],
    },
  ]);
});

test.each<[string, ApiGraph[string]["inputs"], string, RegExp]>([
  ["beyond the largest", { cfg: 101 }, "BAD_VALUE", /largest that it takes is 100/],
  ["below the smallest", { seed: -1 }, "BAD_VALUE", /smallest that it takes is 0/],
  ["no number", { cfg: "lots" }, "BAD_VALUE", /takes a number, not "lots"/],
  ["not in the list", { sampler_name: "eulr" }, "BAD_VALUE", /can't be "eulr"/],
  ["a literal where only a wire can be", { model: "studio" }, "BAD_VALUE", /takes a wire that brings MODEL/],
  ["of another type", { model: ["1", 1] }, "BAD_VALUE", /takes MODEL, but node 1 .* gives CLIP/],
  ["of an output that is not there", { model: ["1", 7] }, "BAD_VALUE", /takes output 7 .* which has 3/],
])("a value that is %s", (_what, change, kind, message) => {
  const inputs = { ...good["2"]?.inputs, ...change };
  expect(issuesOf({ "2": node("Sampler", inputs) })).toEqual([
    expect.objectContaining({
      kind,
      nodeId: "2",
      inputName: Object.keys(change)[0],
      message: expect.stringMatching(message),
    }),
  ]);
});

test("numbers as text, wrapped lists and the values of the largest seed are taken, as ComfyUI does", () => {
  expect(
    issuesOf({ "2": node("Sampler", { ...good["2"]?.inputs, cfg: "7.5", sampler_name: { __value__: ["heun"] } }) }),
  ).toEqual([]);
});

test("a required input that nothing feeds; an optional one may be open", () => {
  const { model: _model, ...inputs } = good["2"]?.inputs ?? {};
  expect(issuesOf({ "2": node("Sampler", inputs) })).toMatchObject([{ kind: "MISSING_INPUT", inputName: "model" }]);
});

test("a picture that was not uploaded yet is no issue: each job brings its own", () => {
  expect(issuesOf({ "3": node("Save", { images: ["4", 0] }), "4": node("LoadImage", { image: "mine.png" }) })).toEqual(
    [],
  );
});

test("nodes that no output needs are not looked at, but their class must be there", () => {
  expect(issuesOf({ "8": node("Sampler", {}) })).toEqual([]);
  expect(issuesOf({ "8": node("Nothing", {}) })).toMatchObject([{ kind: "MISSING_NODE" }]);
});

test("a graph without any output", () => {
  const { "3": _save, ...rest } = good;
  expect(validateGraph(rest, definitions)).toMatchObject([{ kind: "NO_OUTPUT", nodeId: null }]);
});

describe("inputs that come and go", () => {
  const resize = (inputs: ApiGraph[string]["inputs"]) =>
    issuesOf({
      "3": node("Save", { images: ["5", 0] }),
      "4": node("LoadImage", { image: "a.png" }),
      "5": node("Resize", { image: ["4", 1], ...inputs }),
    }).map(({ kind, inputName }) => [kind, inputName]);

  test("those of the chosen key", () => {
    expect(resize({ mode: "keep" })).toEqual([]);
    expect(resize({ mode: "size", "mode.width": 5 })).toEqual([]);
    expect(resize({ mode: "size" })).toEqual([["MISSING_INPUT", "mode.width"]]);
    expect(resize({ mode: "size", "mode.width": 0 })).toEqual([["BAD_VALUE", "mode.width"]]);
    expect(resize({ mode: "other" })).toEqual([["BAD_VALUE", "mode"]]);
  });

  test("those that grow", () => {
    const batch = (inputs: ApiGraph[string]["inputs"]) =>
      issuesOf({
        "3": node("Save", { images: ["5", 0] }),
        "5": node("Batch", inputs),
        "4": node("LoadImage", { image: "a" }),
      });
    expect(batch({ "images.image0": ["4", 0] })).toEqual([]);
    expect(batch({})).toMatchObject([{ kind: "MISSING_INPUT", inputName: "images" }]);
  });
});
