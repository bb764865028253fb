import { convertUiGraph } from "#domains/workflows/logic/ui-graph/convert-ui-graph.ts";
import { convert, definitions, node } from "#domains/workflows/logic/ui-graph/testing.ts";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import type { JsonObject } from "#lib/json.ts";

const loader = node({ id: 1, type: "Loader", out: ["MODEL", "CLIP", "VAE"], values: ["base.safetensors"] });
const latent = node({ id: 2, type: "Latent", out: ["LATENT"], values: [640, 480] });
const encode = (id: number, link: number, text = "a boat") =>
  node({ id, type: "Encode", in: [`clip:CLIP:${link}`], out: ["CONDITIONING"], values: [text] });
const sampler = (values: JsonObject["x"], rest: JsonObject = {}) =>
  node({
    id: 5,
    type: "Sampler",
    in: ["model:MODEL:1", "positive:CONDITIONING:4", "negative:CONDITIONING:5", "latent_image:LATENT:6"],
    out: ["LATENT"],
    values,
    rest,
  });
const links = [
  [1, 1, 0, 5, 0, "MODEL"],
  [2, 1, 1, 3, 0, "CLIP"],
  [3, 1, 1, 4, 0, "CLIP"],
  [4, 3, 0, 5, 1, "CONDITIONING"],
  [5, 4, 0, 5, 2, "CONDITIONING"],
  [6, 2, 0, 5, 3, "LATENT"],
];
const picture = (values: JsonObject["x"], rest: JsonObject = {}) => ({
  nodes: [loader, latent, encode(3, 2), encode(4, 3, "blurry"), sampler(values, rest)],
  links,
});
const samplerInputs = (file: JsonObject) => convert(file)["5"]?.inputs;

test("a graph becomes what the editor sends, with literals by name, links and titles", () => {
  const { graph, warnings } = convertUiGraph(picture([7, "fixed", 4, 6.5, "heun", "hm"]), definitions);
  expect(warnings).toEqual([]);
  expect(graph).toEqual({
    "1": { class_type: "Loader", inputs: { ckpt_name: "base.safetensors" }, _meta: { title: "Load Model" } },
    "2": { class_type: "Latent", inputs: { width: 640, height: 480 }, _meta: { title: "Latent" } },
    "3": { class_type: "Encode", inputs: { text: "a boat", clip: ["1", 1] }, _meta: { title: "Encode" } },
    "4": { class_type: "Encode", inputs: { text: "blurry", clip: ["1", 1] }, _meta: { title: "Encode" } },
    "5": {
      class_type: "Sampler",
      inputs: {
        seed: 7,
        steps: 4,
        cfg: 6.5,
        sampler_name: "heun",
        note: "hm",
        model: ["1", 0],
        positive: ["3", 0],
        negative: ["4", 0],
        latent_image: ["2", 0],
      },
      _meta: { title: "Sampler" },
    },
  });
});

describe("values that the editor adds for itself", () => {
  const expected = { seed: 7, steps: 4, cfg: 6.5, sampler_name: "heun", note: "hm" };

  test.each([
    ["with a control behind the seed", [7, "randomize", 4, 6.5, "heun", "hm"]],
    ["with the control of old files", [7, true, 4, 6.5, "heun", "hm"]],
    ["without a control", [7, 4, 6.5, "heun", "hm"]],
    ["with more behind the last", [7, "fixed", 4, 6.5, "heun", "hm", "preview"]],
  ])("a list %s", (_what, values) => {
    expect(samplerInputs(picture(values))).toMatchObject(expected);
  });

  test("a list from before the class got its last widget takes the default for it", () => {
    expect(samplerInputs(picture([7, "randomize", 4, 6.5, "heun"]))).toMatchObject({ ...expected, note: "" });
  });

  test("the button for uploads, whether it is there or not", () => {
    const inputs = (values: JsonObject["x"]) =>
      convert({ nodes: [node({ id: 1, type: "Picture", values })], links: [] })["1"]?.inputs;
    expect(inputs(["b.png", "image"])).toEqual({ image: "b.png", channel: "alpha" });
    expect(inputs(["b.png", "image", "red"])).toEqual({ image: "b.png", channel: "red" });
    expect(inputs(["b.png", "red"])).toEqual({ image: "b.png", channel: "red" });
  });
});

describe("other forms of the literals", () => {
  test("by name, with those that only the editor's extension knows, without its previews", () => {
    const values = { frame_rate: 12, format: "mp4", crf: 19, videopreview: { hidden: false }, images: null };
    const file = { nodes: [node({ id: 1, type: "Combine", in: ["images:IMAGE"], values })], links: [] };
    expect(convert(file)["1"]?.inputs).toEqual({ frame_rate: 12, format: "mp4", crf: 19 });
  });

  test("by name beside the list", () => {
    const named = { seed: 9, control_after_generate: "fixed", steps: 2, cfg: 1, sampler_name: "euler", note: "" };
    expect(samplerInputs(picture([1, 2], { widgets_values_named: named }))).toMatchObject({ seed: 9, steps: 2 });
  });

  test("64-bit seeds stay exact", () => {
    const seed = 18446744073709551615n;
    expect(samplerInputs(picture([seed, "fixed", 4, 6.5, "heun"]))?.["seed"]).toBe(seed);
  });

  test("a list as a value is wrapped, since ComfyUI takes lists for links", () => {
    const file = { nodes: [node({ id: 1, type: "Text", values: [["a", "b"]] })], links: [] };
    expect(convert(file)["1"]?.inputs).toEqual({ value: { __value__: ["a", "b"] } });
  });

  test("the chosen key of a dynamic combo is followed by its own inputs", () => {
    const resize = (values: JsonObject["x"]) =>
      convert({ nodes: [node({ id: 1, type: "Resize", in: ["image:IMAGE"], values })], links: [] })["1"]?.inputs;
    expect(resize(["size", 10, 20, true])).toEqual({ mode: "size", "mode.width": 10, "mode.height": 20, crop: true });
    expect(resize(["factor", 1.5, true])).toEqual({ mode: "factor", "mode.factor": 1.5, crop: true });
  });

  test("inputs that grow keep their own names", () => {
    const file = {
      nodes: [
        node({ id: 1, type: "Picture", out: ["IMAGE"], values: ["a.png"] }),
        node({ id: 2, type: "Batch", in: ["images.image0:IMAGE:1", "images.image1:IMAGE:2", "images.image2:IMAGE"] }),
      ],
      links: [
        [1, 1, 0, 2, 0, "IMAGE"],
        [2, 1, 0, 2, 1, "IMAGE"],
      ],
    };
    expect(convert(file)["2"]?.inputs).toEqual({ "images.image0": ["1", 0], "images.image1": ["1", 0] });
  });
});

