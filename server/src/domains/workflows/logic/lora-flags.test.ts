import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { contentOfGraph } from "#domains/workflows/logic/definition/apply-definition.ts";
import { buildGraph } from "#domains/workflows/logic/inject.ts";
import type { JsonValue } from "#lib/json.ts";

const graph: ApiGraph = {
  1: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a" } },
  2: {
    class_type: "LoraLoader",
    inputs: { lora_name: "film", strength_model: 0.7, strength_clip: 0.7, model: ["1", 0], clip: ["1", 1] },
    _meta: { title: "Film look" },
  },
  3: { class_type: "LoraLoaderModelOnly", inputs: { lora_name: "grain", strength_model: 1, model: ["2", 0] } },
  4: { class_type: "CLIPTextEncode", inputs: { text: "a", clip: ["2", 1] } },
  5: { class_type: "KSampler", inputs: { seed: 1, model: ["3", 0], positive: ["4", 0] } },
  6: { class_type: "OddLoraStack", inputs: { strength: 1 } },
  7: { class_type: "OddLoraUser", inputs: { stack: ["6", 0] } },
};
const { parameters, recipe } = contentOfGraph(graph, undefined);
const build = (paramValues: Record<string, JsonValue>) =>
  buildGraph({ graph, parameters, recipe, paramValues, slotTexts: [], seed: null, outputPrefix: "out" });

test("every LoRA that can be taken out has a flag before its fields, which are shown while it is on", () => {
  expect(
    parameters.filter(({ ui }) => ui.group === "LoRA").map(({ key, label, ui }) => [key, label, ui.visibleWhen?.key]),
  ).toEqual([
    ["lora_enabled", "Film look", undefined],
    ["lora_name", "LoRA", "lora_enabled"],
    ["lora_enabled_2", "Use LoRA 2", undefined],
    ["lora_name_2", "LoRA 2", "lora_enabled_2"],
    ["lora_strength_model", "LoRA strength", "lora_enabled"],
    ["lora_strength_model_2", "LoRA strength 2", "lora_enabled_2"],
    ["lora_strength_clip", "LoRA strength on text", "lora_enabled"],
  ]);
  expect(parameters.map(({ ui }) => ui.order)).toEqual(parameters.map((_, index) => index));
});

test("nothing changes while all are on; one that is off is bypassed, whatever strength is given", () => {
  expect(build({})).toEqual(graph);
  const off = build({ lora_enabled: false, lora_strength_model: 2 });
  expect([off[2], off[3]?.inputs.model, off[4]?.inputs.clip]).toEqual([undefined, ["1", 0], ["1", 1]]);
});

test("one that can't be taken out has strength 0", () => {
  const stuck = { loraGroups: [{ flag: "odd", nodes: [{ nodeId: "6", strengths: ["strength"], passThrough: null }] }] };
  const built = buildGraph({
    graph,
    parameters,
    recipe: { ...recipe, ...stuck },
    paramValues: { odd: false },
    slotTexts: [],
    seed: null,
    outputPrefix: "out",
  });
  expect(built[6]?.inputs.strength).toBe(0);
});
