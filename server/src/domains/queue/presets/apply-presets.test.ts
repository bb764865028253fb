import { savePreset } from "#domains/presets/presets.service.ts";
import { saveResolution } from "#domains/presets/resolution-presets.service.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
let workflowId: string;
beforeAll(async () => {
  studio = await startQueueStudio({ roles: { worker: false } });
  workflowId = await studio.workflow("Picture", pictureGraph);
  await saveResolution(studio.deps, studio.admin, { name: "Poster", width: 96, height: 160, overwrite: false });
});
afterAll(() => studio[Symbol.asyncDispose]());

const keep = (name: string, kind: "PROMPT" | "SETTINGS", content: object, promptPresetId?: string) =>
  savePreset(studio.deps, studio.admin, {
    kind,
    category: "IMAGE_GEN",
    name,
    content,
    promptPresetId,
    overwrite: true,
  });
const apply = async (presetIds: string[], viewer = studio.admin) =>
  (
    await studio.execute(
      `query ($workflowId: ID!, $presetIds: [ID!]!) { applyPresets(workflowId: $workflowId, presetIds: $presetIds) {
        params settings leftOut { name reason } } }`,
      { workflowId: encodeId("Workflow", workflowId), presetIds: presetIds.map((id) => encodeId("Preset", id)) },
      { viewer },
    )
  ).applyPresets;

test("settings come with their prompts, later presets lie on top, and a submit takes what comes out", async () => {
  const words = await keep("Words", "PROMPT", { positive_prompt: "a boat", "3.text": "rain" });
  const base = await keep("Base", "SETTINGS", { params: { steps: 1 }, resolution: "poster", tries: 2 }, words.id);
  const more = await keep("More", "SETTINGS", { params: { steps: 3 }, seedMode: "FIXED", seed: 18446744073709551615n });
  const applied = await apply([base.id, more.id]);
  expect(applied).toEqual({
    params: { positive_prompt: "a boat", "3.text": "rain", steps: 3 },
    settings: { resolution: "poster", tries: 2, seedMode: "FIXED", seed: 18446744073709551615n },
    leftOut: [],
  });
  const { plannedRuns } = await submitJob(studio.deps, studio.admin, {
    workflowId,
    params: applied.params,
    ...applied.settings,
    dryRun: true,
  });
  expect(plannedRuns).toHaveLength(2);
  expect(plannedRuns[0]?.graph["4"]?.inputs).toMatchObject({ width: 96, height: 160 });
  expect(plannedRuns[0]?.graph["5"]?.inputs).toMatchObject({ seed: 2n ** 64n - 1n, steps: 3 });
});

test("what the workflow does not take is left out, and told of", async () => {
  const odd = await keep("Odd", "SETTINGS", {
    params: { steps: 0, motion: 4, positive_prompt: "kept" },
    resolution: "nowhere",
    tries: 1_000,
    stages: 3,
  });
  const { params, settings, leftOut } = await apply([odd.id]);
  expect([params, settings]).toEqual([{ positive_prompt: "kept" }, {}]);
  expect(leftOut.map(({ name }: { name: string }) => name).toSorted()).toEqual([
    "params.motion",
    "params.steps",
    "resolution",
    "stages",
    "tries",
  ]);
});

test("presets of others are not there", async () => {
  const own = await keep("Own", "PROMPT", {});
  await expect(apply([own.id], await studio.person("CREATOR"))).rejects.toMatchObject({
    kind: "NotFoundError",
    path: ["presetIds", "0"],
  });
});

test("a seed that a client keeps as its digits is a seed all the same", async () => {
  const kept = await keep("Digits", "SETTINGS", { seedMode: "FIXED", seed: "18446744073709551615" });
  expect(await apply([kept.id])).toMatchObject({
    settings: { seedMode: "FIXED", seed: 18446744073709551615n },
    leftOut: [],
  });
});
