import { convert, node } from "#domains/workflows/logic/ui-graph/testing.ts";
import type { JsonObject } from "#lib/json.ts";

const pictureA = node({ id: 1, type: "Picture", out: ["IMAGE", "MASK"], values: ["a.png"] });
const pictureB = node({ id: 2, type: "Picture", out: ["IMAGE", "MASK"], values: ["b.png"] });
const save = (link: number) => node({ id: 9, type: "Save", in: [`images:IMAGE:${link}`], values: ["out"] });
const blend = (rest: JsonObject = {}) =>
  node({
    id: 3,
    type: "Blend",
    in: ["mask:MASK:3", "image1:IMAGE:1", "image2:IMAGE:2"],
    out: ["IMAGE"],
    values: [0.25],
    rest,
  });
const file = (rest: JsonObject, sources: { a?: JsonObject } = {}) => ({
  nodes: [{ ...pictureA, ...sources.a }, pictureB, blend(rest), save(4)],
  links: [
    [1, 1, 0, 3, 1, "IMAGE"],
    [2, 2, 0, 3, 2, "IMAGE"],
    [3, 2, 1, 3, 0, "MASK"],
    [4, 3, 0, 9, 0, "IMAGE"],
  ],
});

test("a muted node goes, and with it the inputs that it feeds", () => {
  const graph = convert(file({ mode: 2 }));
  expect(graph["3"]).toBeUndefined();
  expect(graph["9"]?.inputs).toEqual({ filename_prefix: "out" });
  expect(convert(file({}, { a: { mode: 2 } }))["3"]?.inputs).toEqual({
    mask: ["2", 1],
    image2: ["2", 0],
    amount: 0.25,
  });
});

describe("a bypassed node hands on", () => {
  test("the first input of the output's type", () => {
    const graph = convert(file({ mode: 4 }));
    expect(graph["3"]).toBeUndefined();
    expect(graph["9"]?.inputs["images"]).toEqual(["1", 0]);
  });

  test("the input of the same number when its type fits", () => {
    const chain = {
      nodes: [
        pictureA,
        pictureB,
        node({ id: 3, type: "X", in: ["a:IMAGE:1", "b:IMAGE:2"], out: ["IMAGE", "IMAGE"], rest: { mode: 4 } }),
        save(4),
      ],
      links: [
        [1, 1, 0, 3, 0, "IMAGE"],
        [2, 2, 0, 3, 1, "IMAGE"],
        [4, 3, 1, 9, 0, "IMAGE"],
      ],
    };
    expect(convert(chain)["9"]?.inputs["images"]).toEqual(["2", 0]);
  });

  test("nothing when no input fits, and a widget then keeps its value", () => {
    const chain = {
      nodes: [
        pictureA,
        node({ id: 3, type: "X", in: ["a:IMAGE:1"], out: ["STRING"], rest: { mode: 4 } }),
        node({
          id: 4,
          type: "Text",
          in: [{ name: "value", type: "STRING", link: 2, widget: "value" }],
          values: ["own"],
        }),
      ],
      links: [
        [1, 1, 0, 3, 0, "IMAGE"],
        [2, 3, 0, 4, 0, "STRING"],
      ],
    };
    expect(convert(chain)["4"]?.inputs).toEqual({ value: "own" });
  });

  test("through several in a row, and through any type", () => {
    const through = (id: number, link: number) =>
      node({ id, type: "X", in: [`a:*:${link}`], out: ["*"], rest: { mode: 4 } });
    const chain = {
      nodes: [pictureA, through(3, 1), through(4, 2), save(3)],
      links: [
        [1, 1, 0, 3, 0, "*"],
        [2, 3, 0, 4, 0, "*"],
        [3, 4, 0, 9, 0, "IMAGE"],
      ],
    };
    expect(convert(chain)["9"]?.inputs["images"]).toEqual(["1", 0]);
  });
});

