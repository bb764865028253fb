import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { refreshMachine } from "#domains/machines/machines.service.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { decodeId, encodeId } from "#graphql/ids.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ simulators: [{}] });
});
afterAll(() => app[Symbol.asyncDispose]());

const parameterFields = `key label type default min max step options category isEdited bindings { nodeId inputName }
  ui { widget multiline placeholder help group order optionsSource visibleWhen { key equals } }`;
const errors = `... on ValidationError { code issues { path message } } ... on Error { code message path }`;
const parametersOf = async (id: string): Promise<any[]> =>
  (await app.execute(`query ($id: ID!) { workflow(id: $id) { parameters { ${parameterFields} } } }`, { id })).workflow
    .parameters;
const change = async (name: string, input: object, answer = "workflow { id }"): Promise<any> => {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const text = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Payload { ${answer} } ${errors} } }`;
  return (await app.execute(text, { input }))[name];
};
const update = (input: object) => change("updateWorkflowParameter", input, `parameter { ${parameterFields} }`);
const add = (input: object) => change("addWorkflowParameter", input, `parameter { ${parameterFields} }`);
const find = async (id: string, key: string) => (await parametersOf(id)).find((parameter) => parameter.key === key);

type Nodes = Record<string, { class_type: string; inputs: Record<string, unknown> }>;
const graph = (changes: Nodes = {}): Nodes => ({
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a.safetensors" } },
  "2": { class_type: "CLIPTextEncode", inputs: { text: "a boat", clip: ["1", 1] } },
  "3": { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["1", 1] } },
  "4": {
    class_type: "KSampler",
    inputs: {
      seed: 1,
      steps: 20,
      cfg: 7,
      model: ["1", 0],
      positive: ["2", 0],
      negative: ["3", 0],
      latent_image: ["5", 0],
    },
  },
  "5": { class_type: "EmptyLatentImage", inputs: { width: 64, height: 32, batch_size: 1 } },
  "6": {
    class_type: "KSampler",
    inputs: {
      seed: 2,
      steps: 8,
      cfg: 7,
      model: ["1", 0],
      positive: ["2", 0],
      negative: ["3", 0],
      latent_image: ["4", 0],
    },
  },
  ...changes,
});
const load = async (name: string, source: object) => {
  const { workflow, report } = await importWorkflow(app.deps, {
    name,
    source: JSON.stringify(source),
    removeOrphans: false,
  });
  return { id: encodeId("Workflow", workflow.id), report };
};
const planned = async (id: string, params: object = {}) => {
  const workflowId = decodeId("Workflow", id) as string;
  const { plannedRuns } = await submitJob(app.deps, app.admin, { workflowId, params, dryRun: true });
  return plannedRuns[0]?.graph;
};

describe("a parameter", () => {
  test("is changed field by field, and null takes away", async () => {
    const { id } = await load("Change", graph());
    const changed = await update({
      workflowId: id,
      key: "steps",
      label: "Effort",
      min: 4,
      max: 60,
      default: "30",
      category: "GENERATION",
      ui: { widget: "slider", help: "More is slower.", group: "Look" },
    });
    expect(changed.parameter).toMatchObject({
      key: "steps",
      label: "Effort",
      type: "INT",
      default: 30,
      min: 4,
      max: 60,
      category: "GENERATION",
      isEdited: true,
      ui: { widget: "slider", help: "More is slower.", group: "Look" },
    });
    expect((await update({ workflowId: id, key: "steps", max: null, ui: { help: null } })).parameter).toMatchObject({
      label: "Effort",
      min: 4,
      max: null,
      ui: { help: null, group: "Look", widget: "slider" },
    });
  });

  test("whose default was edited is written when nobody gives a value, and checks against its new bounds", async () => {
    const { id } = await load("Default", graph());
    await update({ workflowId: id, key: "steps", default: 30, max: 40 });
    expect((await planned(id))?.["6"]?.inputs["steps"]).toBe(8);
    expect((await planned(id))?.["4"]?.inputs["steps"]).toBe(30);
    await expect(planned(id, { steps: 41 })).rejects.toThrow("41 is outside 1 to 40");
  });

  test("can be added for any input, removed, and brought back", async () => {
    const { id } = await load("Add", graph());
    const { parameter } = await add({
      workflowId: id,
      key: "second_steps",
      type: "INT",
      bindings: [{ nodeId: "6", inputName: "steps" }],
      min: 1,
      max: 20,
      ui: { visibleWhen: { key: "cfg", equals: 7 } },
    });
    expect(parameter).toMatchObject({
      label: "Second steps",
      default: null,
      ui: { widget: "number", visibleWhen: { key: "cfg", equals: 7 } },
    });
    expect(await find(id, "steps_2")).toBeUndefined();
    expect((await planned(id, { second_steps: 3 }))?.["6"]?.inputs["steps"]).toBe(3);
    await change("removeWorkflowParameter", { workflowId: id, key: "second_steps" });
    await change("removeWorkflowParameter", { workflowId: id, key: "steps" });
    expect([await find(id, "second_steps"), await find(id, "steps")]).toEqual([undefined, undefined]);
    expect((await find(id, "steps_2"))?.default).toBe(8);
    await change("resetWorkflowParameters", { workflowId: id, keys: ["steps"] });
    expect((await find(id, "steps"))?.default).toBe(20);
  });

  test("stands where it was put, and all are as they were found after a reset", async () => {
    const { id } = await load("Order", graph());
    const before = await parametersOf(id);
    await change("reorderWorkflowParameters", { workflowId: id, keys: ["cfg", "width"] });
    const after = await parametersOf(id);
    expect(after.slice(0, 2).map((parameter) => parameter.key)).toEqual(["cfg", "width"]);
    expect(after.map((parameter) => [parameter.ui.order, parameter.isEdited])).toEqual(
      after.map((_, index) => [index, false]),
    );
    await update({ workflowId: id, key: "cfg", label: "X" });
    await change("resetWorkflowParameters", { workflowId: id });
    expect(await parametersOf(id)).toEqual(before);
  });

  test.each<[string, object, string[], RegExp]>([
    ["a key that nobody has", { key: "stepz", label: "x" }, ["key"], /not found/],
    [
      "a node that is not there",
      { key: "steps", bindings: [{ nodeId: "40", inputName: "steps" }] },
      ["bindings", "0", "nodeId"],
      /no node 40/,
    ],
    [
      "an input that is not there",
      { key: "steps", bindings: [{ nodeId: "4", inputName: "stepz" }] },
      ["bindings", "0", "inputName"],
      /near it are steps/,
    ],
    ["a default out of range", { key: "steps", max: 10, default: 11 }, ["default"], /11 is outside 1 to 10/],
    ["bounds upside down", { key: "steps", min: 9, max: 3 }, ["min"], /above max/],
    ["a type that the default does not suit", { key: "sampler_name", type: "INT" }, ["key"], /not found/],
    ["a select without options", { key: "cfg", type: "SELECT" }, ["options"], /needs options/],
    ["a widget that is none", { key: "cfg", ui: { widget: "dial" } }, ["ui", "widget"], /must be one of/],
    [
      "a list that no machine has",
      { key: "cfg", ui: { optionsSource: "wishes" } },
      ["ui", "optionsSource"],
      /list of a machine/,
    ],
    [
      "a condition on nothing",
      { key: "cfg", ui: { visibleWhen: { key: "mood", equals: 1 } } },
      ["ui", "visibleWhen", "key"],
      /no other parameter mood/,
    ],
    ["a NUL in its label", { key: "cfg", label: "a\u0000" }, ["label"], /NUL/],
  ])("is not changed by %s", async (_what, input, path, message) => {
    const { id } = await load("Refuse", graph());
    const before = await parametersOf(id);
    const answer = await update({ workflowId: id, ...input });
    expect(answer).toMatchObject({ path, message: expect.stringMatching(message) });
    expect(await parametersOf(id)).toEqual(before);
  });

  test("is not added under a key that is taken, or is none", async () => {
    const { id } = await load("Taken", graph());
    const bindings = [{ nodeId: "4", inputName: "cfg" }];
    expect(await add({ workflowId: id, key: "steps", type: "FLOAT", bindings })).toMatchObject({
      __typename: "ConflictError",
      path: ["key"],
    });
    expect(await add({ workflowId: id, key: "4.cfg", type: "FLOAT", bindings })).toMatchObject({
      __typename: "ValidationError",
      path: ["key"],
    });
    expect(await add({ workflowId: id, key: "__proto__", type: "FLOAT", bindings })).toMatchObject({
      __typename: "ValidationError",
      path: ["key"],
    });
    expect(
      await add({
        workflowId: encodeId("Workflow", "0197c000-0000-7000-8000-000000000000"),
        key: "x",
        type: "FLOAT",
        bindings,
      }),
    ).toMatchObject({
      __typename: "NotFoundError",
      path: ["workflowId"],
    });
  });

  test("that is a prompt has the default of its slot", async () => {
    const { id } = await load("Prompt", graph());
    const bindings = [{ nodeId: "2", inputName: "text" }];
    expect(await add({ workflowId: id, key: "scene", type: "TEXT", bindings, default: "x" })).toMatchObject({
      path: ["default"],
    });
    await add({ workflowId: id, key: "scene", type: "TEXT", bindings });
    expect((await planned(id, { scene: "dusk" }))?.["2"]?.inputs["text"]).toBe("dusk");
  });

  test("edited twice at once keeps both edits", async () => {
    const { id } = await load("Twice", graph());
    await Promise.all([
      update({ workflowId: id, key: "cfg", label: "One" }),
      update({ workflowId: id, key: "steps", label: "Two" }),
      load("Twice", graph({ "7": { class_type: "SaveImage", inputs: { filename_prefix: "x", images: ["6", 0] } } })),
    ]);
    expect([(await find(id, "cfg"))?.label, (await find(id, "steps"))?.label]).toEqual(["One", "Two"]);
  });
});

describe("re-import", () => {
  test("keeps edits by their inputs, also where keys are counted anew", async () => {
    const { id } = await load("Reimport", graph());
    await update({ workflowId: id, key: "steps_2", label: "Refiner steps", max: 30 });
    const { report } = await load(
      "Reimport",
      graph({
        "4": { class_type: "Note", inputs: {} },
        "6": { ...graph()["6"], inputs: { ...graph()["6"]?.inputs, latent_image: ["5", 0] } } as never,
      }),
    );
    expect(report.parametersOrphaned).toEqual([]);
    expect(await find(id, "steps_2")).toMatchObject({ label: "Refiner steps", max: 30, bindings: [{ nodeId: "6" }] });
    expect(await find(id, "steps")).toBeUndefined();
  });

  test("tells of edits that have lost their inputs, and knows them again when they come back", async () => {
    const { id } = await load("Lost", graph());
    await update({ workflowId: id, key: "steps_2", label: "Refiner steps" });
    await add({ workflowId: id, key: "wide", type: "INT", bindings: [{ nodeId: "5", inputName: "width" }] });
    const {
      "6": _sampler,
      "5": _latent,
      ...less
    } = graph({
      "4": { class_type: "KSampler", inputs: { seed: 1, steps: 20, positive: ["2", 0], negative: ["3", 0] } },
    });
    const { report } = await load("Lost", less);
    expect(report.parametersOrphaned).toEqual([
      { key: "steps_2", label: "Refiner steps", missing: [{ nodeId: "6", inputName: "steps" }] },
      { key: "wide", label: "Wide", missing: [{ nodeId: "5", inputName: "width" }] },
    ]);
    await load("Lost", graph());
    expect([(await find(id, "steps_2"))?.label, (await find(id, "wide"))?.label]).toEqual(["Refiner steps", "Wide"]);
  });
});

test("options come from the machines of the pool, and what they offer now may be submitted", async () => {
  const { id } = await load("Options", graph());
  expect((await find(id, "ckpt_name"))?.options).toBeNull();
  const machine = await app.deps.db.prisma.machine.findFirstOrThrow();
  await refreshMachine(app.deps, machine.id);
  const { options, ui } = await find(id, "ckpt_name");
  expect([ui.widget, ui.optionsSource]).toEqual(["select", "checkpoints"]);
  expect(options.length).toBeGreaterThan(0);
  const nowhere = await app.execute(
    `query ($id: ID!) { workflow(id: $id) { parameters { key options(pool: "nowhere") } } }`,
    { id },
  );
  expect(nowhere.workflow.parameters.find((each: { key: string }) => each.key === "ckpt_name").options).toBeNull();
  await update({ workflowId: id, key: "ckpt_name", options: ["old.safetensors"] });
  expect((await planned(id, { ckpt_name: options[0] }))?.["1"]?.inputs["ckpt_name"]).toBe(options[0]);
  await expect(planned(id, { ckpt_name: "nobody-has-this" })).rejects.toThrow("is not one of");
});

describe("a stage template", () => {
  const fields = `workflow { id } isNewVersion version { number stageTemplate { seedMode maxStages stages { nodes inlets { port nodeId inputName } outlets { port nodeId output } prompts { nodeId } seeds { inputName } } } clips { key label nodeId } }`;
  const set = (input: object) => change("setStageTemplate", input, fields);
  const stage = {
    nodes: ["4"],
    inlets: [{ port: "latent", nodeId: "4", inputName: "latent_image" }],
    outlets: [{ port: "latent", nodeId: "4" }],
    seeds: [{ nodeId: "4", inputName: "seed" }],
  };

  test("is declared as a new version, and taken away by going back to the old one", async () => {
    const { id } = await load("Stages", graph());
    const first = await set({ workflowId: id, template: { stages: [stage], seedMode: "INCREMENT" } });
    expect(first).toMatchObject({
      isNewVersion: true,
      version: {
        number: 2,
        stageTemplate: { seedMode: "INCREMENT", maxStages: 32, stages: [{ nodes: ["4"], outlets: [{ output: 0 }] }] },
      },
    });
    const workflowId = decodeId("Workflow", id) as string;
    const { plannedRuns } = await submitJob(app.deps, app.admin, {
      workflowId,
      stages: 3,
      seedMode: "FIXED",
      seed: 5n,
      dryRun: true,
    });
    const built = plannedRuns[0]?.graph;
    expect([built?.["4_stage3"]?.inputs["seed"], built?.["6"]?.inputs["latent_image"]]).toEqual([7, ["4_stage3", 0]]);
    expect(await set({ workflowId: id, template: { stages: [stage], seedMode: "INCREMENT" } })).toMatchObject({
      isNewVersion: false,
      version: { number: 2 },
    });
    expect(await set({ workflowId: id, template: null })).toMatchObject({
      isNewVersion: false,
      version: { number: 1, stageTemplate: null },
    });
  });

  test("that does not fit is refused with the stage", async () => {
    const { id } = await load("Misfit", graph());
    expect(await set({ workflowId: id, template: { stages: [{ ...stage, nodes: ["40"] }] } })).toMatchObject({
      code: "STAGE_TEMPLATE",
      path: ["template", "stages", "0", "nodes"],
    });
    expect(await set({ workflowId: id, template: { stages: [{ ...stage, outlets: [] }] } })).toMatchObject({
      code: "STAGE_TEMPLATE",
    });
  });
});

test("a definition shows its form, clips and timing", async () => {
  const source = await readFile(
    fileURLToPath(new URL("../../../examples/workflows/two-clips.yaml", import.meta.url)),
    "utf8",
  );
  const { workflow } = await importWorkflow(app.deps, { name: "Film", source, removeOrphans: false });
  const { workflow: film } = await app.execute(
    `query ($id: ID!) { workflow(id: $id) { category inputKind clips { number label key nodeId } timing { fps framesPerStage durationSecs }
      stageTemplate { stages { nodes } } currentVersion { timing { fps } clips { key } } parameters { key label ui { order } } } }`,
    { id: encodeId("Workflow", workflow.id) },
  );
  expect(film).toMatchObject({
    category: "VIDEO_GEN",
    inputKind: "IMAGE",
    clips: [
      { number: 1, label: "Clip 1", key: "positive_prompt_stage1", nodeId: "10" },
      { number: 2, label: "Clip 2", key: "positive_prompt_stage2", nodeId: "20" },
    ],
    timing: { fps: 16, framesPerStage: 17, durationSecs: 34 / 16 },
    currentVersion: { timing: { fps: 16 }, clips: [{}, {}] },
  });
  expect(film.parameters.slice(0, 3).map((parameter: { label: string }) => parameter.label)).toEqual([
    "Input image",
    "Clip 1",
    "Clip 2",
  ]);
});

test("importing the same definition again makes no version; another default does", async () => {
  const definition = (steps: number) =>
    JSON.stringify({
      name: "Again",
      description: "x",
      template_inline: graph(),
      parameters: { steps: { type: "int", default: steps, nodes: ["4"], field: "steps" } },
    });
  const load = (source: string) => importWorkflow(app.deps, { name: "Again", source, removeOrphans: false });
  const first = await load(definition(10));
  expect(first.workflow.description).toBe("x");
  expect([(await load(definition(10))).isNewVersion, (await load(definition(11))).version.number]).toEqual([false, 2]);
});

test("a definition may name a workflow as its template", async () => {
  await load("Base graph", graph());
  const source =
    "name: On top\ntemplate: graphs/Base graph.json\nparameters: {effort: {type: int, nodes: 4, field: steps}}";
  const { workflow, version } = await importWorkflow(app.deps, { name: "On top", source, removeOrphans: false });
  expect(version.number).toBe(1);
  expect((await parametersOf(encodeId("Workflow", workflow.id)))[0]).toMatchObject({ key: "effort", default: 20 });
  await expect(
    importWorkflow(app.deps, { name: "X", source: "template: Nobody\nparameters: {}", removeOrphans: false }),
  ).rejects.toMatchObject({
    code: "WORKFLOW_SOURCE",
    path: ["source", "template"],
  });
});
