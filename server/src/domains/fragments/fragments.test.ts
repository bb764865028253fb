import { createFragment } from "#domains/fragments/fragments.service.ts";
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
beforeEach(() => app.deps.db.prisma.fragment.deleteMany());

const mutate = async (
  name: string,
  type: string,
  selection: string,
  input: object,
  viewer = studio.creator,
): Promise<any> => {
  const payload = type.replace(/Input$/, "Payload");
  const operation = `mutation ($input: ${type}!) { ${name}(input: $input) { ... on ${payload} { ${selection} } ... on Error { __typename code path } } }`;
  return (await app.execute(operation, { input }, { viewer }))[name];
};
const fields = "fragment { id text description category tags usageCount }";
/** Makes fragments from the oldest to the newest; a number behind the text is its usage count. */
const make = async (...texts: (string | [string, number])[]): Promise<string[]> => {
  const ids: string[] = [];
  for (const each of texts) {
    const [text, usageCount] = typeof each === "string" ? [each, 0] : each;
    const { id } = await createFragment(app.deps, { text });
    await app.deps.db.prisma.fragment.update({ where: { id }, data: { usageCount } });
    ids.push(encodeId("Fragment", id));
  }
  return ids;
};
const list = async (variables: Record<string, unknown> = {}, viewer = studio.viewer): Promise<any> =>
  (
    await app.execute(
      `query ($search: String, $category: String, $tags: [String!], $s: ID, $first: Int, $after: String, $last: Int, $before: String) {
        fragments(search: $search, category: $category, tags: $tags, sceneTypeId: $s, first: $first, after: $after, last: $last, before: $before) {
          totalCount nodes { text } pageInfo { hasNextPage endCursor startCursor hasPreviousPage } } }`,
      variables,
      { viewer },
    )
  ).fragments;
const texts = async (variables?: Record<string, unknown>): Promise<string[]> =>
  (await list(variables)).nodes.map(({ text }: { text: string }) => text);

test("a fragment is made, changed and deleted", async () => {
  const { fragment } = await mutate("createFragment", "CreateFragmentInput", fields, {
    text: "soft window light",
    category: " light ",
    tags: [" Soft ", "soft", "DAY"],
  });
  expect(fragment).toMatchObject({
    text: "soft window light",
    description: null,
    category: "light",
    tags: ["soft", "day"],
    usageCount: 0,
  });
  const change = await mutate("updateFragment", "UpdateFragmentInput", fields, {
    id: fragment.id,
    description: "north side",
    category: "",
    tags: [],
  });
  expect(change.fragment).toMatchObject({
    text: "soft window light",
    description: "north side",
    category: null,
    tags: [],
  });
  const remove = () => mutate("deleteFragment", "DeleteFragmentInput", "deletedId", { id: fragment.id });
  expect(await remove()).toEqual({ deletedId: fragment.id });
  expect(await remove()).toMatchObject({ __typename: "NotFoundError", path: ["id"] });
  expect(await mutate("createFragment", "CreateFragmentInput", fields, { text: " " })).toMatchObject({
    __typename: "ValidationError",
    path: ["text"],
  });
  expect(await mutate("createFragment", "CreateFragmentInput", fields, { text: "x" }, studio.viewer)).toMatchObject({
    __typename: "ForbiddenError",
  });
});

describe("searching", () => {
  beforeEach(async () => {
    for (const input of [
      { text: "soft window light", category: "light", tags: ["day", "indoor"] },
      { text: "Wide-angle lens, 35mm f/1.8", category: "lens", tags: ["day"] },
      { text: "o'brien's \\ pub & grill", description: "winter only", tags: ["night"] },
    ])
      await createFragment(app.deps, input);
  });

  test.each([
    ["win", ["o'brien's \\ pub & grill", "soft window light"]],
    ["WIN lig", ["soft window light"]],
    ["wide-an", ["Wide-angle lens, 35mm f/1.8"]],
    ["angle 35", ["Wide-angle lens, 35mm f/1.8"]],
    ["o'bri", ["o'brien's \\ pub & grill"]],
    ["pub & !x", []],
    ["pub &", ["o'brien's \\ pub & grill"]],
    ["indoor", ["soft window light"]],
    ["')) or true --", []],
    ["\\", []],
    ["pub\0", ["o'brien's \\ pub & grill"]],
  ])("%j finds what has words beginning so", async (search, found) => {
    expect(await texts({ search })).toEqual(found);
  });

  test("nothing typed finds all, and filters narrow it", async () => {
    expect(await list({ search: "  " })).toMatchObject({ totalCount: 3 });
    expect(await texts({ category: "light" })).toEqual(["soft window light"]);
    expect(await texts({ tags: ["DAY "] })).toHaveLength(2);
    expect(await texts({ tags: ["day", "indoor"] })).toEqual(["soft window light"]);
    expect(await list({ search: "win", tags: ["night"] })).toMatchObject({ totalCount: 1 });
    expect(await texts({ category: "\0" })).toEqual([]);
  });
});

