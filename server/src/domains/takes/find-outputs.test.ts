import { createCharacter } from "#domains/prompts/characters.service.ts";
import { createSceneType } from "#domains/prompts/scene-types.service.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import type { SubmitInput } from "#domains/queue/submit/submit-input.ts";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import { generateTake } from "#domains/takes/takes.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const query = `query ($search: String, $seed: BigInt, $media: OutputMedia, $sceneTypeId: ID, $characterId: ID, $takeStatus: [TakeStatus!],
    $workflowId: ID, $projectId: ID, $createdAfter: DateTime, $createdBefore: DateTime, $first: Int, $after: String) {
  outputs(search: $search, seed: $seed, media: $media, sceneTypeId: $sceneTypeId, characterId: $characterId, takeStatus: $takeStatus,
    workflowId: $workflowId, projectId: $projectId, createdAfter: $createdAfter, createdBefore: $createdBefore, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id run { seed } } } }`;

let studio: QueueStudio;
let workflowId: string;
beforeAll(async () => {
  studio = await startQueueStudio();
  workflowId = await studio.workflow("Pictures", pictureGraph);
  await render("a lantern seller in the rain", 11n);
  await render("a lantern seller at noon", 12n);
  await render("a heron, o'clock & friends", 2n ** 64n - 1n);
});
afterAll(() => studio[Symbol.asyncDispose]());

async function render(prompt: string, seed: bigint, extra: Partial<SubmitInput> = {}): Promise<void> {
  const { jobIds } = await submitJob(studio.deps, studio.admin, {
    workflowId,
    params: { positive_prompt: prompt },
    seedMode: "FIXED",
    seed,
    ...extra,
  });
  await studio.untilEnded(jobIds[0] as string);
}

async function find(
  variables: Record<string, unknown>,
): Promise<{ totalCount: number; seeds: string[]; endCursor: string }> {
  const { outputs } = await studio.execute(query, variables);
  return {
    totalCount: outputs.totalCount,
    seeds: outputs.nodes.map((node: { run: { seed: unknown } }) => String(node.run.seed)),
    endCursor: outputs.pageInfo.endCursor,
  };
}

test("outputs are found by words of their prompts, by beginnings of words, and by the model's file", async () => {
  expect((await find({ search: "lantern" })).seeds).toEqual(["12", "11"]);
  expect((await find({ search: "SELL rain" })).seeds).toEqual(["11"]);
  expect((await find({ search: "o'clock & friends" })).seeds).toEqual(["18446744073709551615"]);
  expect(await find({ search: "studio" })).toMatchObject({ totalCount: 3 });
  expect(await find({ search: "nobody" })).toMatchObject({ totalCount: 0 });
  // Nothing that could be looked for is no filter.
  expect(await find({ search: " & ! " })).toMatchObject({ totalCount: 3 });
});

test("by seed, exactly, by what they are, by workflow and by date", async () => {
  expect(await find({ seed: "18446744073709551615" })).toMatchObject({ totalCount: 1 });
  expect(await find({ media: "IMAGE" })).toMatchObject({ totalCount: 3 });
  expect(await find({ media: "VIDEO" })).toMatchObject({ totalCount: 0 });
  expect(await find({ workflowId: encodeId("Workflow", workflowId) })).toMatchObject({ totalCount: 3 });
  const soon = new Date(Date.now() + 60_000).toISOString();
  expect(await find({ createdAfter: soon })).toMatchObject({ totalCount: 0 });
  expect(await find({ createdBefore: soon, seed: 12 })).toMatchObject({ totalCount: 1 });
});

test("pages follow each other under a filter", async () => {
  const first = await find({ search: "lantern", first: 1 });
  const second = await find({ search: "lantern", first: 1, after: first.endCursor });
  expect([...first.seeds, ...second.seeds]).toEqual(["12", "11"]);
});

test("by scene type, character and state of their take", async () => {
  const { deps, admin } = studio;
  const projectId = (await createProject(deps, admin, { name: "Market" })).id;
  const sceneType = await createSceneType(deps, admin, {
    name: "Walk",
    workflowId,
    projectId,
    generationStrategy: "WORKFLOW_MANAGED",
  } as never);
  const character = await createCharacter(deps, admin, { projectId, name: "Mara", metadata: {} });
  const take = await generateTake(deps, admin, {
    sceneTypeId: sceneType.id,
    characterId: character.id,
    allowUnresolved: false,
  });
  const isReady = async () =>
    (await deps.db.prisma.take.findUniqueOrThrow({ where: { id: take.id } })).status === "REVIEW";
  await studio.until("the take is ready", isReady);
  const of = { sceneTypeId: encodeId("SceneType", sceneType.id), characterId: encodeId("Character", character.id) };
  expect(await find({ ...of, takeStatus: ["REVIEW"] })).toMatchObject({ totalCount: 1 });
  expect(await find({ ...of, takeStatus: ["APPROVED", "REJECTED"] })).toMatchObject({ totalCount: 0 });
  await reviewTake(deps, admin, { takeId: take.id, verdict: "APPROVED" });
  expect(await find({ takeStatus: ["APPROVED"], projectId: encodeId("Project", projectId) })).toMatchObject({
    totalCount: 1,
  });
});

test("people find nothing of other people's", async () => {
  const stranger = await studio.person("CREATOR");
  await render("a lantern seller in secret", 13n);
  for (const filter of [{ search: "lantern" }, { seed: 13 }, { takeStatus: ["APPROVED"] }, {}]) {
    const { outputs } = await studio.execute(query, filter, { viewer: stranger });
    expect(outputs).toMatchObject({ totalCount: 0, nodes: [] });
  }
});

test("an id of another kind is refused by name, and a long search is looked for as far as it goes", async () => {
  const wrong = await studio.execute(query, { characterId: encodeId("Job", workflowId) }, { errors: "return" });
  expect(JSON.stringify(wrong)).toContain("The Character with id");
  expect(await find({ search: "lantern ".repeat(5_000) })).toMatchObject({ seeds: expect.arrayContaining(["11"]) });
});
