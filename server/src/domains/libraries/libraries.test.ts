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

const create = async (input: object, viewer = studio.creator): Promise<any> =>
  (
    await app.execute(
      `mutation ($input: CreateLibraryInput!) { createLibrary(input: $input) {
        ... on CreateLibraryPayload { library { id name delimiter maxDepth keys entries } } ... on Error { __typename code path } } }`,
      { input },
      { viewer },
    )
  ).createLibrary;
const apply = async (text: string, libraryIds: string[], seed?: unknown, viewer = studio.viewer): Promise<any> =>
  (
    await app.execute(
      `query ($text: String!, $ids: [ID!]!, $seed: BigInt) { applyLibraries(text: $text, libraryIds: $ids, seed: $seed) { text replaced unknown depthExceeded } }`,
      { text, ids: libraryIds, seed },
      { viewer },
    )
  ).applyLibraries;

test("keys are normalised and sorted, delimiter and depth have defaults", async () => {
  expect((await create({ name: "Looks", entries: { "Soft-Light": "x", base: "$&" } })).library).toEqual({
    id: expect.any(String),
    name: "Looks",
    delimiter: "%",
    maxDepth: 10,
    keys: ["base", "soft_light"],
    entries: { base: "$&", soft_light: "x" },
  });
});

test.each([
  [{ delimiter: "" }, ["delimiter"]],
  [{ delimiter: "123456789" }, ["delimiter"]],
  [{ maxDepth: 0 }, ["maxDepth"]],
  [{ maxDepth: 101 }, ["maxDepth"]],
  [{ name: " " }, ["name"]],
  [{ entries: { "a.b": "x" } }, ["entries", "a.b"]],
  [{ entries: ["x"] }, ["entries"]],
])("%j is refused", async (input, path) => {
  expect(await create({ name: "Refused", ...input })).toMatchObject({ __typename: "ValidationError", path });
});

test("names are unique in the studio and in each project", async () => {
  expect(await create({ name: "Once" })).toHaveProperty("library");
  expect(await create({ name: "Once" })).toMatchObject({ code: "NAME_TAKEN", path: ["name"] });
  expect(await create({ name: "Once", projectId: studio.ids.project })).toHaveProperty("library");
  expect(await create({ name: "Once", projectId: studio.ids.project })).toMatchObject({ code: "NAME_TAKEN" });
  expect(await create({ name: "Once", projectId: studio.ids.project }, studio.stranger)).toMatchObject({
    code: "NOT_FOUND",
    path: ["projectId"],
  });
  expect(await create({ name: "Read only" }, studio.viewer)).toMatchObject({ __typename: "ForbiddenError" });
});

test("a text is substituted by the libraries in their order, each with its own delimiter", async () => {
  const first = (
    await create({
      name: "First",
      entries: { quality: "sharp focus", base: "%quality%, 35mm", hero: "a %base% portrait" },
    })
  ).library.id;
  const second = (await create({ name: "Second", delimiter: "__", entries: { base: "other", mood: "calm" } })).library
    .id;
  expect(await apply("%hero%, dusk, __mood__, %unknown%, %first:base%", [second, first])).toEqual({
    text: "a sharp focus, 35mm portrait, dusk, calm, %unknown%, sharp focus, 35mm",
    replaced: expect.arrayContaining(["hero", "base", "quality", "mood", "first:base"]),
    unknown: ["unknown"],
    depthExceeded: false,
  });
});

test("the same seed draws the same entry, also one of 64 bits", async () => {
  const entries = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, `text ${index}`]));
  const { id } = (await create({ name: "Many", entries })).library;
  const draw = async (seed?: unknown): Promise<string> => (await apply("%many:*%", [id], seed)).text;
  expect(await draw("18446744073709551615")).toBe(await draw("18446744073709551615"));
  expect(new Set([await draw(1), await draw(2), await draw(3), await draw()]).size).toBeGreaterThan(1);
});

test("libraries of foreign projects are not there", async () => {
  const { id } = (await create({ name: "Secret", projectId: studio.ids.project, entries: { a: "x" } })).library;
  await expect(apply("%a%", [id], null, studio.stranger)).rejects.toMatchObject({
    code: "NOT_FOUND",
    path: ["libraryIds", "0"],
  });
  const query = `query ($id: ID!) { node(id: $id) { id } libraries(first: 200) { nodes { id } totalCount } }`;
  const seen = async (viewer: PromptStudio["creator"]) => {
    const { node, libraries } = await app.execute(query, { id }, { viewer });
    return [
      node?.id,
      libraries.nodes.some((library: { id: string }) => library.id === id),
      libraries.totalCount - libraries.nodes.length,
    ];
  };
  expect(await seen(studio.viewer)).toEqual([id, true, 0]);
  expect(await seen(studio.stranger)).toEqual([undefined, false, 0]);
  await expect(apply("x", [encodeId("Library", studio.projectId)])).rejects.toMatchObject({ code: "NOT_FOUND" });
});
