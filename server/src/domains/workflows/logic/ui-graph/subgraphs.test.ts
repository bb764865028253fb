import { convert, node } from "#domains/workflows/logic/ui-graph/testing.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";

const inner = "0b1e2d3c-0000-4000-8000-000000000001";
const outer = "0b1e2d3c-0000-4000-8000-000000000002";
const link = (id: number, from: number, fromSlot: number, to: number, toSlot: number) => ({
  id,
  origin_id: from,
  origin_slot: fromSlot,
  target_id: to,
  target_slot: toSlot,
  type: "*",
});

/** Encodes a text; the text and the clip come from outside. */
const encoder = (text: JsonValue = "inside"): JsonObject => ({
  id: inner,
  name: "Encoder",
  inputNode: { id: -10 },
  outputNode: { id: -20 },
  inputs: [
    { name: "clip", type: "CLIP", linkIds: [1] },
    { name: "words", type: "STRING", linkIds: [2] },
  ],
  outputs: [{ name: "CONDITIONING", type: "CONDITIONING", linkIds: [3] }],
  nodes: [
    node({
      id: 8,
      type: "Encode",
      in: ["clip:CLIP:1", { name: "text", type: "STRING", link: 2, widget: "text" }],
      out: ["CONDITIONING"],
      values: [text],
    }),
  ],
  // The first is left over from editing: an output names its own wire.
  links: [link(9, 77, 0, -20, 0), link(1, -10, 0, 8, 0), link(2, -10, 1, 8, 1), link(3, 8, 0, -20, 0)],
});
/** The encoder once more, in another subgraph that passes both inputs on. */
const wrapper = (instance: JsonObject = {}): JsonObject => ({
  ...encoder(),
  id: outer,
  name: "Wrapper",
  nodes: [
    node({
      id: 5,
      type: inner,
      in: ["clip:CLIP:1", { name: "words", type: "STRING", link: 2, widget: "words" }],
      out: ["CONDITIONING"],
      rest: instance,
    }),
  ],
  links: [link(1, -10, 0, 5, 0), link(2, -10, 1, 5, 1), link(3, 5, 0, -20, 0)],
});
const loader = node({ id: 1, type: "Loader", out: ["MODEL", "CLIP", "VAE"], values: ["base.safetensors"] });
const words = { name: "words", type: "STRING", widget: "words" };
const instance = (
  type: string,
  rest: JsonObject = {},
  inputs: Parameters<typeof node>[0]["in"] = ["clip:CLIP:1", words],
) => node({ id: 57, type, in: inputs, out: ["CONDITIONING"], rest });
const file = (nodes: JsonObject[], subgraphs: JsonObject[] = [encoder()], links: JsonValue[] = []) => ({
  nodes: [loader, ...nodes],
  links: [[1, 1, 1, 57, 0, "CLIP"], ...links],
  definitions: { subgraphs },
});
const user = node({ id: 4, type: "Sampler", in: ["positive:CONDITIONING:2"], values: [1, "fixed", 1, 1, "euler", ""] });
const used: JsonValue[] = [[2, 57, 0, 4, 0, "CONDITIONING"]];

test("the inside of an instance is put in its place, under its id", () => {
  const graph = convert(file([instance(inner), user], undefined, used));
  expect(Object.keys(graph)).toEqual(["1", "4", "57:8"]);
  expect(graph["57:8"]).toEqual({ class_type: "Encode", inputs: { text: "inside", clip: ["1", 1] } });
  expect(graph["4"]?.inputs["positive"]).toEqual(["57:8", 0]);
});

test("one in another, with a wire from outside to the innermost text", () => {
  const text = node({ id: 2, type: "Text", out: ["STRING"], values: ["from outside"] });
  const wired = instance(outer, {}, ["clip:CLIP:1", { ...words, link: 3 }]);
  const graph = convert(file([text, wired, user], [encoder(), wrapper()], [...used, [3, 2, 0, 57, 1, "STRING"]]));
  expect(graph["57:5:8"]).toEqual({ class_type: "Encode", inputs: { text: ["2", 0], clip: ["1", 1] } });
  expect(graph["4"]?.inputs["positive"]).toEqual(["57:5:8", 0]);
});

