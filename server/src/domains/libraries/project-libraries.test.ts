import { createLibrary } from "#domains/libraries/libraries.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { makePromptStudio, type PromptStudio } from "#test/prompt-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: PromptStudio;
beforeAll(async () => {
  app = await startTestApp();
  studio = await makePromptStudio(app);
});
afterAll(() => app[Symbol.asyncDispose]());

const library = async (name: string, entries: Record<string, string>, projectId?: string, delimiter = "%") =>
  encodeId("Library", (await createLibrary(app.deps, app.admin, { name, entries, projectId, delimiter })).id);
const attach = async (libraryIds: string[], viewer = studio.creator): Promise<any> =>
  (
    await app.execute(
      `mutation ($input: SetProjectLibrariesInput!) { setProjectLibraries(input: $input) {
         ... on SetProjectLibrariesPayload { project { libraries { name } } } ... on Error { code path } } }`,
      { input: { projectId: studio.ids.project, libraryIds } },
      { viewer },
    )
  ).setProjectLibraries;
const resolve = async (text: string, input: object = {}): Promise<any> => {
  const slotId = studio.ids.positive;
  const { resolvePrompts } = await app.execute(
    `query ($input: ResolvePromptsInput!) { resolvePrompts(input: $input) { resolvedText unresolvedLibraryReferences } }`,
    {
      input: {
        sceneTypeId: studio.ids.sceneType,
        characterId: studio.ids.character,
        slotId,
        draftDefaults: [{ slotId, text }],
        ...input,
      },
    },
  );
  return resolvePrompts[0];
};

test("attached libraries answer in their order, each to its own delimiter, in one statement", async () => {
  const first = await library("first", { key: "1", both: "##other##" });
  const second = await library("second", { key: "2", only: "{hair_color}" }, studio.projectId);
  const hashes = await library("hashes", { other: "h" }, undefined, "##");
  expect(await attach([first, second, hashes])).toEqual({
    project: { libraries: [{ name: "first" }, { name: "second" }, { name: "hashes" }] },
  });
  app.takeStatements();
  expect(await resolve("%key% %only% %both% %second:key% %none%")).toEqual({
    resolvedText: "1 red h 2 %none%",
    unresolvedLibraryReferences: ["none"],
  });
  expect(app.takeStatements()).toHaveLength(1);
  await attach([second, first]);
  expect((await resolve("%key% ##other##")).resolvedText).toBe("2 ##other##");
  expect((await resolve("%key%", { libraryIds: [first] })).resolvedText).toBe("1");
  expect(await resolve("%key%", { libraryIds: [] })).toEqual({
    resolvedText: "%key%",
    unresolvedLibraryReferences: [],
  });
  expect(await attach([])).toEqual({ project: { libraries: [] } });
  expect((await resolve("%key%")).resolvedText).toBe("%key%");
});

test("a star picks by the seed", async () => {
  await attach([await library("colours", Object.fromEntries([..."abcdefgh"].map((key) => [key, key.toUpperCase()])))]);
  const at = async (seed: string) => (await resolve("%colours:*%%colours:*%", { seed })).resolvedText;
  expect(await at("5")).toBe(await at("5"));
  expect(new Set([await at("1"), await at("2"), await at("18446744073709551615")]).size).toBeGreaterThan(1);
});

test("libraries of other projects, repeats and people who may not are refused", async () => {
  const other = await makePromptStudio(app, "Elsewhere");
  const [ours, theirs] = [await library("ours", {}, studio.projectId), await library("theirs", {}, other.projectId)];
  expect(await attach([ours, theirs])).toEqual({ code: "NOT_FOUND", path: ["libraryIds", "1"] });
  // Also for somebody who sees both.
  expect(await attach([theirs], app.admin)).toEqual({ code: "NOT_FOUND", path: ["libraryIds", "0"] });
  expect(await attach([ours, ours])).toEqual({ code: "VALIDATION", path: ["libraryIds", "1"] });
  expect(await attach([ours], studio.stranger)).toEqual({ code: "NOT_FOUND", path: ["projectId"] });
  expect(await attach([ours], studio.viewer)).toMatchObject({ code: "FORBIDDEN" });
});
