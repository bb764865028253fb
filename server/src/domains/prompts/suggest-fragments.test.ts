import { createFragment, deleteFragment } from "#domains/fragments/fragments.service.ts";
import { createCharacter, updateCharacter } from "#domains/prompts/characters.service.ts";
import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { simulatedModel, startLlmSimulator } from "#platform/llm/simulator/llm-simulator.ts";
import { textOf } from "#platform/llm/simulator/protocol.ts";
import { makePromptStudio, type PromptStudio } from "#test/prompt-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: PromptStudio;
beforeAll(async () => {
  app = await startTestApp();
  studio = await makePromptStudio(app);
});
afterAll(() => app[Symbol.asyncDispose]());

const suggest = async (viewer = studio.viewer, variables: object = {}): Promise<any[]> =>
  (
    await app.execute(
      `query ($c: ID!, $s: ID!, $slot: ID!, $first: Int) { suggestFragments(characterId: $c, sceneTypeId: $s, slotId: $slot, first: $first) {
         fragment { text } matched usesInSceneType } }`,
      { c: studio.ids.character, s: studio.ids.sceneType, slot: studio.ids.positive, ...variables },
      { viewer },
    )
  ).suggestFragments;
const texts = async (viewer?: PromptStudio["creator"], variables?: object) =>
  (await suggest(viewer, variables)).map(({ fragment }) => fragment.text);

test("fragments that share words with the metadata come by their use in the scene type", async () => {
  const { deps, admin } = app;
  await updateCharacter(deps, admin, studio.characterId, {
    metadata: { hair_color: "Copper red", mood: "the golden hour's 'calm' \\", empty: "" },
  });
  expect(await suggest()).toEqual([]);
  const make = async (text: string, tags: string[] = []) => (await createFragment(deps, { text, tags })).id;
  await make("red and copper lanterns");
  const scarf = await make("a red scarf");
  const tagged = await make("warm light", ["golden hour"]);
  await make("with the wind");
  await make("reddish sky");
  await make("low light", ["calm"]);
  await make("x", ["Red"]);
  const other = await createCharacter(deps, admin, { projectId: studio.projectId, name: "Other" });
  const use = (targetId: string, fragmentIds: string[]) =>
    setPromptOverrides(deps, admin, { sceneTypeId: studio.sceneTypeId, scope: "CHARACTER", targetId }, [
      {
        slotId: studio.slots.positive.id,
        fragments: fragmentIds.map((fragmentId) => ({ type: "FRAGMENT_REF", fragmentId })),
      },
    ]);
  await use(other.id, [scarf, scarf, tagged]);
  const suggested = await suggest();
  expect(suggested[0]).toEqual({ fragment: { text: "a red scarf" }, matched: ["red"], usesInSceneType: 2 });
  expect(suggested[1]).toEqual({ fragment: { text: "warm light" }, matched: ["golden", "hour"], usesInSceneType: 1 });
  expect(
    suggested
      .slice(2)
      .map(({ fragment }) => fragment.text)
      .toSorted(),
  ).toEqual(["low light", "red and copper lanterns", "x"]);
  expect(suggested[2].fragment.text).toBe("red and copper lanterns");
  expect(await texts(studio.viewer, { first: 2 })).toEqual(["a red scarf", "warm light"]);

  await use(studio.characterId, [scarf]);
  expect(await texts()).not.toContain("a red scarf");
  await deleteFragment(deps, tagged);
  expect(await texts()).toHaveLength(3);
});

test("what the viewer may not see is not there", async () => {
  const other = await makePromptStudio(app, "Elsewhere");
  await expect(suggest(studio.stranger)).rejects.toMatchObject({ code: "NOT_FOUND", path: ["sceneTypeId"] });
  await expect(suggest(studio.viewer, { c: other.ids.character })).rejects.toMatchObject({ path: ["characterId"] });
  await expect(suggest(studio.viewer, { slot: other.ids.positive })).rejects.toMatchObject({ path: ["slotId"] });
  await expect(suggest(studio.viewer, { first: 101 })).rejects.toMatchObject({ path: ["first"] });
});

test("with a language model the best come first, in its order and with its reasons; when it fails they come by their use", async () => {
  await using llm = await startLlmSimulator();
  await using second = await startTestApp({ beside: app, config: { llm: { ...llm.settings, timeoutMs: 2_000 } } });
  const byUse = await texts();
  const ask = async (viewer = studio.creator): Promise<any[]> => {
    const { suggestFragments } = await second.execute(
      `query ($c: ID!, $s: ID!, $slot: ID!) { suggestFragments(characterId: $c, sceneTypeId: $s, slotId: $slot, first: 2, ranking: MODEL) {
         fragment { text } why rankedBy } }`,
      { c: studio.ids.character, s: studio.ids.sceneType, slot: studio.ids.positive },
      { viewer },
    );
    return suggestFragments;
  };
  llm.replyWith(() => JSON.stringify({ ranking: [99, byUse.length, 1].map((number) => ({ number, why: "fits" })) }));
  expect(await ask()).toEqual(
    [byUse.at(-1), byUse[0]].map((text) => ({ fragment: { text }, why: "fits", rankedBy: simulatedModel })),
  );
  const asked = JSON.parse(textOf(llm.requests[0] as never, "user"));
  expect(asked.character.metadata).toMatchObject({ hair_color: "Copper red" });
  expect(asked.fragments.map(({ text }: { text: string }) => text)).toEqual(byUse);

  await createFragment(app.deps, { text: "copper wire", tags: [] });
  llm.replyWith(() => "no JSON");
  const unranked = await ask();
  expect(unranked.map(({ fragment }) => fragment.text)).toEqual((await texts()).slice(0, 2));
  expect(unranked[0]).toMatchObject({ why: null, rankedBy: null });
  await expect(ask(studio.viewer)).rejects.toMatchObject({ extensions: { code: "FORBIDDEN" } });
});
