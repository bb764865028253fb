import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import type { SubmitInput } from "#domains/queue/submit/submit-input.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
let portrait: string;
let walkOn: string;
let twoClips: string;
let picture: string;

async function example(file: string): Promise<string> {
  const path = fileURLToPath(new URL(`../../../../../examples/workflows/${file}`, import.meta.url));
  const source = await readFile(path, "utf8");
  const { workflow } = await importWorkflow(studio.deps, { name: file, source, removeOrphans: false });
  return workflow.id;
}

beforeAll(async () => {
  studio = await startQueueStudio();
  [portrait, walkOn, twoClips] = await Promise.all([
    example("lantern-portrait.yaml"),
    example("walk-on.yaml"),
    example("two-clips.yaml"),
  ]);
  picture = encodeId("Asset", await studio.picture("market.png"));
});
afterAll(() => studio[Symbol.asyncDispose]());

const plan = async (input: SubmitInput) =>
  (await submitJob(studio.deps, studio.admin, { dryRun: true, seedMode: "FIXED", seed: 42n, ...input })).plannedRuns;
const graphOf = async (input: SubmitInput): Promise<ApiGraph> => (await plan(input))[0]?.graph as ApiGraph;
const refused = (input: SubmitInput): Promise<unknown> =>
  submitJob(studio.deps, studio.admin, { dryRun: true, ...input }).then(
    () => null,
    (error: unknown) => error,
  );
const valueAt = (graph: ApiGraph, address: string): unknown => {
  const [nodeId = "", inputName = ""] = address.split(".");
  return graph[nodeId]?.inputs[inputName];
};
const values = (graph: ApiGraph, ...addresses: string[]) => addresses.map((address) => valueAt(graph, address));

describe("text to image", () => {
  test("two tries have the declared text, their own prefixes, and the seed in every bound sampler", async () => {
    const runs = await plan({ workflowId: portrait, tries: 2 });
    expect(runs.map((run) => run.outputPrefix)).toEqual([
      "lantern-portrait/prompt_try01",
      "lantern-portrait/prompt_try02",
    ]);
    for (const { graph, outputPrefix } of runs) {
      expect(values(graph, "2.text", "3.text")).toEqual([
        "portrait of a lantern seller at night, looking into the camera",
        "blurry, watermark",
      ]);
      expect(values(graph, "5.seed", "6.seed", "5.steps", "8.filename_prefix")).toEqual([42, 42, 24, outputPrefix]);
    }
  });

  test("a real submit stores the graphs that the dry run showed", async () => {
    const input: SubmitInput = {
      workflowId: portrait,
      tries: 2,
      seedMode: "FIXED",
      seed: 2n ** 64n - 1n,
      resolution: "64x48",
      params: { positive_prompt: "a courier", cfg: "9", quality: "draft" },
    };
    const planned = await plan(input);
    const { runs, status } = await studio.untilEnded(await studio.submit(input));
    expect(status).toBe("SUCCEEDED");
    expect(runs.map((run) => run.graph)).toEqual(planned.map((run) => run.graph));
    const [run] = planned;
    expect(values(run?.graph as ApiGraph, "2.text", "5.seed")).toEqual(["a courier", 2n ** 64n - 1n]);
    expect(runs.map((each) => each.files[0])).toEqual([
      expect.stringMatching(/lantern-portrait\/prompt_try01/),
      expect.stringMatching(/lantern-portrait\/prompt_try02/),
    ]);
  });

  test("a state sets several inputs and bypasses the second pass; what is given for the job wins over it", async () => {
    const draft = await graphOf({ workflowId: portrait, params: { quality: "draft" } });
    expect(draft["6"]).toBeUndefined();
    expect(values(draft, "7.samples", "5.steps", "5.cfg")).toEqual([["5", 0], 4, 2]);
    const hard = await graphOf({ workflowId: portrait, params: { quality: "draft", cfg: 12 } });
    expect(values(hard, "5.steps", "5.cfg")).toEqual([4, 12]);
  });

  test("a seed given as the parameter counts up over the tries", async () => {
    const runs = await plan({ workflowId: portrait, tries: 2, seedMode: "INCREMENT", params: { seed: 7 } });
    expect(runs.map((run) => valueAt(run.graph, "6.seed"))).toEqual([7, 8]);
  });

  test.each<[Record<string, unknown>, RegExp]>([
    [{ quality: "best" }, /quality: "best" is not one of draft, final/],
    [{ cfg: 99 }, /cfg: 99 is outside 1 to 15/],
    [{ sampler_name: "eulr" }, /not one of euler, heun/],
    [{ steps: 5 }, /steps: is not a parameter/],
  ])("%j is refused with the bounds", async (params, message) => {
    expect(await refused({ workflowId: portrait, params })).toMatchObject({
      message: expect.stringMatching(message),
    });
  });
});

