import type { ApiGraph, ApiNode } from "#domains/workflows/logic/api-graph.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { type DetectedSlot, detectSlots } from "#domains/workflows/logic/slots.ts";
import type { JsonValue } from "#lib/json.ts";

const node = (class_type: string, inputs: Record<string, JsonValue>, title?: string): ApiNode => ({
  class_type,
  inputs,
  ...(title === undefined ? {} : { _meta: { title } }),
});
const encode = (text: JsonValue, title?: string) => node("CLIPTextEncode", { text, clip: ["1", 1] }, title);
const sampler = (positive: JsonValue, negative: JsonValue) => node("KSampler", { positive, negative, seed: 1 });

const typesOf = (graph: ApiGraph, definitions?: NodeDefinitions) =>
  Object.fromEntries(
    detectSlots(graph, definitions).map((slot) => [`${slot.nodeId}.${slot.inputName}`, slot.slotType]),
  );
const slotOf = (graph: ApiGraph, nodeId: string): DetectedSlot | undefined =>
  detectSlots(graph).find((slot) => slot.nodeId === nodeId);

describe("polarity", () => {
  test("wires decide, even against the title", () => {
    const graph = {
      2: encode("a", "Negative"),
      3: encode("b", "Positive"),
      4: sampler(["2", 0], ["3", 0]),
    };
    expect(typesOf(graph)).toEqual({ "2.text": "POSITIVE", "3.text": "NEGATIVE" });
  });

  test("each side is followed through chains of nodes that have both", () => {
    const graph = {
      2: encode("a"),
      3: encode("b"),
      4: node("ControlNetApplyAdvanced", { positive: ["2", 0], negative: ["3", 0], image: ["9", 0] }),
      5: node("WanImageToVideo", { positive: ["4", 0], negative: ["4", 1], length: 81 }),
      6: node("LTXVConditioning", { positive: ["5", 0], negative: ["5", 1] }),
      // Wired crosswise on purpose: it is where the wire ends that counts.
      7: sampler(["6", 1], ["6", 0]),
      9: node("LoadImage", { image: "a.png" }),
    };
    expect(typesOf(graph)).toEqual({ "2.text": "NEGATIVE", "3.text": "POSITIVE" });
  });

  test("combining, concatenating and areas pass it on; a second sampler on the picture of the first says nothing", () => {
    const graph = {
      2: encode("a"),
      3: encode("b"),
      4: encode("c"),
      5: node("ConditioningSetArea", { conditioning: ["2", 0] }),
      6: node("ConditioningCombine", { conditioning_1: ["5", 0], conditioning_2: ["3", 0] }),
      7: sampler(["6", 0], ["4", 0]),
      8: node("VAEDecode", { samples: ["7", 0] }),
      9: node("ControlNetApplyAdvanced", { positive: ["2", 0], negative: ["4", 0], image: ["8", 0] }),
      10: sampler(["9", 0], ["9", 1]),
    };
    expect(typesOf(graph)).toEqual({ "2.text": "POSITIVE", "3.text": "POSITIVE", "4.text": "NEGATIVE" });
  });

  test("a text that reaches the negative side only zeroed is not negative", () => {
    const graph = {
      2: encode("a"),
      3: node("ConditioningZeroOut", { conditioning: ["2", 0] }),
      4: sampler(["2", 0], ["3", 0]),
    };
    expect(typesOf(graph)).toEqual({ "2.text": "POSITIVE" });
  });

  test.each([
    ["BasicGuider", { conditioning: ["2", 0] }, "POSITIVE"],
    ["XlabsSampler", { neg_conditioning: ["2", 0] }, "NEGATIVE"],
    ["DualCFGGuider", { cond2: ["2", 0] }, "POSITIVE"],
    ["DualCFGGuider", { cond1: ["3", 0], negative: ["2", 0] }, "NEGATIVE"],
  ])("%s with %j makes the text %s", (className, inputs, expected) => {
    const graph = { 2: encode("a"), 3: encode("b"), 4: node(className, inputs) };
    expect(typesOf(graph)["2.text"]).toBe(expected);
  });

  test("where wires say both or nothing, the title does, and POSITIVE is the rest", () => {
    const graph = {
      2: encode("a", "my NEGATIVE words"),
      3: encode("b"),
      4: encode("c", "neg unused"),
      5: node("DualCFGGuider", { cond1: ["3", 0], cond2: ["2", 0], negative: ["2", 0] }),
    };
    expect(typesOf(graph)).toEqual({ "2.text": "NEGATIVE", "3.text": "POSITIVE", "4.text": "NEGATIVE" });
  });

  test("through a switch whose inputs have names of their own", () => {
    const graph = {
      2: encode("a"),
      3: encode("b"),
      4: node("AnySwitch", { any_1: ["3", 0] }),
      5: sampler(["2", 0], ["4", 0]),
    };
    expect(typesOf(graph)).toEqual({ "2.text": "POSITIVE", "3.text": "NEGATIVE" });
  });
});

