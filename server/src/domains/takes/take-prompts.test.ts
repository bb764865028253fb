import fc from "fast-check";
import { createLibrary } from "#domains/libraries/libraries.service.ts";
import { setProjectLibraries } from "#domains/libraries/project-libraries.service.ts";
import { createCharacter, updateCharacter } from "#domains/prompts/characters.service.ts";
import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { previewPrompts } from "#domains/prompts/resolution.service.ts";
import { deleteScenePromptDefault, setScenePromptDefault } from "#domains/prompts/scene-defaults.service.ts";
import { createSceneType, updateSceneType } from "#domains/prompts/scene-types.service.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { generateTake } from "#domains/takes/takes.service.ts";
import { invertGraph, pictureGraph, type QueueStudio, sleepGraph, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
let projectId: string;
let workflowId: string;
let sceneTypeId: string;
let characterId: string;
let slotIds: string[];

beforeAll(async () => {
  studio = await startQueueStudio();
  const { deps, admin } = studio;
  // What is asked about is the stored graph; nothing has to be rendered.
  await deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  projectId = (await createProject(deps, admin, { name: "Market" })).id;
  workflowId = await studio.workflow("Picture", pictureGraph);
  sceneTypeId = (await createSceneType(deps, admin, { name: "Walk", workflowId, projectId })).id;
  characterId = (await createCharacter(deps, admin, { projectId, name: "Mara" })).id;
  const slots = await deps.db.prisma.promptSlot.findMany({ where: { workflowId }, orderBy: { sortOrder: "asc" } });
  slotIds = slots.map(({ id }) => id);
  const library = await createLibrary(deps, admin, {
    name: "looks",
    projectId,
    entries: { light: "{soft|hard} light", a: "%light%", b: "{hair} hair" },
  });
  await setProjectLibraries(deps, admin, projectId, [library.id]);
});
afterAll(() => studio[Symbol.asyncDispose]());

const text = fc.string({
  unit: fc.constantFrom(
    "{a|b|c}",
    "{2::x|y}",
    "{1-2$$, $$p|q|r}",
    "{hair}",
    "{none}",
    "%light%",
    "%looks:*%",
    "%nothing%",
    "{",
    "}",
    "|",
    "%",
    "(w:1.2)",
    "$&",
    "\\",
    "a",
    " ",
  ),
  minLength: 1,
  maxLength: 8,
});
const configuration = fc.record({
  seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  strategy: fc.constantFrom("PLATFORM_ORCHESTRATED" as const, "WORKFLOW_MANAGED" as const),
  hair: text,
  sceneText: fc.option(text.filter((each) => each.trim() !== "")),
  overrides: fc.array(
    fc.record({
      scope: fc.constantFrom("PROJECT" as const, "CHARACTER" as const),
      slot: fc.nat(1),
      text: fc.option(text),
      fragments: fc.array(text, { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
});

test("a take of either form stores exactly the texts that the preview shows for its seed", async () => {
  const { deps, admin } = studio;
  await fc.assert(
    fc.asyncProperty(configuration, async ({ seed, strategy, hair, sceneText, overrides }) => {
      await updateSceneType(deps, admin, sceneTypeId, { generationStrategy: strategy });
      await updateCharacter(deps, admin, characterId, { metadata: { hair } });
      const key = { sceneTypeId, slotId: slotIds[0] ?? "", clipPosition: "FULL_CLIP" as const };
      if (sceneText === null) await deleteScenePromptDefault(deps, admin, key);
      else await setScenePromptDefault(deps, admin, { ...key, text: sceneText });
      for (const { scope, slot, text, fragments } of overrides) {
        const target = { sceneTypeId, scope, targetId: scope === "PROJECT" ? projectId : characterId };
        await setPromptOverrides(deps, admin, target, [
          { slotId: slotIds[slot] ?? "", text, fragments: fragments.map((each) => ({ type: "INLINE", text: each })) },
        ]);
      }
      const preview = await previewPrompts(deps, admin, { sceneTypeId, characterId, seed });
      const take = await generateTake(deps, admin, { sceneTypeId, characterId, seed, allowUnresolved: true });
      const [run] = (await studio.job(take.jobId ?? "")).runs;
      expect(run?.choiceSeed?.toFixed()).toBe(seed.toString());
      for (const { slot, resolvedText } of preview)
        expect(run?.graph[slot.nodeId]?.inputs[slot.inputName]).toBe(resolvedText);
      expect(run?.prompts.map((prompt) => prompt.text)).toEqual(preview.map(({ resolvedText }) => resolvedText));
    }),
    { numRuns: 25, endOnFailure: true },
  );
});

test("a take is refused for placeholders and library references that nothing fills, slot by slot", async () => {
  const { deps, admin } = studio;
  const target = { sceneTypeId, scope: "CHARACTER" as const, targetId: characterId };
  await setPromptOverrides(deps, admin, target, [
    { slotId: slotIds[0] ?? "", text: "{coat} {a|{shoes}} %nothing%", fragments: [] },
    { slotId: slotIds[1] ?? "", text: "%neither%", fragments: [] },
  ]);
  await expect(generateTake(deps, admin, { sceneTypeId, characterId, allowUnresolved: false })).rejects.toMatchObject({
    code: "UNRESOLVED_PLACEHOLDERS",
    issues: [
      { path: ["prompts", "2", "text"], message: expect.stringMatching(/\{coat\}, \{shoes\}.*nothing/) },
      { path: ["prompts", "3", "text"], message: expect.stringContaining("neither") },
    ],
  });
});

describe("a plain job", () => {
  const colours = "a {red|green|blue|grey} coat, {wool|silk|linen|felt}";
  const submitted = async (input: Parameters<QueueStudio["submit"]>[0]) =>
    (await studio.job(await studio.submit(input))).runs;

  test("draws anew for each run: by its seed, and by its try where all have one seed", async () => {
    for (const seedMode of ["RANDOM", "FIXED", "INCREMENT"] as const) {
      const runs = await submitted({ workflowId, seed: 5n, seedMode, tries: 12, params: { positive_prompt: colours } });
      const texts = runs.map((run) => run.graph["2"]?.inputs["text"]);
      expect(new Set(texts).size).toBeGreaterThan(4);
      expect(runs.map((run) => run.prompts[0]?.text)).toEqual(texts);
      expect(new Set(runs.map((run) => run.choiceSeed?.toFixed())).size).toBe(12);
    }
    const again = () =>
      submitted({ workflowId, seed: 5n, seedMode: "FIXED", tries: 12, params: { positive_prompt: colours } });
    const [first, second] = [await again(), await again()];
    expect(first.map((run) => run.prompts[0]?.text)).toEqual(second.map((run) => run.prompts[0]?.text));
  });

  test("has the libraries of its project, and is refused for what they lack", async () => {
    const [run] = await submitted({ workflowId, projectId, params: { positive_prompt: "x %a%" } });
    expect(run?.prompts[0]?.text).toMatch(/^x (soft|hard) light$/);
    const refused = submitted({ workflowId, projectId, params: { positive_prompt: "%nothing% {coat}" } });
    await expect(refused).rejects.toMatchObject({
      code: "UNRESOLVED_PLACEHOLDERS",
      issues: [{ path: ["prompts", "2.text"], message: expect.stringContaining("{coat}, nothing") }],
    });
    const [plain] = await submitted({ workflowId, params: { positive_prompt: "%nothing%" } });
    expect(plain?.prompts[0]?.text).toBe("%nothing%");
  });

  test("has a seed to draw from also when no sampler takes one", async () => {
    const graph = { ...sleepGraph(0), "3": invertGraph["3"], "4": invertGraph["4"] };
    const samplerless = await studio.workflow("No sampler", graph);
    const runs = await submitted({ workflowId: samplerless, tries: 8, params: { "3.text": colours } });
    expect(new Set(runs.map((run) => run.graph["3"]?.inputs["text"])).size).toBeGreaterThan(2);
    for (const run of runs) expect(run.seed).toBeGreaterThan(0n);
  });
});
