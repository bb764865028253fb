import {
  overlayParams,
  type ParamTargets,
  resolveParams,
  withDefaults,
} from "#domains/queue/logic/build/resolve-params.ts";
import type { AddressableSlot } from "#domains/queue/logic/build/slot-addresses.ts";
import type { ParameterType, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";

const parameter = (key: string, type: ParameterType, changes: Partial<WorkflowParameter> = {}): WorkflowParameter => ({
  key,
  label: key,
  type,
  default: null,
  min: null,
  max: null,
  step: null,
  options: null,
  category: "quality",
  bindings: [{ nodeId: "3", inputName: key }],
  ui: {
    widget: "text",
    multiline: false,
    placeholder: null,
    help: null,
    group: null,
    order: 0,
    optionsSource: null,
    visibleWhen: null,
  },
  ...changes,
});
const slot = (id: string, nodeId: string, changes: Partial<AddressableSlot> = {}): AddressableSlot => ({
  id,
  nodeId,
  inputName: "text",
  label: `Prompt ${id}`,
  slotType: "POSITIVE",
  sortOrder: 0,
  isUserEditable: true,
  ...changes,
});
const targets: ParamTargets = {
  parameters: [
    parameter("steps", "INT", { min: 1, max: 100, default: 20 }),
    parameter("cfg", "FLOAT", { min: 0, max: 30, default: 7.5 }),
    parameter("tiled", "BOOLEAN", { default: false }),
    parameter("sampler_name", "SELECT", { options: ["euler", "heun"], default: "euler" }),
    parameter("factor", "SELECT", { options: ["2", "4"], default: 2 }),
    parameter("title", "TEXT", { default: "none" }),
    parameter("seed", "SEED", { default: 5 }),
    parameter("input_image_2", "IMAGE"),
    parameter("look", "TEXT", { bindings: [{ nodeId: "6", inputName: "text" }], default: "old" }),
  ],
  slots: [slot("p", "6"), slot("n", "57:8", { slotType: "NEGATIVE", sortOrder: 1 })],
  clips: null,
};
const resolve = (params: JsonObject, on: ParamTargets = targets) => resolveParams(on, params);
const messagesOf = (params: JsonObject, on?: ParamTargets) => resolve(params, on).issues.map((issue) => issue.message);
const textsOf = (params: JsonObject, on?: ParamTargets) =>
  resolve(params, on).resolved.slotTexts.map((text) => [text.nodeId, text.text]);

test.each<[string, JsonValue, JsonValue]>([
  ["steps", "30", 30],
  ["steps", 30.0, 30],
  ["cfg", "6.5", 6.5],
  ["cfg", 6, 6],
  ["tiled", "yes", true],
  ["tiled", 0, false],
  ["sampler_name", "heun", "heun"],
  ["factor", "4", 4],
  ["title", 12, "12"],
])("%s given as %j becomes %j", (key, given, expected) => {
  expect(resolve({ [key]: given })).toMatchObject({ resolved: { values: { [key]: expected } }, issues: [] });
});

test.each<[string, JsonValue, string]>([
  ["steps", 101, "steps: 101 is outside 1 to 100."],
  ["steps", "1.5", "steps: 1.5 is not a whole number."],
  ["steps", "many", 'steps: "many" is not a number.'],
  ["steps", "", 'steps: "" is not a number.'],
  ["steps", true, "steps: true is not a number."],
  ["cfg", "Infinity", 'cfg: "Infinity" is not a number.'],
  ["tiled", "maybe", 'tiled: "maybe" is neither true nor false.'],
  ["sampler_name", "eulr", 'sampler_name: "eulr" is not one of euler, heun.'],
  ["title", ["a"], "title: a list is not a text."],
  ["seed", -1, "seed: -1 is outside 0 to 18446744073709551615."],
  ["seed", 1.5, "seed: 1.5 is not a whole number."],
  ["seed", "18446744073709551616", 'seed: "18446744073709551616" is outside 0 to 18446744073709551615.'],
  ["input_image_2", 5, "input_image_2: 5 is not the id of an asset."],
  ["stpes", 5, "stpes: is not a parameter of this workflow; near it are steps."],
  ["constructor", 5, "constructor: is not a parameter of this workflow."],
])("%s given as %j is refused with the bounds", (key, given, message) => {
  expect(messagesOf({ [key]: given })).toEqual([message]);
});

test("all mistakes are told at once, each with its key as path", () => {
  expect(resolve({ steps: 0, cfg: "x", nope: 1 }).issues.map((issue) => issue.path)).toEqual([
    ["steps"],
    ["cfg"],
    ["nope"],
  ]);
});

test("seeds are exact to 64 bits, media take asset ids, null is not given", () => {
  expect(resolve({ seed: "18446744073709551615", input_image_2: "a1", steps: null }).resolved).toEqual({
    values: {},
    slotTexts: [],
    assetIds: { input_image_2: "a1" },
    seed: 2n ** 64n - 1n,
  });
});

describe("prompts", () => {
  test("the only slot of a polarity has the short name, and every slot its node and input", () => {
    expect(textsOf({ positive_prompt: "a", "57:8.text": "b" })).toEqual([
      ["6", "a"],
      ["57:8", "b"],
    ]);
    expect(textsOf({ negative_prompt: "c" })).toEqual([["57:8", "c"]]);
  });

  test("a text parameter bound to a slot's input is that slot, not a second value", () => {
    expect(resolve({ look: "new" }).resolved).toMatchObject({ values: {}, slotTexts: [{ slotId: "p", text: "new" }] });
    expect(messagesOf({ look: "new", positive_prompt: "new" })).toEqual([]);
    expect(messagesOf({ look: "new", positive_prompt: "other" })).toEqual([expect.stringContaining("given twice")]);
  });

  test("with two of a polarity the short name is unknown, and its like are named", () => {
    const on = { ...targets, slots: [slot("a", "6"), slot("b", "7")] };
    expect(messagesOf({ positive_prompt: "x" }, on)).toEqual([expect.stringContaining("not a parameter")]);
  });

  test("stages count from 1 in slot order", () => {
    const on = {
      ...targets,
      slots: [slot("b", "9", { sortOrder: 2 }), slot("a", "8", { sortOrder: 1 })],
      clips: ["8", "9"].map((nodeId) => ({ nodeId, inputName: "text" })),
    };
    expect(textsOf({ positive_prompt_stage1: "one", positive_prompt_stage2: "two" }, on)).toEqual([
      ["8", "one"],
      ["9", "two"],
    ]);
  });

  test("in a split workflow positive_prompt fills the stages that have no text of their own", () => {
    const on = {
      ...targets,
      slots: [slot("a", "8"), slot("b", "9", { sortOrder: 1 })],
      clips: ["9", "8"].map((nodeId) => ({ nodeId, inputName: "text" })),
    };
    expect(textsOf({ positive_prompt: "all", positive_prompt_stage1: "first" }, on)).toEqual([
      ["9", "first"],
      ["8", "all"],
    ]);
  });

  test("a text parameter bound to several slots is the text of each", () => {
    const both = parameter("scene", "TEXT", { bindings: ["6", "7"].map((nodeId) => ({ nodeId, inputName: "text" })) });
    const on = { ...targets, parameters: [both], slots: [slot("a", "6"), slot("b", "7")] };
    expect(textsOf({ scene: "dusk" }, on)).toEqual([
      ["6", "dusk"],
      ["7", "dusk"],
    ]);
  });

  test("a locked slot refuses a text", () => {
    const on = { ...targets, slots: [slot("p", "6", { isUserEditable: false })] };
    expect(messagesOf({ positive_prompt: "x" }, on)).toEqual(['positive_prompt: the prompt "Prompt p" is locked.']);
  });
});

test("edited defaults fill what was not given, but no seeds, media or prompts", () => {
  const edited = targets.parameters.map((each) => ({ ...each, isDefaultEdited: each.key !== "title" }));
  expect(withDefaults({ ...targets, parameters: edited }, resolve({ steps: 30 }).resolved).values).toEqual({
    steps: 30,
    cfg: 7.5,
    tiled: false,
    sampler_name: "euler",
    factor: 2,
  });
});

test("one file's values lie over the job's", () => {
  const job = resolve({ steps: 30, cfg: 5, positive_prompt: "all", negative_prompt: "none" }).resolved;
  const file = resolve({ steps: 40, positive_prompt: "this one", seed: 7 }).resolved;
  const both = overlayParams(job, file);
  expect(both).toMatchObject({ values: { steps: 40, cfg: 5 }, seed: 7n });
  expect(both.slotTexts.map((text) => text.text)).toEqual(["none", "this one"]);
  expect(job.values.steps).toBe(30);
});