describe("which inputs are slots", () => {
  test("all texts of encoders with several", () => {
    const graph = {
      1: node("CLIPTextEncodeSDXL", { text_g: "a", text_l: "b", width: 1024, clip: ["9", 0] }),
      2: node("CLIPTextEncodeFlux", { clip_l: "a", t5xxl: "b", guidance: 3.5, clip: ["9", 0] }),
      3: node("TextEncodeQwenImageEditPlus", { prompt: "a", clip: ["9", 0] }),
      4: node("WanVideoTextEncode", { positive_prompt: "a", negative_prompt: "b", t5: ["9", 0], device: "gpu" }),
      5: node("Some Loader", { positive: "a", negative: "b", clip: ["9", 0] }),
      9: node("CLIPLoader", { clip_name: "x" }),
    };
    expect(typesOf(graph)).toEqual({
      "1.text_g": "POSITIVE",
      "1.text_l": "POSITIVE",
      "2.clip_l": "POSITIVE",
      "2.t5xxl": "POSITIVE",
      "3.prompt": "POSITIVE",
      "4.negative_prompt": "NEGATIVE",
      "4.positive_prompt": "POSITIVE",
      "5.negative": "NEGATIVE",
      "5.positive": "POSITIVE",
    });
  });

  test("with node definitions, any multiline text of a node that makes conditioning", () => {
    const definitions: NodeDefinitions = {
      StoryBoard: {
        input: { required: { scene: ["STRING", { multiline: true }], name: ["STRING", {}] } },
        output: ["CONDITIONING"],
      },
      Joiner: { input: { required: { text: ["STRING", { multiline: true }] } }, output: ["STRING"] },
    };
    const graph = { 1: node("StoryBoard", { scene: "a", name: "b" }), 2: node("Joiner", { text: "c" }) };
    expect(typesOf(graph, definitions)).toEqual({ "1.scene": "POSITIVE" });
  });

  test("labels count per polarity in natural order of node id", () => {
    const graph = { 10: encode("c"), 9: encode("a", "neg"), "57:8": encode("e"), 57: encode("d"), 2: encode("x") };
    expect(detectSlots(graph).map((slot) => [slot.nodeId, slot.label, slot.sortOrder])).toEqual([
      ["2", "Positive Prompt 1", 0],
      ["9", "Negative Prompt 1", 1],
      ["10", "Positive Prompt 2", 2],
      ["57", "Positive Prompt 3", 3],
      ["57:8", "Positive Prompt 4", 4],
    ]);
  });

  test("a title is a description only when a person set it", () => {
    const graph = { 2: encode("a", "Hero shot"), 3: encode("b", "CLIP Text Encode (Prompt)"), 4: encode("c") };
    expect(detectSlots(graph).map((slot) => slot.description)).toEqual(["Hero shot", null, null]);
  });
});

describe("linked texts", () => {
  const through = (source: Record<string, ApiNode>): ApiGraph => ({ 2: encode(["3", 0]), ...source });

  test.each<[string, Record<string, ApiNode>, string | null]>([
    ["a primitive", { 3: node("PrimitiveStringMultiline", { value: "hello" }) }, "hello"],
    [
      "a chain of string nodes",
      {
        3: node("Reroute", { "": ["4", 0] }),
        4: node("String Literal", { string: ["5", 0] }),
        5: node("Text Multiline", { text: "deep" }),
      },
      "deep",
    ],
    [
      "a node that shows the text",
      { 3: node("ShowText|pysssss", { text: ["4", 0], text_0: "old" }), 4: node("CR Prompt Text", { prompt: "new" }) },
      "new",
    ],
    ["a concatenation", { 3: node("StringConcatenate", { string_a: "a", string_b: "b", delimiter: "" }) }, null],
    ["an LLM", { 3: node("OllamaGenerateV2", { prompt: "write a prompt", system: "you are" }) }, null],
    ["a node that changes the text", { 3: node("StringTrim", { string: "a", mode: "Both" }) }, null],
    ["a number", { 3: node("PrimitiveInt", { value: 3 }) }, null],
  ])("over %s", (_, source, expected) => {
    expect(slotOf(through(source), "2")).toMatchObject({ defaultText: expected, isLinked: true });
  });

  test("a literal is not linked, the empty one included", () => {
    expect(slotOf({ 2: encode("") }, "2")).toMatchObject({ defaultText: "", isLinked: false });
  });
});

test("a graph of 2,000 nodes in one chain is traced to its end in reasonable time", () => {
  const graph: ApiGraph = { 0: encode("a"), last: node("BasicGuider", { conditioning: ["1998", 0] }) };
  for (let i = 1; i < 1999; i++) graph[String(i)] = node("ConditioningSetArea", { conditioning: [String(i - 1), 0] });
  expect(typesOf(graph)).toEqual({ "0.text": "POSITIVE" });
});