describe("literals that an instance shows", () => {
  const textOf = (rest: JsonObject, inputs?: Parameters<typeof instance>[2]) =>
    convert(file([instance(inner, rest, inputs)]))["57:8"]?.inputs["text"];

  test("in the order of its inputs", () => {
    expect(textOf({ widgets_values: ["shown"] })).toBe("shown");
  });

  test("in the order of the subgraph, when the file leaves unwired inputs out", () => {
    expect(textOf({ widgets_values: ["shown"] }, ["clip:CLIP:1"])).toBe("shown");
  });

  test("beside a list that names an input of its own", () => {
    expect(textOf({ properties: { proxyWidgets: [["-1", "words"]] }, widgets_values: ["shown"] })).toBe("shown");
  });

  test("beside a list that names the inner widget", () => {
    expect(textOf({ properties: { proxyWidgets: [["8", "text"]] }, widgets_values: ["shown"] })).toBe("shown");
  });

  test("the inner value holds when the list has none", () => {
    expect(textOf({ properties: { proxyWidgets: [["8", "text"]] }, widgets_values: [] })).toBe("inside");
    expect(textOf({})).toBe("inside");
  });

  test("by name", () => {
    expect(textOf({ widgets_values_named: { words: "shown" } })).toBe("shown");
  });

  test("of a widget that is no input", () => {
    const latent = {
      ...encoder(),
      inputs: [],
      outputs: [],
      links: [],
      nodes: [node({ id: 6, type: "Latent", values: [1, 2] })],
    };
    const rest = { properties: { proxyWidgets: [["6", "height"]] }, widgets_values: [99] };
    expect(convert(file([instance(inner, rest, [])], [latent]))["57:6"]?.inputs).toEqual({ width: 1, height: 99 });
  });

  test("of an instance inside another one: the outermost wins", () => {
    const shown = (rest: JsonObject, within: JsonObject) =>
      convert(file([instance(outer, rest)], [encoder(), wrapper(within)]))["57:5:8"]?.inputs["text"];
    expect(shown({ widgets_values: ["outermost"] }, { widgets_values: ["between"] })).toBe("outermost");
    expect(shown({}, { widgets_values: ["between"] })).toBe("between");
    const proxied = { properties: { proxyWidgets: [["5", "words"]] }, widgets_values: ["outermost"] };
    expect(shown(proxied, {})).toBe("outermost");
  });

  test("two instances of one subgraph each have their own", () => {
    const second = { ...instance(inner, { widgets_values: ["second"] }, [words]), id: 58 };
    const graph = convert(file([instance(inner, { widgets_values: ["first"] }), second]));
    expect([graph["57:8"]?.inputs["text"], graph["58:8"]?.inputs["text"]]).toEqual(["first", "second"]);
  });
});

test("a muted instance goes with all that it holds, a bypassed one hands on", () => {
  const muted = convert(file([instance(inner, { mode: 2 }), user], undefined, used));
  expect(Object.keys(muted)).toEqual(["1", "4"]);
  expect(muted["4"]?.inputs).not.toHaveProperty("positive");
  const bypassed = instance(inner, { mode: 4 }, ["c:CONDITIONING:1"]);
  expect(convert(file([bypassed, user], undefined, used))["4"]?.inputs["positive"]).toEqual(["1", 1]);
});

test("a subgraph in itself is refused, as is one that the file does not hold", () => {
  const recursive = { ...encoder(), nodes: [node({ id: 5, type: inner, in: ["clip:CLIP:1"], out: ["CONDITIONING"] })] };
  expect(() => convert(file([instance(inner)], [recursive]))).toThrow(/"Encoder" contains itself, by node 57:5/);
  const values = { widgets_values: [1] };
  expect(() => convert(file([instance(outer, values)]))).toThrow(
    /Node 57 .* is a subgraph that the file does not hold/,
  );
});

