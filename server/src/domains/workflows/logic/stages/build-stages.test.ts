import fc from "fast-check";
import { type ApiGraph, isLink, linksOf, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { buildGraph } from "#domains/workflows/logic/inject.ts";
import { discoverParameters } from "#domains/workflows/logic/parameters.ts";
import { emptyRecipe } from "#domains/workflows/logic/recipe.ts";
import { detectSlots } from "#domains/workflows/logic/slots.ts";
import { buildStages } from "#domains/workflows/logic/stages/build-stages.ts";
import { stageTemplateIssues } from "#domains/workflows/logic/stages/check-stage-template.ts";
import type { StageTemplate } from "#domains/workflows/logic/stages/stage-template.ts";
import { withStages } from "#domains/workflows/logic/stages/with-stages.ts";
import { findCycle } from "#domains/workflows/logic/topological-order.ts";
import { stringifyJson } from "#lib/json.ts";

const place = (nodeId: string, inputName: string): ParameterBinding => ({ nodeId, inputName });

/** So many stages: a prompt, a patched model that goes from stage to stage, a sampler, and the frames so far. */
function studio(held: number): { graph: ApiGraph; template: StageTemplate } {
  const graph: ApiGraph = {
    unet: { class_type: "UNETLoader", inputs: { unet_name: "a" } },
    clip: { class_type: "CLIPLoader", inputs: { clip_name: "b" } },
    vae: { class_type: "VAELoader", inputs: { vae_name: "c" } },
    start: { class_type: "LoadImage", inputs: { image: "example.png" } },
    negative: { class_type: "CLIPTextEncode", inputs: { text: "bad", clip: ["clip", 0] } },
  };
  const stages = Array.from({ length: held }, (_, index) => {
    const id = (name: string) => `${name}:${index + 1}`;
    const before = (name: string, output: string): [string, number] =>
      index === 0 ? [name, 0] : [`${output}:${index}`, 0];
    graph[id("text")] = { class_type: "CLIPTextEncode", inputs: { text: `clip ${index + 1}`, clip: ["clip", 0] } };
    graph[id("lora")] = {
      class_type: "LoraLoaderModelOnly",
      inputs: { lora_name: "x", strength_model: 1, model: before("unet", "lora") },
    };
    graph[id("video")] = {
      class_type: "WanImageToVideo",
      inputs: {
        length: 17,
        width: 64,
        height: 64,
        positive: [id("text"), 0],
        negative: ["negative", 0],
        vae: ["vae", 0],
        start_image: before("start", "last"),
      },
    };
    graph[id("sampler")] = {
      class_type: "KSampler",
      inputs: {
        seed: 5,
        steps: 4,
        model: [id("lora"), 0],
        positive: [id("video"), 0],
        negative: [id("video"), 1],
        latent_image: [id("video"), 2],
      },
    };
    graph[id("frames")] = { class_type: "VAEDecode", inputs: { samples: [id("sampler"), 0], vae: ["vae", 0] } };
    graph[id("last")] = {
      class_type: "ImageFromBatch",
      inputs: { image: [id("frames"), 0], batch_index: -1, length: 1 },
    };
    const names = ["text", "lora", "video", "sampler", "frames", "last"];
    return {
      nodes: names.map(id),
      inlets: [
        { ...place(id("lora"), "model"), port: "model" },
        { ...place(id("video"), "start_image"), port: "frame" },
      ],
      outlets: [
        { nodeId: id("lora"), output: 0, port: "model" },
        { nodeId: id("last"), output: 0, port: "frame" },
        { nodeId: id("frames"), output: 0, port: "frames" },
      ],
      prompts: [place(id("text"), "text")],
      seeds: [place(id("sampler"), "seed")],
    };
  });
  graph["save"] = {
    class_type: "SaveAnimatedWEBP",
    inputs: { fps: 16, filename_prefix: "a", images: [`frames:${held}`, 0] },
  };
  return { graph, template: { stages, seedStep: 1 } };
}

function staged(held: number, count: number) {
  const { graph, template } = studio(held);
  const slots = detectSlots(graph).map((slot) => ({ ...slot, id: `${slot.nodeId}.${slot.inputName}` }));
  const clips = template.stages.flatMap((stage) => stage.prompts);
  const recipe = { ...emptyRecipe, stageTemplate: template, clips };
  const parameters = discoverParameters(graph, undefined, slots);
  return withStages({ graph, slots, parameters, recipe }, count);
}
const counts = fc.record({ held: fc.integer({ min: 1, max: 4 }), count: fc.integer({ min: 1, max: 32 }) });
/** Of the 128 pairs about a third: each builds and reads graphs of up to two hundred nodes. */
const numRuns = 40;
const byKey = (parameters: WorkflowParameter[], key: string) => parameters.find((parameter) => parameter.key === key);

test("for 1 to 32 stages the graph is whole: no loose wire, no cycle, the same classes", () => {
  fc.assert(
    fc.property(counts, ({ held, count }) => {
      const { graph } = staged(held, count);
      expect(linksOf(graph).filter((link) => !nodeOf(graph, link.fromId))).toEqual([]);
      expect(findCycle(graph)).toBeNull();
      const classes = (of: ApiGraph) => [...new Set(Object.values(of).map((node) => node.class_type))].toSorted();
      expect(classes(graph)).toEqual(classes(studio(1).graph));
      expect(Object.values(graph).filter((node) => node.class_type === "KSampler")).toHaveLength(count);
      expect(Object.keys(graph)).toHaveLength(6 + count * 6);
    }),
    { numRuns },
  );
});

test("model and frame go from each stage to the next, and the end is the last stage's", () => {
  fc.assert(
    fc.property(counts, ({ held, count }) => {
      const { graph, recipe } = staged(held, count);
      const stages = recipe.stageTemplate?.stages ?? [];
      expect(stages).toHaveLength(count);
      for (const [index, stage] of stages.entries()) {
        for (const { nodeId, inputName, port } of stage.inlets) {
          const from = stages[index - 1]?.outlets.find((outlet) => outlet.port === port);
          const value = nodeOf(graph, nodeId)?.inputs[inputName];
          expect(value).toEqual(from ? [from.nodeId, from.output] : [port === "model" ? "unet" : "start", 0]);
        }
        // Nothing else of another stage.
        const own = new Set(stage.nodes);
        const inlets = new Set(stage.inlets.map(({ nodeId, inputName }) => `${nodeId}.${inputName}`));
        const others = new Set(stages.flatMap((each) => each.nodes).filter((id) => !own.has(id)));
        for (const id of stage.nodes) {
          for (const [name, value] of Object.entries(nodeOf(graph, id)?.inputs ?? {})) {
            if (isLink(value) && others.has(value[0])) expect(inlets).toContain(`${id}.${name}`);
          }
        }
      }
      const frames = stages.at(-1)?.outlets.find(({ port }) => port === "frames");
      expect(nodeOf(graph, "save")?.inputs.images).toEqual([frames?.nodeId, 0]);
    }),
    { numRuns },
  );
});

test("every stage has its prompt and seed, shared parameters go to all, and equal input gives equal bytes", () => {
  fc.assert(
    fc.property(counts, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), ({ held, count }, seed) => {
      const build = () => {
        const { graph, parameters, recipe, slots } = staged(held, count);
        expect(recipe.clips).toHaveLength(count);
        expect(new Set(slots.map((slot) => slot.id)).size).toBe(count + 1);
        expect(byKey(parameters, "steps")?.bindings).toHaveLength(count);
        const texts = (recipe.clips ?? []).map((clip, index) => ({ ...clip, text: `text ${index + 1}` }));
        const built = buildGraph({
          graph,
          parameters,
          recipe,
          paramValues: { steps: 9 },
          slotTexts: texts,
          seed,
          outputPrefix: "out",
        });
        for (const [index, stage] of (recipe.stageTemplate?.stages ?? []).entries()) {
          const [prompt, sampler] = [stage.prompts[0]?.nodeId, stage.seeds[0]?.nodeId];
          expect(nodeOf(built, prompt ?? "")?.inputs.text).toBe(`text ${index + 1}`);
          expect(BigInt(nodeOf(built, sampler ?? "")?.inputs.seed as number)).toBe((seed + BigInt(index)) % 2n ** 64n);
          expect(nodeOf(built, sampler ?? "")?.inputs.steps).toBe(9);
        }
        return stringifyJson(built);
      };
      expect(build()).toBe(build());
    }),
    { numRuns },
  );
});