describe("nodes of the editor only", () => {
  test("notes vanish, reroutes hand on, also those of extensions and in long chains", () => {
    const reroutes = Array.from({ length: 3000 }, (_, n) =>
      node({ id: 100 + n, type: n % 2 ? "Reroute (rgthree)" : "Reroute", in: [`:*:${n + 1}`], out: ["*"] }),
    );
    const wires = reroutes.map((_, n) => [n + 1, n === 0 ? 1 : 99 + n, 0, 100 + n, 0, "*"]);
    const chain = {
      nodes: [
        pictureA,
        ...reroutes,
        save(3001),
        node({ id: 50, type: "Note", values: ["hello"] }),
        node({ id: 51, type: "MarkdownNote", values: ["# hello"] }),
        node({ id: 52, type: "Fast Groups Muter (rgthree)", out: ["*"] }),
      ],
      links: [...wires, [3001, 3099, 0, 9, 0, "IMAGE"]],
    };
    expect(convert(chain)).toEqual({
      "1": { class_type: "Picture", inputs: { image: "a.png", channel: "alpha" } },
      "9": { class_type: "Save", inputs: { filename_prefix: "out", images: ["1", 0] } },
    });
  });

  test("a primitive's value is written where it leads, also through a reroute", () => {
    const text = (id: number, link: number) =>
      node({ id, type: "Text", in: [{ name: "value", type: "STRING", link, widget: "value" }], values: ["stale"] });
    const chain = {
      nodes: [
        node({ id: 1, type: "PrimitiveNode", out: ["STRING"], values: ["said once", "fixed"] }),
        node({ id: 2, type: "Reroute", in: [":*:2"], out: ["STRING"] }),
        text(3, 1),
        text(4, 3),
      ],
      links: [
        [1, 1, 0, 3, 0, "STRING"],
        [2, 1, 0, 2, 0, "STRING"],
        [3, 2, 0, 4, 0, "STRING"],
      ],
    };
    expect(convert(chain)).toEqual({
      "3": { class_type: "Text", inputs: { value: "said once" } },
      "4": { class_type: "Text", inputs: { value: "said once" } },
    });
  });

  test("set and get nodes carry a wire by its name", () => {
    const chain = {
      nodes: [
        pictureA,
        node({ id: 2, type: "SetNode", in: ["IMAGE:IMAGE:1"], out: ["*"], values: ["plate"] }),
        node({ id: 3, type: "GetNode", out: ["IMAGE"], values: ["plate"] }),
        save(2),
      ],
      links: [
        [1, 1, 0, 2, 0, "IMAGE"],
        [2, 3, 0, 9, 0, "IMAGE"],
      ],
    };
    expect(convert(chain)["9"]?.inputs["images"]).toEqual(["1", 0]);
  });

  test("a broadcast reaches open inputs of its type, the narrower one first", () => {
    const everywhere = (id: number, link: number, input_regex: string | null) =>
      node({
        id,
        type: "Anything Everywhere",
        in: [`anything:IMAGE:${link}`],
        rest: { properties: { ue_properties: { input_regex } } },
      });
    const chain = {
      nodes: [pictureA, pictureB, everywhere(4, 1, null), everywhere(5, 2, "image2"), blend({ inputs: [] }), save(0)],
      links: [
        [1, 1, 0, 4, 0, "IMAGE"],
        [2, 2, 0, 5, 0, "IMAGE"],
      ],
    };
    const open = node({ id: 3, type: "Blend", in: ["image1:IMAGE", "image2:IMAGE", "mask:MASK"], values: [0.5] });
    const graph = convert({ ...chain, nodes: chain.nodes.map((each) => (each["id"] === 3 ? open : each)) });
    expect(graph["3"]?.inputs).toEqual({ amount: 0.5, image1: ["1", 0], image2: ["2", 0] });
    expect(graph["9"]?.inputs["images"]).toEqual(["1", 0]);
    expect(Object.keys(graph)).toEqual(["1", "2", "3", "9"]);
  });

  test("reroutes in a circle are told of", () => {
    const circle = {
      nodes: [
        node({ id: 1, type: "Reroute", in: [":*:2"], out: ["*"] }),
        node({ id: 2, type: "Reroute", in: [":*:1"], out: ["*"] }),
        save(3),
      ],
      links: [
        [1, 1, 0, 2, 0, "*"],
        [2, 2, 0, 1, 0, "*"],
        [3, 2, 0, 9, 0, "IMAGE"],
      ],
    };
    expect(() => convert(circle)).toThrow(/images of node 9 \(Save\) goes round in a circle/);
  });
});