describe("widgets that are inputs", () => {
  const text = node({ id: 9, type: "Text", out: ["STRING"], values: ["a lighthouse"] });

  test("one that was converted keeps its place in the list, and its wire wins", () => {
    const file = {
      nodes: [
        loader,
        text,
        node({
          id: 3,
          type: "Encode",
          in: ["clip:CLIP:2", { name: "text", type: "STRING", link: 7, widget: "text" }],
          values: ["stale"],
        }),
      ],
      links: [
        [2, 1, 1, 3, 0, "CLIP"],
        [7, 9, 0, 3, 1, "STRING"],
      ],
    };
    expect(convert(file)["3"]?.inputs).toEqual({ text: ["9", 0], clip: ["1", 1] });
  });

  test("a node that no machine knows is read by the inputs that it lists", () => {
    const stranger = node({
      id: 8,
      type: "Stranger",
      in: [
        { name: "seed", type: "INT", widget: "seed" },
        { name: "size", type: "INT", widget: "size" },
      ],
      out: ["IMAGE"],
      values: [5, "fixed", 3],
    });
    const save = node({ id: 7, type: "Save", in: ["images:IMAGE:1"], values: ["out"] });
    const { "8": converted } = convert({ nodes: [stranger, save], links: [[1, 8, 0, 7, 0, "IMAGE"]] });
    expect(converted).toEqual({ class_type: "Stranger", inputs: { seed: 5, size: 3 } });
  });

  test("one of another version of the class is read by its own list; what is new gets its default", () => {
    const older = node({
      id: 2,
      type: "Latent",
      in: [{ name: "height", type: "INT", widget: "height" }],
      values: [300],
    });
    expect(convert({ nodes: [older], links: [] })["2"]?.inputs).toEqual({ height: 300, width: 512 });
  });

  test("a node that no machine knows and whose values have no names is refused by name and class", () => {
    const save = node({ id: 7, type: "Save", in: ["images:IMAGE:1"], values: ["out"] });
    const stranger = node({ id: 8, type: "Stranger", out: ["IMAGE"], values: [1, 2], rest: { title: "My node" } });
    const file = { nodes: [stranger, save], links: [[1, 8, 0, 7, 0, "IMAGE"]] };
    expect(() => convert(file)).toThrow(WorkflowSourceError);
    expect(() => convert(file)).toThrow(/node 8 \(Stranger, "My node"\)/);
  });

  test("one that nothing is wired to is left out with a word", () => {
    const { graph, warnings } = convertUiGraph(
      { nodes: [loader, node({ id: 8, type: "Stranger", values: [1] })], links: [] },
      definitions,
    );
    expect(Object.keys(graph)).toEqual(["1"]);
    expect(warnings).toEqual([expect.stringContaining("Stranger")]);
  });
});

describe("the file's own forms", () => {
  test("links as objects, ids as texts, a schema of version 1", () => {
    const objects = links.map(([id, from, fromSlot, to, toSlot, type]) => ({
      id: id as number,
      origin_id: String(from),
      origin_slot: fromSlot as number,
      target_id: String(to),
      target_slot: toSlot as number,
      type: type as string,
    }));
    const file = picture([7, "fixed", 4, 6.5, "heun", ""]);
    expect(convert({ ...file, links: objects, version: 1, floatingLinks: [{ id: 99 }] })).toEqual(convert(file));
  });

  test("wires that only the table lists, at nodes without a list of inputs", () => {
    const bare = (id: number, type: string, values: string[]) => ({ id, type, widgets_values: values });
    const file = {
      nodes: [bare(1, "Loader", ["base.safetensors"]), bare(3, "Encode", ["x"])],
      links: [[2, 1, 1, 3, 0, "CLIP"]],
    };
    expect(convert(file)["3"]?.inputs).toEqual({ text: "x", clip: ["1", 1] });
  });

  test("a link to a node that does not exist is refused with the place", () => {
    const file = { nodes: [encode(3, 2)], links: [[2, 44, 1, 3, 0, "CLIP"]] };
    expect(() => convert(file)).toThrow(/clip of node 3 \(Encode\) is linked to node 44/);
  });

  test("so is a needed input whose link the file does not have; an optional one is open", () => {
    expect(() => convert({ nodes: [encode(3, 2)], links: [] })).toThrow(/clip of node 3 \(Encode\) refers to link 2/);
  });
});
