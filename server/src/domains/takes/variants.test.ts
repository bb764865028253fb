import { createCharacterGroup, assignCharacters } from "#domains/prompts/character-groups.service.ts";
import { createCharacter } from "#domains/prompts/characters.service.ts";
import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { previewPrompts } from "#domains/prompts/resolution.service.ts";
import { createSceneType } from "#domains/prompts/scene-types.service.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
let projectId: string;
let sceneTypeId: string;
let characterId: string;
let slots: { positive: string; negative: string };

beforeEach(async () => {
  studio = await startQueueStudio();
  const { deps, admin } = studio;
  projectId = (await createProject(deps, admin, { name: "Market" })).id;
  const workflowId = await studio.workflow("Picture", pictureGraph);
  sceneTypeId = (await createSceneType(deps, admin, { name: "Walk", workflowId, projectId })).id;
  characterId = (await createCharacter(deps, admin, { projectId, name: "Mara", metadata: { hair: "red" } })).id;
  const found = await deps.db.prisma.promptSlot.findMany({ where: { workflowId }, orderBy: { sortOrder: "asc" } });
  slots = { positive: found[0]?.id ?? "", negative: found[1]?.id ?? "" };
  await setPromptOverrides(deps, admin, { sceneTypeId, scope: "CHARACTER", targetId: characterId }, [
    { slotId: slots.positive, notes: "mine", fragments: [{ type: "INLINE", text: "at dusk" }] },
  ]);
});
afterEach(() => studio[Symbol.asyncDispose]());

const slotId = () => encodeId("PromptSlot", slots.positive);
const run = async (operation: string, input: object, selection: string): Promise<any> => {
  const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
  return (
    await studio.execute(
      `mutation ($input: ${type}Input!) { ${operation}(input: $input) { ... on ${type}Payload { ${selection} }
         ... on ValidationError { issues { path message } } ... on Error { code path } } }`,
      { input },
    )
  )[operation];
};
const comparison = `comparison { id seed variants { label take { id seed prompts { text } } } differences { slotLabel texts { text } } winner { label } }`;
const compare = (variants: object[], input: object = {}) =>
  run(
    "compareVariants",
    {
      sceneTypeId: encodeId("SceneType", sceneTypeId),
      characterId: encodeId("Character", characterId),
      variants,
      params: { steps: 1 },
      ...input,
    },
    comparison,
  );
const keep = (takeId: string, scope: string) => run("keepVariant", { takeId, scope }, comparison);
const textNow = async (seed: bigint) =>
  (await previewPrompts(studio.deps, studio.admin, { sceneTypeId, characterId, seed }))[0]?.resolvedText;

test("variants are rendered from one seed and stand side by side with what differs", async () => {
  const { comparison: made } = await compare([
    {},
    { label: "Rain", texts: [{ slotId: slotId(), text: "{character_name} in the {rain|drizzle}" }] },
    { draftDefaults: [{ slotId: slotId(), text: "a {hair} coat" }] },
  ]);
  expect(made.variants.map(({ label }: { label: string }) => label)).toEqual(["A", "Rain", "C"]);
  const seeds = made.variants.map(({ take }: any) => take.seed);
  expect(seeds).toEqual([made.seed, made.seed, made.seed]);
  expect(made.differences).toEqual([
    {
      slotLabel: expect.any(String),
      texts: [
        { text: "a lantern seller, at dusk" },
        { text: expect.stringMatching(/^Mara in the (rain|drizzle), at dusk$/) },
        { text: "a red coat, at dusk" },
      ],
    },
  ]);
  const ended = await Promise.all(
    (await studio.deps.db.prisma.take.findMany()).map(({ jobId }) => studio.untilEnded(jobId ?? "")),
  );
  expect(ended.map(({ status }) => status)).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
  await studio.until(
    "all in review",
    async () => (await studio.deps.db.prisma.take.count({ where: { status: "REVIEW" } })) === 3,
  );
  const { takeComparisons } = await studio.execute(
    `query ($s: ID!) { takeComparisons(sceneTypeId: $s) { totalCount nodes { id variants { texts { slot { id } text } take { comparison { id } outputs { filename } } } } } }`,
    { s: encodeId("SceneType", sceneTypeId) },
  );
  expect(takeComparisons.totalCount).toBe(1);
  expect(takeComparisons.nodes[0].variants.map(({ texts }: any) => texts)).toEqual([
    [],
    [{ slot: { id: slotId() }, text: "{character_name} in the {rain|drizzle}" }],
    [{ slot: { id: slotId() }, text: "a {hair} coat" }],
  ]);
  for (const { take } of takeComparisons.nodes[0].variants) {
    expect(take.comparison.id).toBe(made.id);
    expect(take.outputs).toHaveLength(1);
  }
});