describe("order and pages", () => {
  const pin = (fragmentId: string, name = "pinFragment", viewer = studio.creator) =>
    mutate(
      name,
      "PinFragmentInput",
      `fragment { id isPinned(sceneTypeId: "${studio.ids.sceneType}") }`,
      { fragmentId, sceneTypeId: studio.ids.sceneType },
      viewer,
    );

  test("pinned ones come first, then the most used, then the newest, on every page and in both directions", async () => {
    const [, , c, , , f] = await make("a", ["b", 5], "c", "d", ["e", 9], ["f", 2], "g");
    await pin(c ?? "");
    await pin(f ?? "");
    const order = ["f", "c", "e", "b", "g", "d", "a"];
    expect(await texts({ s: studio.ids.sceneType })).toEqual(order);
    expect(await texts()).toEqual(["e", "b", "f", "g", "d", "c", "a"]);
    const read: string[] = [];
    let after: string | undefined;
    do {
      const page = await list({ s: studio.ids.sceneType, first: 3, after });
      expect(page.totalCount).toBe(7);
      read.push(...page.nodes.map(({ text }: { text: string }) => text));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(read).toEqual(order);
    const last = await list({ s: studio.ids.sceneType, last: 3 });
    expect(last.nodes).toEqual([{ text: "g" }, { text: "d" }, { text: "a" }]);
    const before = await list({ s: studio.ids.sceneType, last: 3, before: last.pageInfo.startCursor });
    expect(before.nodes).toEqual([{ text: "c" }, { text: "e" }, { text: "b" }]);
    expect(before.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
  });

  test("what fits is found and ordered also far down a large library, as if all of it were sorted", async () => {
    const { prisma, pool } = app.deps.db;
    // Every 40th has the word; the first thousands in order have it rarely, and one kind only at the very end.
    await pool.query(
      `INSERT INTO fragment (id, text, tags, usage_count, updated_at)
       SELECT gen_random_uuid(), CASE WHEN n % 40 = 0 THEN 'lantern ' ELSE 'plain ' END || n,
         CASE WHEN n > 4900 THEN ARRAY['last'] ELSE '{}' END, 5000 - n, now() FROM generate_series(1, 5000) AS n`,
    );
    const [pinned] = await prisma.fragment.findMany({ where: { text: "lantern 4000" } });
    await prisma.fragmentPin.create({ data: { fragmentId: pinned?.id ?? "", sceneTypeId: studio.sceneTypeId } });
    const expected = Array.from({ length: 125 }, (_, n) => `lantern ${40 * (n + 1)}`).filter(
      (text) => text !== "lantern 4000",
    );
    const readAll = async (filter: object, size: number, back = false): Promise<string[]> => {
      const read: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({
          ...filter,
          ...(back ? { last: size, before: cursor } : { first: size, after: cursor }),
        });
        const found = page.nodes.map(({ text }: { text: string }) => text);
        if (back) read.unshift(...found);
        else read.push(...found);
        const { hasNextPage, hasPreviousPage, endCursor, startCursor } = page.pageInfo;
        cursor = back ? (hasPreviousPage ? startCursor : undefined) : hasNextPage ? endCursor : undefined;
      } while (cursor !== undefined);
      return read;
    };
    const filter = { search: "lan", s: studio.ids.sceneType };
    expect(await readAll(filter, 50)).toEqual(["lantern 4000", ...expected]);
    expect(await readAll(filter, 30, true)).toEqual(["lantern 4000", ...expected]);
    expect(await readAll({ search: "lan", tags: ["last"] }, 200)).toEqual([
      "lantern 4920",
      "lantern 4960",
      "lantern 5000",
    ]);
    expect((await list({ tags: ["last"], first: 1 })).totalCount).toBe(100);
  });

  test("pinning and unpinning may be repeated", async () => {
    const [id = ""] = await make("x");
    expect([await pin(id), await pin(id)]).toEqual(Array(2).fill({ fragment: { id, isPinned: true } }));
    expect([await pin(id, "unpinFragment"), await pin(id, "unpinFragment")]).toEqual(
      Array(2).fill({ fragment: { id, isPinned: false } }),
    );
  });

  test("a scene type that the viewer may not see is none", async () => {
    const [id = ""] = await make("x");
    expect(await pin(id, "pinFragment", studio.stranger)).toMatchObject({ code: "NOT_FOUND", path: ["sceneTypeId"] });
    await expect(list({ s: studio.ids.sceneType }, studio.stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await pin(id);
    const { node } = await app.execute(
      `query ($id: ID!, $s: ID!) { node(id: $id) { ... on Fragment { isPinned(sceneTypeId: $s) } } }`,
      { id, s: studio.ids.sceneType },
      { viewer: studio.stranger },
    );
    expect(node).toEqual({ isPinned: false });
  });

  test.each([
    "x",
    Buffer.from('["1"]').toString("base64url"),
    Buffer.from('["0","1; drop","x"]').toString("base64url"),
  ])("%s is no cursor", async (after) => {
    await expect(list({ after })).rejects.toMatchObject({ kind: "ValidationError", path: ["after"] });
  });

  test("a page with pins takes as many statements for one fragment as for many", async () => {
    const query = `query ($s: ID!, $other: ID!) { fragments(sceneTypeId: $s) { totalCount nodes { text a: isPinned(sceneTypeId: $s) b: isPinned(sceneTypeId: $other) } } }`;
    const other = await makePromptStudio(app, "Other");
    const statements = async (): Promise<number> => {
      app.takeStatements();
      await app.execute(query, { s: studio.ids.sceneType, other: other.ids.sceneType });
      return app.takeStatements().length;
    };
    await make("x");
    const few = await statements();
    await make("a", "b", "c", "d");
    expect(await statements()).toBe(few);
    expect(few).toBe(4);
  });
});