describe("image to video", () => {
  const clip = (params: Record<string, unknown>) =>
    graphOf({ workflowId: walkOn, inputs: [{ assetId: picture }], params });

  test("a LoRA that is off is bypassed, for the model and for the text encoder", async () => {
    const asDeclared = await clip({});
    expect(asDeclared["11"]).toBeUndefined();
    expect(values(asDeclared, "8.model", "5.clip")).toEqual([
      ["10", 0],
      ["10", 1],
    ]);
    const none = await clip({ film_grain: "no" });
    expect([none["10"], none["11"]]).toEqual([undefined, undefined]);
    expect(values(none, "8.model", "5.clip", "6.clip")).toEqual([
      ["1", 0],
      ["2", 0],
      ["2", 0],
    ]);
    const both = await clip({ watercolour_enabled: true });
    expect(values(both, "8.model", "11.model", "10.model")).toEqual([
      ["11", 0],
      ["10", 0],
      ["1", 0],
    ]);
    const second = await clip({ film_grain: false, watercolour_enabled: true });
    expect(values(second, "8.model", "11.model", "5.clip")).toEqual([
      ["11", 0],
      ["1", 0],
      ["2", 0],
    ]);
  });

  test("runs on the machine, with its picture and flags for single files", async () => {
    const other = encodeId("Asset", await studio.picture("alley.png", "blue"));
    const id = await studio.submit({
      workflowId: walkOn,
      inputs: [{ assetId: picture }, { assetId: other }],
      resolution: "64x48",
      params: { steps: 1 },
      perFileParams: { "alley.png": { film_grain: false, positive_prompt: "rain" } },
    });
    const { runs, status } = await studio.untilEnded(id);
    expect(status).toBe("SUCCEEDED");
    expect(runs.map((run) => [run.outputPrefix, Object.hasOwn(run.graph, "10"), valueAt(run.graph, "5.text")])).toEqual(
      [
        ["walk-on/alley_try01", false, "rain"],
        ["walk-on/market_try01", true, "she turns her head and walks slowly into the crowd"],
      ],
    );
    expect(valueAt(runs[0]?.graph as ApiGraph, "4.image")).toMatch(/^callsheet\/[0-9a-f]{64}\.png$/);
  });
});

describe("split prompts", () => {
  const film = (input: Partial<SubmitInput>) =>
    graphOf({ workflowId: twoClips, inputs: [{ assetId: picture }], ...input });

  test("each clip has its text, its frames begin where the one before ended, seeds count on", async () => {
    const graph = await film({ params: { positive_prompt_stage1: "dawn", positive_prompt_stage2: "noon" } });
    expect(values(graph, "10.text", "20.text", "12.seed", "22.seed", "30.images")).toEqual([
      "dawn",
      "noon",
      42,
      43,
      ["25", 0],
    ]);
  });

  test("a job with three stages has one more clip at the end, and every clip has an address", async () => {
    const graph = await film({
      stages: 3,
      params: { positive_prompt: "as ever", positive_prompt_stage3: "night", length: 9 },
    });
    expect(values(graph, "10.text", "20.text", "20_stage3.text")).toEqual(["as ever", "as ever", "night"]);
    expect(values(graph, "21_stage3.start_image", "25_stage3.image1", "25_stage3.image2", "30.images")).toEqual([
      ["24", 0],
      ["25", 0],
      ["23_stage3", 0],
      ["25_stage3", 0],
    ]);
    expect(values(graph, "11.length", "21.length", "21_stage3.length", "22_stage3.seed")).toEqual([9, 9, 9, 44]);
  });

  test("a job with one stage has the first clip alone", async () => {
    const graph = await film({ stages: 1 });
    expect(Object.keys(graph).filter((id) => id.startsWith("2"))).toEqual(["2"]);
    expect(values(graph, "30.images", "10.text")).toEqual([["13", 0], "she looks up from her work"]);
  });

  test("four stages run on the machine, for each file with its own texts", async () => {
    const id = await studio.submit({
      workflowId: twoClips,
      inputs: [{ assetId: picture }],
      stages: 4,
      resolution: "64x48",
      params: { length: 5 },
      perFileParams: { "market.png": { positive_prompt_stage4: "the end" } },
    });
    const { runs, status } = await studio.untilEnded(id);
    expect(status).toBe("SUCCEEDED");
    expect(valueAt(runs[0]?.graph as ApiGraph, "20_stage4.text")).toBe("the end");
    expect(runs[0]?.prompts.map((prompt) => prompt.nodeId)).toEqual(["5", "10", "20", "20_stage3", "20_stage4"]);
  });

  test("stages are refused out of bounds, and where no template is declared", async () => {
    expect(await refused({ workflowId: twoClips, stages: 33 })).toMatchObject({ code: "STAGES_OUT_OF_RANGE" });
    expect(await refused({ workflowId: twoClips, stages: 0 })).toMatchObject({ code: "STAGES_OUT_OF_RANGE" });
    expect(await refused({ workflowId: portrait, stages: 2 })).toMatchObject({ code: "NO_STAGE_TEMPLATE" });
    const missing = await refused({ workflowId: twoClips, stages: 1, params: { positive_prompt_stage2: "gone" } });
    expect(missing).toMatchObject({ message: expect.stringContaining("positive_prompt_stage2: is not a parameter") });
  });
});
