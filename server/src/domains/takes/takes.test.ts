import { cancelJob, retryJob } from "#domains/queue/jobs.service.ts";
import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { previewPrompts } from "#domains/prompts/resolution.service.ts";
import { createCharacter, updateCharacter } from "#domains/prompts/characters.service.ts";
import { createSceneType } from "#domains/prompts/scene-types.service.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import type { TakeSnapshot } from "#domains/takes/take-record.ts";
import { type GenerateTakeInput, generateTake } from "#domains/takes/takes.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph, pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const chunked = {
  ...pictureGraph,
  "8": { class_type: "SaveImage", inputs: { filename_prefix: "clips/chunk_1", images: ["6", 0] } },
  "9": { class_type: "SaveImage", inputs: { filename_prefix: "clips/chunk_0", images: ["6", 0] } },
};

let studio: QueueStudio;
let sceneTypeId: string;
let characterId: string;
let projectId: string;

beforeEach(async () => {
  studio = await startQueueStudio();
  const { deps, admin } = studio;
  projectId = (await createProject(deps, admin, { name: "Market" })).id;
  const workflowId = await studio.workflow("Chunked", chunked);
  sceneTypeId = (
    await createSceneType(deps, admin, {
      name: "Walk",
      workflowId,
      projectId,
      generationStrategy: "WORKFLOW_MANAGED",
      expectedChunks: 3,
      chunkOutputPattern: "chunk_{n}.png",
    } as never)
  ).id;
  characterId = (await createCharacter(deps, admin, { projectId, name: "Mara", metadata: { hair: "red" } })).id;
});
afterEach(() => studio[Symbol.asyncDispose]());

const generate = (input: Partial<GenerateTakeInput> = {}) =>
  generateTake(studio.deps, studio.admin, { sceneTypeId, characterId, allowUnresolved: false, ...input });
const readTake = (id: string) =>
  studio.deps.db.prisma.take.findUniqueOrThrow({
    where: { id },
    include: { artifacts: { orderBy: { sequenceIndex: "asc" }, include: { asset: true } } },
  });
const untilTake = async (id: string, status: string) => {
  await studio.until(`take ${status}`, async () => (await readTake(id)).status === status);
  return readTake(id);
};

test("a take renders the resolved prompts in one run and comes up for review with its artifacts", async () => {
  const slots = await studio.deps.db.prisma.promptSlot.findMany({
    where: { workflow: { name: "Chunked" }, nodeId: "2" },
  });
  const target = { scope: "CHARACTER" as const, targetId: characterId, sceneTypeId };
  await setPromptOverrides(studio.deps, studio.admin, target, [
    { slotId: slots[0]?.id ?? "", text: "Mara with {hair} hair", fragments: [] },
  ]);
  const preview = await previewPrompts(studio.deps, studio.admin, { sceneTypeId, characterId });
  const take = await generate({ seed: 2n ** 63n + 1n, params: { steps: 1 } });
  expect(take.status).toBe("GENERATING");
  const [run] = (await studio.untilEnded(take.jobId ?? "")).runs;
  expect(run?.seed).toBe(2n ** 63n + 1n);
  for (const { slot, resolvedText } of preview)
    expect(run?.graph[slot.nodeId]?.inputs[slot.inputName]).toBe(resolvedText);
  expect(run?.graph["2"]?.inputs["text"]).toBe("Mara with red hair");
  const done = await untilTake(take.id, "REVIEW");
  const snapshot = done.snapshot as unknown as TakeSnapshot;
  expect(snapshot.prompts.map(({ nodeId, text }) => [nodeId, text])).toEqual([
    ["2", "Mara with red hair"],
    ["3", "blurry"],
  ]);
  expect(done.artifacts.map((artifact) => [artifact.kind, artifact.sequenceIndex, artifact.isPrimary])).toEqual([
    ["CHUNK", 0, false],
    ["CHUNK", 1, false],
    ["FINAL", null, true],
  ]);
  expect(done.warnings).toEqual(["2 of 3 expected chunks were found."]);
});

test("a text given with the take is what the snapshot says and what was rendered", async () => {
  const take = await generate({ params: { positive_prompt: "only this" } });
  const [run] = (await studio.untilEnded(take.jobId ?? "")).runs;
  expect(run?.graph["2"]?.inputs["text"]).toBe("only this");
  expect((take.snapshot as unknown as TakeSnapshot).prompts[0]).toMatchObject({
    nodeId: "2",
    text: "only this",
    source: "OVERRIDE",
  });
});