test("subgraphs that multiply are stopped", () => {
  const id = (level: number) => `0b1e2d3c-0000-4000-9000-0000000000${10 + level}`;
  const levels = Array.from({ length: 20 }, (_, level) => ({
    id: id(level),
    name: `Level ${level}`,
    inputs: [],
    outputs: [],
    links: [],
    nodes: [1, 2, 3].map((n) => node({ id: n, type: level === 19 ? "Text" : id(level + 1), values: [] })),
  }));
  expect(() =>
    convert({ nodes: [node({ id: 1, type: id(0) })], links: [], definitions: { subgraphs: levels } }),
  ).toThrow(/more than \d+ nodes/);
});

describe("group nodes of older editors", () => {
  const group = {
    nodes: [
      { type: "Reroute", index: 0, inputs: [{ name: "", type: "*", link: null }], outputs: [{ name: "", type: "*" }] },
      {
        type: "Encode",
        index: 1,
        inputs: [{ name: "clip", type: "CLIP", link: null }],
        outputs: [{ name: "CONDITIONING", type: "CONDITIONING", links: [] }],
        widgets_values: ["stale"],
      },
      {
        type: "Sampler",
        index: 2,
        inputs: ["model", "positive", "negative", "latent_image"].map((name) => ({
          name,
          type: name.endsWith("tive") ? "CONDITIONING" : name === "model" ? "MODEL" : "LATENT",
          link: null,
        })),
        outputs: [{ name: "LATENT", type: "LATENT", links: [] }],
        // From before the class had its last widget.
        widgets_values: [1, "fixed", 2, 3, "euler"],
      },
    ],
    links: [
      [0, 0, 1, 0, 1, "CLIP"],
      [1, 0, 2, 1, 2, "CONDITIONING"],
      [null, 0, 2, 0, 3, "MODEL"],
    ],
    external: [],
    config: { "2": { input: { sampler_name: { visible: false } } } },
  };
  const latent = node({ id: 2, type: "Latent", out: ["LATENT"], values: [8, 8] });
  const grouped = (type: string) => ({
    nodes: [
      loader,
      latent,
      node({
        id: 12,
        type,
        in: ["CLIP:CLIP:1", "model:MODEL:2", "negative:CONDITIONING:0", "latent_image:LATENT:3"],
        out: ["LATENT"],
        values: ["a harbour", 42, "randomize", 20, 7.5],
      }),
      node({ id: 13, type: "Decode", in: ["samples:LATENT:4", "vae:VAE:5"] }),
    ],
    links: [
      [1, 1, 1, 12, 0, "CLIP"],
      [2, 1, 0, 12, 1, "MODEL"],
      [3, 2, 0, 12, 3, "LATENT"],
      [4, 12, 0, 13, 0, "LATENT"],
      [5, 1, 2, 13, 1, "VAE"],
    ],
    extra: { groupNodes: { Painter: group } },
  });

  test.each(["workflow/Painter", "workflow>Painter"])("%s", (type) => {
    const graph = convert(grouped(type));
    expect(Object.keys(graph)).toEqual(["1", "2", "13", "12:1", "12:2"]);
    expect(graph["12:1"]).toEqual({ class_type: "Encode", inputs: { text: "a harbour", clip: ["1", 1] } });
    expect(graph["12:2"]?.inputs).toEqual({
      seed: 42,
      steps: 20,
      cfg: 7.5,
      sampler_name: "euler",
      note: "",
      model: ["1", 0],
      positive: ["12:1", 0],
      latent_image: ["2", 0],
    });
    expect(graph["13"]?.inputs).toEqual({ samples: ["12:2", 0], vae: ["1", 2] });
  });
});
