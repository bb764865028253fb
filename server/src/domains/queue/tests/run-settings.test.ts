import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import type { SubmitInput } from "#domains/queue/submit/submit-input.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { parseJson } from "#lib/json.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const query = `query ($id: ID!) { job(id: $id) { runs(first: 10) { nodes {
  id seed inputAsset { id } settings { params changed resolution flipOrientation stages } } } } }`;

interface Read {
  id: string;
  seed: string;
  inputAsset: { id: string } | null;
  settings: {
    params: Record<string, unknown>;
    changed: string[];
    resolution: string | null;
    flipOrientation: boolean;
    stages: number | null;
  };
}

let studio: QueueStudio;
let pictures: string;
let portrait: string;
let walkOn: string;
let twoClips: string;

async function example(file: string): Promise<string> {
  const path = fileURLToPath(new URL(`../../../../../examples/workflows/${file}`, import.meta.url));
  const source = await readFile(path, "utf8");
  return (await importWorkflow(studio.deps, { name: file, source, removeOrphans: false })).workflow.id;
}

beforeAll(async () => {
  studio = await startQueueStudio();
  [portrait, walkOn, twoClips] = await Promise.all([
    example("lantern-portrait.yaml"),
    example("walk-on.yaml"),
    example("two-clips.yaml"),
  ]);
  pictures = await studio.workflow("Pictures", pictureGraph);
});
afterAll(() => studio[Symbol.asyncDispose]());

async function submitted(input: SubmitInput): Promise<Read[]> {
  const { jobIds } = await submitJob(studio.deps, studio.admin, { allowUnresolved: true, ...input });
  const { job } = await studio.execute(query, { id: encodeId("Job", jobIds[0] as string) });
  return job.runs.nodes;
}

/** The graphs of a run and of what is submitted with its settings, without their prefixes. */
async function twice(workflowId: string, { id, seed, inputAsset, settings }: Read) {
  const { graph } = (await studio.execute(`query ($id: ID!) { node(id: $id) { ... on Run { graph } } }`, { id })).node;
  const { params, changed, resolution, flipOrientation, stages } = settings;
  const { plannedRuns } = await submitJob(studio.deps, studio.admin, {
    workflowId,
    dryRun: true,
    allowUnresolved: true,
    params: Object.fromEntries(changed.map((key) => [key, params[key]])),
    seedMode: "FIXED",
    seed: BigInt(seed),
    flipOrientation,
    ...(resolution !== null && { resolution }),
    ...(stages !== null && { stages }),
    ...(inputAsset && { inputs: [{ assetId: inputAsset.id }] }),
  });
  const plain = (value: unknown) =>
    JSON.stringify(value, (key, each: unknown) =>
      key === "filename_prefix" ? "" : typeof each === "bigint" ? each.toString() : each,
    );
  const again = plannedRuns[0]?.graph;
  return { before: parseJson(plain(graph)), after: parseJson(plain(again)) };
}

test("a run's settings give its graph again: parameters, texts and another size", async () => {
  const [run] = await submitted({
    workflowId: pictures,
    params: { positive_prompt: "a heron in reeds", steps: 3 },
    seedMode: "FIXED",
    seed: 2n ** 63n,
    resolution: "128x96",
  });
  expect(run?.settings.params).toMatchObject({ "2.text": "a heron in reeds", steps: 3 });
  const { before, after } = await twice(pictures, run as Read);
  expect(after).toEqual(before);
});

test("a turned picture is turned again", async () => {
  const [run] = await submitted({ workflowId: pictures, flipOrientation: true });
  const { before, after } = await twice(pictures, run as Read);
  expect(before).toMatchObject({ "4": { inputs: { width: 32, height: 64 } } });
  expect(after).toEqual(before);
});

test("declared parameters, switches and sizes come back, too", async () => {
  const [run] = await submitted({ workflowId: portrait, resolution: "640x960" });
  const { before, after } = await twice(portrait, run as Read);
  expect(after).toEqual(before);
});

test("values of a single file are those of its run alone", async () => {
  const files = [
    encodeId("Asset", await studio.picture("one.png", "red")),
    encodeId("Asset", await studio.picture("two.png", "blue")),
  ] as const;
  const runs = await submitted({
    workflowId: walkOn,
    inputs: files.map((assetId) => ({ assetId })),
    perFileParams: { [files[1]]: { positive_prompt: "only the second" } },
  });
  const texts = runs.map(({ settings }) => JSON.stringify(settings.params).includes("only the second"));
  expect(texts).toEqual([false, true]);
  for (const run of runs) {
    const { before, after } = await twice(walkOn, run);
    expect(after).toEqual(before);
  }
});

test.each([1, 3])("%i stages with their own texts come back as so many stages", async (stages) => {
  const picture = encodeId("Asset", await studio.picture(`stages ${stages}.png`));
  const [run] = await submitted({
    workflowId: twoClips,
    inputs: [{ assetId: picture }],
    stages,
    params: { positive_prompt_stage1: "first", ...(stages > 2 && { positive_prompt_stage3: "third" }) },
  });
  expect(run?.settings).toMatchObject({
    stages,
    params: stages > 2 ? { positive_prompt_stage3: "third" } : {},
  });
  const { before, after } = await twice(twoClips, run as Read);
  expect(after).toEqual(before);
});