test("a take whose run fails is FAILED, generates again after a retry, and then has its artifacts", async () => {
  studio.simulators[0]?.setFault({ failNode: { classType: "KSampler", times: 1 } });
  const take = await generate();
  await untilTake(take.id, "FAILED");
  studio.simulators[0]?.setFault({ neverEnding: true });
  await retryJob(studio.deps, studio.admin, take.jobId ?? "", { newSeeds: true });
  expect((await readTake(take.id)).status).toBe("GENERATING");
  await studio.untilJob(take.jobId ?? "", (job) => job.runs[0]?.status === "RUNNING");
  studio.simulators[0]?.clearFaults();
  await cancelJob(studio.deps, studio.admin, take.jobId ?? "", "NOW");
  await untilTake(take.id, "CANCELED");
  await retryJob(studio.deps, studio.admin, take.jobId ?? "", { newSeeds: true });
  const done = await untilTake(take.id, "REVIEW");
  expect(done.artifacts).toHaveLength(3);
  const [run] = (await studio.job(take.jobId ?? "")).runs;
  expect(done.seed?.toFixed()).toBe(run?.seed.toString());
});

test("a take that was canceled before it began is CANCELED", async () => {
  await studio.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const take = await generate();
  await cancelJob(studio.deps, studio.admin, take.jobId ?? "", "NOW");
  expect((await readTake(take.id)).status).toBe("CANCELED");
});

test("a repeat with the same key gives the same take, also after its prompts were edited", async () => {
  const [first, ...repeats] = await Promise.all(
    [1, 2, 3, 4, 5].map(() => generate({ idempotencyKey: "one take", params: { steps: 1 } })),
  );
  for (const repeat of repeats) expect(repeat.id).toBe(first?.id);
  await updateCharacter(studio.deps, studio.admin, characterId, { name: "Mara", metadata: { hair: "grey" } });
  expect((await generate({ idempotencyKey: "one take", params: { steps: 1 } })).id).toBe(first?.id);
  expect(await studio.countRows()).toMatchObject({ jobs: 1, runs: 1, takes: 1 });
  await expect(generate({ idempotencyKey: "one take" })).rejects.toMatchObject({
    kind: "ConflictError",
    code: "IDEMPOTENCY_KEY_REUSED",
  });
});

test("a placeholder that nothing fills refuses the take slot by slot, and leaves nothing", async () => {
  const workflowId = await studio.workflow("Open", {
    ...chunked,
    "2": { ...chunked["2"], inputs: { ...chunked["2"].inputs, text: "a {coat} coat" } },
  });
  const open = await createSceneType(studio.deps, studio.admin, { name: "Open", workflowId, projectId });
  await expect(generate({ sceneTypeId: open.id })).rejects.toMatchObject({
    kind: "ValidationError",
    code: "UNRESOLVED_PLACEHOLDERS",
  });
  expect(await studio.countRows()).toMatchObject({ jobs: 0, takes: 0 });
  const take = await generate({ sceneTypeId: open.id, allowUnresolved: true });
  const [run] = (await studio.untilEnded(take.jobId ?? "")).runs;
  expect(run?.graph["2"]?.inputs["text"]).toBe("a {coat} coat");
});

test("the reference image is put into the loader, and its hash is kept", async () => {
  const workflowId = await studio.workflow("Invert", invertGraph);
  const scene = await createSceneType(studio.deps, studio.admin, { name: "Invert", workflowId, projectId });
  const inputAssetId = await studio.picture("mara.png", "green", { projectId });
  const take = await generate({ sceneTypeId: scene.id, inputAssetId });
  const done = await untilTake(take.id, "REVIEW");
  const { sha256 } = await studio.deps.db.prisma.asset.findUniqueOrThrow({ where: { id: inputAssetId } });
  expect(done.snapshot).toMatchObject({ inputSha256: sha256, machines: [expect.any(String)] });
  const [run] = (await studio.job(take.jobId ?? "")).runs;
  expect(run?.graph["1"]?.inputs["image"]).toBe(`callsheet/${sha256}.png`);
});

test("unknown and foreign ids are not found", async () => {
  const stranger = await studio.person("CREATOR");
  await expect(
    generateTake(studio.deps, stranger, { sceneTypeId, characterId, allowUnresolved: false }),
  ).rejects.toMatchObject({ kind: "NotFoundError" });
  await expect(generate({ characterId: sceneTypeId })).rejects.toMatchObject({ kind: "NotFoundError" });
  const answer = await studio.execute(
    `mutation ($scene: ID!, $character: ID!) { generateTake(input: { sceneTypeId: $scene, characterId: $character }) { __typename ... on Error { path } } }`,
    { scene: encodeId("SceneType", sceneTypeId), character: "nonsense" },
  );
  expect(answer.generateTake).toEqual({ __typename: "NotFoundError", path: ["characterId"] });
});