test("as many stages as there are leave the graph as it is", () => {
  expect(staged(3, 3).graph).toEqual(studio(3).graph);
});

test("nodes may have any id, __proto__ as well", () => {
  const { graph, template } = studio(2);
  const note = { class_type: "Note", inputs: {} };
  const odd = Object.fromEntries([...Object.entries(graph), ["__proto__", note]]);
  expect(nodeOf(buildStages(odd, template, 3).graph, "__proto__")).toEqual(note);
});

describe("a template is refused that", () => {
  const change = (edit: (template: StageTemplate, graph: ApiGraph) => void): string[] => {
    const { graph, template } = studio(2);
    edit(template, graph);
    return stageTemplateIssues(graph, template).map((issue) => `${issue.path.join(".")}|${issue.message}`);
  };

  test("fits is not", () => {
    expect(change(() => undefined)).toEqual([]);
  });

  test.each<[string, (template: StageTemplate, graph: ApiGraph) => void, RegExp]>([
    ["has no stages", ({ stages }) => stages.splice(0), /at least one stage/],
    ["names a node that is gone", ({ stages }) => stages[0]?.nodes.push("99"), /Stage 1: there is no node 99/],
    [
      "has a prompt outside",
      ({ stages }) => stages[1]?.prompts.push(place("negative", "text")),
      /node negative under prompts is not one of/,
    ],
    [
      "has a prompt input that is not there",
      ({ stages }) => stages[1]?.prompts.push(place("text:2", "words")),
      /has no input words/,
    ],
    ["has a node in two stages", ({ stages }) => stages[1]?.nodes.push("text:1"), /in stage 1 and stage 2/],
    [
      "takes what nobody gives",
      ({ stages }) => stages[1]?.inlets.push({ ...place("video:2", "vae"), port: "vae" }),
      /takes "vae" from the stage before it/,
    ],
    [
      "leaves a wire out of a stage unnamed",
      ({ stages }) => stages[1]?.outlets.splice(2),
      /feeds images of node save: name it under outlets/,
    ],
    [
      "is not wired as it says",
      (_, graph) => ((graph["lora:2"] as ApiGraph[string]).inputs["model"] = ["unet", 0]),
      /is not linked to output 0 of node lora:1/,
    ],
    ["can't end with every stage", ({ stages }) => stages[0]?.outlets.splice(2), /has no outlet "frames"/],
  ])("%s", (_what, edit, message) => {
    expect(change(edit)[0]).toMatch(message);
  });
});
