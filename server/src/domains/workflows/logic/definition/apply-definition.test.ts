import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { applyDefinition } from "#domains/workflows/logic/definition/apply-definition.ts";
import { readDefinition } from "#domains/workflows/logic/definition/read-definition.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";

const graph: ApiGraph = {
  1: { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a.safetensors" } },
  2: {
    class_type: "LoraLoader",
    inputs: { lora_name: "b", strength_model: 1, strength_clip: 0.5, model: ["1", 0], clip: ["1", 1] },
  },
  3: { class_type: "CLIPTextEncode", inputs: { text: "a boat", clip: ["2", 1] } },
  4: { class_type: "CLIPTextEncode", inputs: { text: "", clip: ["2", 1] } },
  5: {
    class_type: "KSampler",
    inputs: {
      seed: 1,
      steps: 20,
      cfg: 7,
      model: ["2", 0],
      positive: ["3", 0],
      negative: ["4", 0],
      latent_image: ["9", 0],
    },
  },
  6: {
    class_type: "KSamplerAdvanced",
    inputs: {
      noise_seed: 2,
      steps: 20,
      cfg: 7,
      model: ["2", 0],
      positive: ["3", 0],
      negative: ["4", 0],
      latent_image: ["5", 0],
    },
  },
  7: { class_type: "VAEDecode", inputs: { samples: ["6", 0], vae: ["1", 2] } },
  8: { class_type: "SaveImage", inputs: { filename_prefix: "x", images: ["7", 0] } },
  9: { class_type: "EmptyLatentImage", inputs: { width: 64, height: 64, batch_size: 1 } },
};
const apply = (yaml: string, definitions?: NodeDefinitions) => {
  const read = readDefinition(`template: T\n${yaml}`);
  if (read.kind !== "definition") throw new Error("that is no definition");
  return applyDefinition(graph, read.definition, definitions, read.placeOf);
};
const issuesOf = (yaml: string, definitions?: NodeDefinitions) => {
  try {
    apply(yaml, definitions);
  } catch (error) {
    if (error instanceof WorkflowSourceError) return error.issues;
    throw error;
  }
  return [];
};
const byKey = (parameters: readonly WorkflowParameter[]) =>
  Object.fromEntries(parameters.map((parameter) => [parameter.key, parameter]));
const bound = (parameter: WorkflowParameter | undefined) =>
  parameter?.bindings.map(({ nodeId, inputName }) => `${nodeId}.${inputName}`);

test("declared parameters come first and take their inputs from the discovered ones", () => {
  const { parameters } = apply("parameters: {speed: {type: int, nodes: [5], field: steps, max: 40, default: 12}}");
  const found = byKey(parameters);
  expect(parameters[0]).toMatchObject({ key: "speed", label: "Speed", default: 12, max: 40, ui: { order: 0 } });
  expect([bound(found.speed), bound(found.steps)]).toEqual([["5.steps"], ["6.steps"]]);
  expect(parameters.map(({ ui }) => ui.order)).toEqual(parameters.map((_, index) => index));
});

test("with discover: false there are the declared ones alone", () => {
  expect(
    apply("discover: false\nparameters: {cfg: {type: float, nodes: [5, 6], field: cfg}}").parameters,
  ).toMatchObject([{ key: "cfg", default: 7, bindings: [{ nodeId: "5" }, { nodeId: "6" }] }]);
});

test("several fields mean each on every node that has it, and a whole number for seeds is the seed", () => {
  const { parameters } = apply(
    "parameters: {seed: {type: int, default: -1, min: -1, nodes: [5, 6], fields: [seed, noise_seed]}}",
  );
  const { seed } = byKey(parameters);
  expect(bound(seed)).toEqual(["5.seed", "6.noise_seed"]);
  expect(seed).toMatchObject({ type: "SEED", min: 0, default: null });
});

test("declared defaults are what the graph says, prompts too", () => {
  const content = apply(
    "parameters: {look: {type: text, default: dusk, nodes: [3], field: text}, cfg: {type: float, default: '4.5', nodes: [5, 6], field: cfg}}",
  );
  expect([content.graph[3]?.inputs.text, content.graph[6]?.inputs.cfg, graph[3]?.inputs.text]).toEqual([
    "dusk",
    4.5,
    "a boat",
  ]);
  expect(content.slots.map((slot) => slot.defaultText)).toEqual(["dusk", ""]);
});

test("a LoRA group has a flag, and its name and strengths are shown while it is on", () => {
  const { parameters, recipe } = apply("lora_groups: {film look: {nodes: [2], default: false}}");
  expect(byKey(parameters).film_look_enabled).toMatchObject({
    type: "BOOLEAN",
    default: false,
    bindings: [],
    ui: { widget: "checkbox" },
  });
  expect(byKey(parameters).lora_name?.ui.visibleWhen).toEqual({ key: "film_look_enabled", equals: true });
  expect(recipe.loraGroups).toEqual([
    {
      flag: "film_look_enabled",
      nodes: [{ nodeId: "2", strengths: ["strength_model", "strength_clip"], passThrough: { 0: "model", 1: "clip" } }],
    },
  ]);
});

test("states may be listed without a name for their switch", () => {
  const { parameters, recipe } = apply("switch_states: {fast: {set: {'5': {steps: 4, cfg: 1}}}, slow: {}}");
  expect(byKey(parameters).state).toMatchObject({ type: "SELECT", options: ["fast", "slow"], default: "fast" });
  expect(recipe.switches[0]?.states[0]?.set).toEqual([
    { nodeId: "5", inputName: "steps", value: 4 },
    { nodeId: "5", inputName: "cfg", value: 1 },
  ]);
});

test("switches and states may be listed with their names", () => {
  const { recipe } = apply("switch_states: [{key: mode, states: [{name: fast, set: {5.steps: 4}}, {name: slow}]}]");
  expect(recipe.switches.map(({ key, states }) => [key, states.map(({ name }) => name)])).toEqual([
    ["mode", ["fast", "slow"]],
  ]);
});

test("bindings of the run go where they are said to go", () => {
  const { recipe, inputKind } = apply("file_bindings: {output_prefix: 8, seed: [5, '6.noise_seed']}");
  expect(recipe.outputPrefix).toEqual([{ nodeId: "8", inputName: "filename_prefix" }]);
  expect(recipe.seed).toEqual([
    { nodeId: "5", inputName: "seed" },
    { nodeId: "6", inputName: "noise_seed" },
  ]);
  expect(inputKind).toBe("NONE");
});

describe("what leads nowhere is refused with the place", () => {
  test.each([
    [
      "a node that is not there",
      "parameters: {x: {type: int, nodes: [50], field: steps}}",
      /parameters\.x: there is no node 50/,
    ],
    [
      "an input that is not there",
      "parameters: {x: {type: int, nodes: [5], field: stepz}}",
      /node 5 \(KSampler\) has no input stepz; near it are steps/,
    ],
    [
      "a field that no node has",
      "parameters: {x: {type: int, nodes: [5], fields: [steps, size]}}",
      /none of node 5 has an input size/,
    ],
    ["a parameter for nothing", "parameters: {x: {type: int}}", /parameters\.x: name the nodes/],
    ["a key that is none", "parameters: {'1x': {type: int, nodes: 5, field: steps}}", /must begin with a letter/],
    [
      "a default out of range",
      "parameters: {x: {type: int, max: 5, default: 9, nodes: 5, field: steps}}",
      /x: the default 9 is outside -∞ to 5/,
    ],
    [
      "a default that is no option",
      "parameters: {x: {type: select, options: [a], default: b, nodes: 5, field: steps}}",
      /"b" is not one of a/,
    ],
    ["a select of nothing", "parameters: {x: {type: select, nodes: 5, field: steps}}", /needs options/],
    [
      "a range upside down",
      "parameters: {x: {type: int, min: 5, max: 2, nodes: 5, field: steps}}",
      /min 5 is above max 2/,
    ],
    ["an input file that nothing takes", "input_type: image", /bind it with file_bindings\.load_image/],
    ["a loader that is not there", "file_bindings: {load_image: 77}", /file_bindings\.load_image: there is no node 77/],
    [
      "a state's input",
      "switch_states: {q: {states: {a: {set: {5.speed: 1}}}}}",
      /switch_states\.q\.a\.set\.5\.speed: node 5 .* has no input speed/,
    ],
    ["a default state", "switch_states: {q: {default: c, states: {a: {}}}}", /the default c is none of a/],
    [
      "a node that can't be bypassed",
      "switch_states: {q: {states: {a: {bypass: [7]}}}}",
      /node 7 \(VAEDecode\) can't be bypassed/,
    ],
    ["a LoRA that is not there", "lora_groups: {a: {nodes: [20]}}", /lora_groups\.a\.nodes: there is no node 20/],
    [
      "a flag that is a number",
      "parameters: {f: {type: int, nodes: 5, field: steps}}\nlora_groups: {a: {enable: f, nodes: [2]}}",
      /must be a bool/,
    ],
    [
      "a switch with the key of a parameter",
      "parameters: {q: {type: int, nodes: 5, field: steps}}\nswitch_states: {q: {states: {a: {}}}}",
      /key q is there twice/,
    ],
    [
      "a stage that takes nothing",
      "stage_template: {nodes: [5, 6], out: {latent: 6}}",
      /takes nothing from the one before/,
    ],
    [
      "a stage with an open wire",
      "stage_template: {nodes: [5], in: {latent: 5.latent_image}, out: {}}",
      /no outlet of this name/,
    ],
  ])("%s", (_what, yaml, message) => {
    expect(issuesOf(yaml)[0]?.message).toMatch(message);
    expect(issuesOf(yaml)[0]?.message).toMatch(/\(line \d+, column \d+\)\.$/);
  });

  test("muting what another node needs", () => {
    const definitions: NodeDefinitions = {
      VAEDecode: { input: { required: { samples: ["LATENT"], vae: ["VAE"] } }, output: ["IMAGE"] },
    };
    expect(issuesOf("switch_states: {q: {states: {a: {mute: [6]}}}}", definitions)[0]?.message).toMatch(
      /node 7 needs its samples/,
    );
    expect(issuesOf("switch_states: {q: {states: {a: {mute: [6, 7]}}}}", definitions)).toEqual([]);
  });
});
