import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { encodeId } from "#graphql/ids.ts";
import { type ExecutionStudio, hasEnded, startExecutionStudio } from "#test/execution-studio.ts";
import { executed } from "#test/test-app.ts";

let studio: ExecutionStudio;
beforeAll(async () => {
  studio = await startExecutionStudio({ roles: { api: true, worker: true } });
});
afterAll(() => studio[Symbol.asyncDispose]());

const mutate = async (mutation: string, input: object, payload: string) => {
  const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const { result } = await studio.execute(
    `mutation ($input: ${type}Input!) { result: ${mutation}(input: $input) { __typename
       ... on ${type}Payload { ${payload} } ... on ValidationError { issues { path message } } ... on Error { code message path } } }`,
    { input },
  );
  return result;
};
const example = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../../../examples/workflows/${file}`, import.meta.url)), "utf8");
const textOf = async (jobId: string | null | undefined) =>
  (await studio.job(jobId ?? "")).runs.map(({ graph }) => graph["3"]?.inputs["text"]);

test("a branch becomes images of each scene, clips between the chosen ones, and a film of them", async () => {
  const { prisma } = studio.deps.db;
  const { branchId, inputAssetId } = await studio.story("Harbour Nights", ["Quay at dawn", "Ünder_the bridge", "夜"]);
  const started = await mutate(
    "startExecution",
    {
      branchId: encodeId("Branch", branchId),
      inputAssetId: encodeId("Asset", inputAssetId),
      images: { workflowId: encodeId("Workflow", studio.imageWorkflowId) },
      videos: { workflowId: encodeId("Workflow", studio.videoWorkflowId) },
      variants: 2,
      execId: "20261127_120000_abc123",
    },
    "execution { id execId story status folder inputHash }",
  );
  expect(started).toMatchObject({
    execution: { execId: "20261127_120000_abc123", story: "harbour-nights", status: "IMAGES" },
  });
  const { id } = await prisma.execution.findUniqueOrThrow({ where: { execId: "20261127_120000_abc123" } });
  const choosing = await studio.untilExecution(id, ({ status }) => status === "CHOOSING");
  expect(choosing.scenes.map(({ images }) => images.map(({ asset }) => asset?.filename))).toEqual([
    ["000_quay-at-dawn_00.png", "000_quay-at-dawn_01.png"],
    ["001_under-the-bridge_00.png", "001_under-the-bridge_01.png"],
    ["002_scene_00.png", "002_scene_01.png"],
  ]);
  expect(await textOf(choosing.scenes[1]?.jobId)).toEqual(["look of Ünder_the bridge", "look of Ünder_the bridge"]);
  const sceneId = encodeId("ExecutionScene", choosing.scenes[1]?.id ?? "");
  expect(
    await mutate("chooseExecutionVariant", { executionSceneId: sceneId, variant: 1 }, "scene { chosenVariant }"),
  ).toMatchObject({ scene: { chosenVariant: 1 } });
  await mutate("continueExecution", { id: encodeId("Execution", id) }, "execution { status }");
  const done = await studio.untilExecution(id, hasEnded);
  const jobs = await prisma.job.findMany({ where: { parentId: done.jobId } });
  expect(jobs.map(({ requestId }) => requestId)).toEqual(Array(5).fill(executed));
  expect(done).toMatchObject({
    status: "SUCCEEDED",
    frameCount: 17,
    durationSecs: 17 / 8,
    isReencoded: expect.any(Boolean),
  });
  expect(done.transitions.map(({ asset, frameCount }) => [asset?.filename, frameCount])).toEqual([
    ["000_quay-at-dawn_to_001_under-the-bridge.mp4", 9],
    ["001_under-the-bridge_to_002_scene.mp4", 9],
  ]);
  expect(await textOf(done.transitions[1]?.jobId)).toEqual(["move from Ünder_the bridge"]);
  const chosen = done.scenes[1]?.images[1]?.asset?.sha256;
  const [first, second] = await Promise.all(
    done.transitions.map(async ({ jobId }) => (await studio.job(jobId ?? "")).runs[0]?.graph),
  );
  expect(first?.["10"]?.inputs["image"]).toBe(`callsheet/${chosen}.png`);
  expect(second?.["2"]?.inputs["image"]).toBe(`callsheet/${chosen}.png`);
  const root = `stories/harbour-nights/jobs/${done.jobId}/executions/20261127_120000_abc123`;
  expect([done.filmAsset?.folder, done.filmAsset?.filename]).toEqual([root, "final.mp4"]);

  const { execution } = await studio.execute(
    `query ($id: ID!) { execution(id: $id) { zipUrl folder otio edl progress { done images { total succeeded } videos { total } stitched }
       scenes { title status images { filename run { id } asset { filename } } job { execution { execId } } }
       transitions { filename from { slug } to { slug } } film { filename } } }`,
    { id: encodeId("Execution", id) },
  );
  expect(execution).toMatchObject({
    folder: root,
    progress: { done: 1, images: { total: 6, succeeded: 6 }, videos: { total: 2 }, stitched: 1 },
    film: { filename: "final.mp4" },
  });
  const durations = execution.otio.tracks.children[0].children.map(
    (clip: { source_range: { duration: { value: number } } }) => clip.source_range.duration.value,
  );
  expect(durations).toEqual([8, 9]);
  expect(execution.edl).toContain("* SOURCE FILE: 000_quay-at-dawn_to_001_under-the-bridge.mp4");
  const zip = await fetch(`${studio.url}${execution.zipUrl}`);
  expect(zip.status).toBe(200);
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  const metadata = JSON.parse(Buffer.from(files[`${root}/metadata.json`] ?? "").toString("utf8"));
  expect(Object.keys(files).toSorted()).toEqual(
    [
      `${root}/final.mp4`,
      `${root}/input/source_${done.inputHash}.png`,
      `${root}/metadata.json`,
      `${root}/timeline.edl`,
      `${root}/timeline.otio`,
      ...metadata.files.map(({ file }: { file: string }) => `${root}/${file}`),
    ].toSorted(),
  );
  expect(metadata).toMatchObject({ execId: "20261127_120000_abc123", inputHash: done.inputHash, sceneCount: 3 });
  expect(metadata.files).toHaveLength(8);
  for (const file of metadata.files)
    expect(file).toMatchObject({ scene: expect.any(String), run: expect.any(String), seed: expect.any(String) });
  expect(metadata.files[3].prompts).toContainEqual(expect.objectContaining({ text: "look of Ünder_the bridge" }));
  expect((await fetch(`${studio.url}${execution.zipUrl.split("?")[0]}`)).status).toBe(403);
});

test("the example workflows make a film, in which sizes, lengths and rates are exact", async () => {
  const images = { workflowId: await studio.workflow("Example image", JSON.parse(example("text-to-image.json"))) };
  const videos = { workflowId: await studio.workflow("Example clip", JSON.parse(example("first-last-frame.json"))) };
  const { start } = await studio.story("Examples", ["One", "Two", "Three"]);
  const { id } = await start({
    images: { ...images, params: { width: 64, height: 64, steps: 1 } },
    videos: { ...videos, params: { width: 64, height: 32, length: 5, steps: 1 } },
  });
  const done = await studio.untilExecution(id, hasEnded);
  expect(done).toMatchObject({ status: "SUCCEEDED", frameCount: 9, durationSecs: 9 / 16 });
  expect([done.firstFrameKey, done.lastFrameKey]).toEqual(["input_image", "input_image_2"]);
  await using film = await studio.deps.storage.localCopy(done.filmAsset?.sha256 ?? "");
  expect(await studio.deps.media.probe(film.path)).toMatchObject({ frameCount: 9, fps: 16, width: 64, height: 32 });
});
