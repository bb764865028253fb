import { createFragment } from "#domains/fragments/fragments.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let ids: string[];
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.deps.db.prisma.fragment.deleteMany();
  ids = [];
  for (const input of [
    { text: "soft window light", category: "light", tags: ["day", "soft"] },
    { text: "hard light", category: "light", tags: ["day"] },
    { text: "film grain", category: "film", tags: ["soft"] },
    { text: "plain" },
  ])
    ids.push(encodeId("Fragment", (await createFragment(app.deps, input)).id));
});

const mutate = async (name: string, selection: string, input: object): Promise<any> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return (
    await app.execute(
      `mutation ($input: ${type}Input!) { ${name}(input: $input) { ... on ${type}Payload { ${selection} } ... on Error { code path } } }`,
      { input },
    )
  )[name];
};
const missing = encodeId("Fragment", "01900000-0000-7000-8000-00000000dead");

test("fragments are retagged and recategorised together", async () => {
  const edit = (input: object) => mutate("updateFragments", "fragments { text category tags }", input);
  expect(await edit({ ids: [ids[1], ids[0]], addTags: [" Warm "], removeTags: ["SOFT"], category: "Light" })).toEqual({
    fragments: [
      { text: "hard light", category: "Light", tags: ["day", "warm"] },
      { text: "soft window light", category: "Light", tags: ["day", "warm"] },
    ],
  });
  expect((await edit({ ids: [ids[0]], addTags: ["day"], removeTags: ["day"] })).fragments[0].tags).toEqual([
    "warm",
    "day",
  ]);
  expect((await edit({ ids: [ids[0]], category: "" })).fragments[0]).toMatchObject({
    category: null,
    tags: ["warm", "day"],
  });
  expect(await edit({ ids: [ids[0], missing], category: "lost" })).toEqual({ code: "NOT_FOUND", path: ["ids", "1"] });
  expect(await edit({ ids: [] })).toMatchObject({ code: "VALIDATION", path: ["ids"] });
  expect((await edit({ ids: [ids[0]] })).fragments[0].category).toBeNull();
  const many = Array.from({ length: 50 }, (_, n) => `t${n}`);
  expect(await edit({ ids: [ids[3], ids[0]], addTags: many })).toEqual({ code: "VALIDATION", path: ["ids", "1"] });
  expect((await edit({ ids: [ids[3]] })).fragments[0].tags).toEqual([]);
});

test("fragments are deleted together, or none of them", async () => {
  const remove = (which: unknown[]) => mutate("deleteFragments", "deletedIds", { ids: which });
  expect(await remove([ids[0], missing])).toEqual({ code: "NOT_FOUND", path: ["ids", "1"] });
  expect(await remove([ids[0], ids[1]])).toEqual({ deletedIds: [ids[0], ids[1]] });
  expect(await app.deps.db.prisma.fragment.count()).toBe(2);
});

test("categories and tags are counted among what is searched for", async () => {
  const facets = async (variables: object = {}) =>
    (
      await app.execute(
        `query ($search: String, $category: String, $tags: [String!]) { fragmentFacets(search: $search, category: $category, tags: $tags) {
           categories { name count } tags { name count } } }`,
        { ...variables },
      )
    ).fragmentFacets;
  const categories = [
    { name: "light", count: 2 },
    { name: "film", count: 1 },
  ];
  expect(await facets()).toEqual({
    categories,
    tags: [
      { name: "day", count: 2 },
      { name: "soft", count: 2 },
    ],
  });
  expect(await facets({ category: "film" })).toEqual({ categories, tags: [{ name: "soft", count: 1 }] });
  expect(await facets({ search: "win" })).toMatchObject({ categories: [{ name: "light", count: 1 }] });
  expect(await facets({ tags: ["day", "soft"] })).toMatchObject({
    tags: [
      { name: "day", count: 1 },
      { name: "soft", count: 1 },
    ],
  });
  expect(await facets({ search: "&|" })).toEqual({ categories: [], tags: [] });
});