test("the winner's texts are saved as they were written, and then give what it was rendered with", async () => {
  const { comparison: made } = await compare([
    {},
    { texts: [{ slotId: slotId(), text: "{character_name} in the {rain|drizzle|fog}" }] },
  ]);
  const [, rain] = made.variants;
  const kept = await keep(rain.take.id, "CHARACTER");
  expect(kept.comparison.winner).toEqual({ label: "B" });
  expect(await textNow(BigInt(made.seed))).toBe(rain.take.prompts[0].text);
  const override = await studio.deps.db.prisma.promptOverride.findFirstOrThrow({ where: { characterId } });
  expect(override).toMatchObject({
    text: "{character_name} in the {rain|drizzle|fog}",
    notes: "mine",
    fragments: [{ text: "at dusk" }],
  });
});

test("a winner can become the scene type's text, or that of project and group", async () => {
  const { deps, admin } = studio;
  const { comparison: made } = await compare([{}, { texts: [{ slotId: slotId(), text: "in the rain" }] }]);
  const [stored, rain] = made.variants;
  await keep(rain.take.id, "SCENE_TYPE");
  expect(await deps.db.prisma.scenePromptDefault.findMany()).toMatchObject([
    { text: "in the rain", clipPosition: "FULL_CLIP" },
  ]);
  expect(await keep(rain.take.id, "GROUP")).toMatchObject({ code: "VALIDATION", path: ["scope"] });
  const group = await createCharacterGroup(deps, admin, { projectId, name: "G" });
  await assignCharacters(deps, admin, [characterId], group.id);
  await keep(rain.take.id, "GROUP");
  await keep(rain.take.id, "PROJECT");
  expect(
    (await deps.db.prisma.promptOverride.findMany({ where: { text: "in the rain" } }))
      .map(({ scope }) => scope)
      .toSorted(),
  ).toEqual(["GROUP", "PROJECT"]);
  expect(await keep(stored.take.id, "CHARACTER")).toMatchObject({ code: "NOTHING_TO_KEEP" });
});

test("a variant of overrides brings its fragments, which a scene type does not keep", async () => {
  const draft = {
    scope: "CHARACTER",
    slotId: slotId(),
    text: "hard rain",
    fragments: [{ type: "INLINE", text: "neon" }],
  };
  const { comparison: made } = await compare([{}, { draftOverrides: [draft] }]);
  const [, neon] = made.variants;
  expect(neon.take.prompts[0].text).toBe("hard rain, neon");
  expect(await keep(neon.take.id, "SCENE_TYPE")).toMatchObject({ code: "VALIDATION", path: ["scope"] });
  await keep(neon.take.id, "CHARACTER");
  expect(await textNow(0n)).toBe("hard rain, neon");
});

test("nothing is queued when one variant is wrong, and it is named", async () => {
  const other = await studio.workflow("Other", { ...pictureGraph, "9": pictureGraph["2"] });
  const foreign = await studio.deps.db.prisma.promptSlot.findFirstOrThrow({ where: { workflowId: other } });
  expect(await compare([{}, { texts: [{ slotId: slotId(), text: "a {coat}" }] }])).toMatchObject({
    code: "UNRESOLVED_PLACEHOLDERS",
    issues: [{ path: ["variants", "1", "prompts", "2", "text"], message: expect.stringContaining("{coat}") }],
  });
  expect(await compare([{}, {}, { texts: [{ slotId: encodeId("PromptSlot", foreign.id), text: "x" }] }])).toMatchObject(
    { code: "NOT_FOUND", path: ["variants", "2", "texts", "0", "slotId"] },
  );
  expect(await compare([{}])).toMatchObject({ code: "VALIDATION", path: ["variants"] });
  expect(await studio.countRows()).toMatchObject({ jobs: 0, takes: 0 });
});

test("a repeat with the same key gives the first comparison", async () => {
  const twice = () => compare([{}, { texts: [{ slotId: slotId(), text: "x" }] }], { idempotencyKey: "once" });
  const [first, second] = [await twice(), await twice()];
  expect(second.comparison.id).toBe(first.comparison.id);
  expect(await studio.countRows()).toMatchObject({ jobs: 2, takes: 2 });
});
