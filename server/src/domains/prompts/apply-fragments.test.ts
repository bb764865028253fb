import { createFragment, deleteFragment, updateFragment } from "#domains/fragments/fragments.service.ts";
import { createCharacter } from "#domains/prompts/characters.service.ts";
import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { makePromptStudio, type PromptStudio } from "#test/prompt-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: PromptStudio;
beforeEach(async () => {
  app = await startTestApp();
  studio = await makePromptStudio(app);
});
afterEach(() => app[Symbol.asyncDispose]());

const entries = "{ type text fragmentId isStale }";
const mutate = async (name: string, selection: string, input: object, viewer = studio.creator): Promise<any> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const operation = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ... on ${type}Payload { ${selection} } ... on Error { __typename code message path } } }`;
  return (await app.execute(operation, { input }, { viewer }))[name];
};
const apply = (input: object, viewer = studio.creator) =>
  mutate(
    "applyFragments",
    `unchangedCount changes { character { name } slot { id } before ${entries} after ${entries} added { text } }`,
    {
      sceneTypeId: studio.ids.sceneType,
      slotIds: [studio.ids.positive],
      characters: { projectId: studio.ids.project },
      ...input,
    },
    viewer,
  );
const fragment = async (text: string) => {
  const { id } = await createFragment(app.deps, { text });
  return { id, ref: { type: "FRAGMENT_REF", fragmentId: encodeId("Fragment", id) } };
};
const uses = async (id: string) => (await app.deps.db.prisma.fragment.findUniqueOrThrow({ where: { id } })).usageCount;
const cast = (names: string[], metadata: Record<string, string> = {}) =>
  Promise.all(
    names.map((name) => createCharacter(app.deps, app.admin, { projectId: studio.projectId, name, metadata })),
  );
const storedTexts = async () =>
  (
    await app.deps.db.prisma.promptOverride.findMany({
      orderBy: { character: { name: "asc" } },
      include: { character: true },
    })
  ).map((override) => [override.character?.name, (override.fragments as { text: string }[]).map(({ text }) => text)]);

describe("adding fragments to many characters", () => {
  test("says first what would change, then changes it, and adds nothing twice", async () => {
    await cast(["Ana", "Ben"]);
    const [light, grain] = [await fragment("soft light"), await fragment("film grain")];
    await setPromptOverrides(
      app.deps,
      app.admin,
      { sceneTypeId: studio.sceneTypeId, scope: "CHARACTER", targetId: studio.characterId },
      [
        {
          slotId: studio.slots.positive.id,
          text: "kept",
          notes: "too",
          fragments: [{ type: "FRAGMENT_REF", fragmentId: light.id }],
        },
      ],
    );
    const input = { fragments: [light.ref, grain.ref, { type: "INLINE", text: "at dusk" }] };
    const preview = await apply({ ...input, dryRun: true });
    expect(preview.changes.map((change: any) => [change.character.name, change.added.length])).toEqual([
      ["Ana", 3],
      ["Ben", 3],
      ["Mara", 2],
    ]);
    expect(preview.changes[2]).toMatchObject({
      before: [{ text: "soft light" }],
      after: [{ text: "soft light" }, { text: "film grain", isStale: false }, { text: "at dusk", type: "INLINE" }],
    });
    expect([await uses(light.id), await uses(grain.id)]).toEqual([1, 0]);
    expect(await storedTexts()).toHaveLength(1);

    expect(await apply(input)).toEqual(preview);
    const all = ["soft light", "film grain", "at dusk"];
    expect(await storedTexts()).toEqual([
      ["Ana", all],
      ["Ben", all],
      ["Mara", all],
    ]);
    expect([await uses(light.id), await uses(grain.id)]).toEqual([3, 3]);
    expect(await apply(input)).toEqual({ changes: [], unchangedCount: 3 });
    expect([await uses(light.id), await uses(grain.id)]).toEqual([3, 3]);
    const mara = await app.deps.db.prisma.promptOverride.findFirstOrThrow({
      where: { characterId: studio.characterId },
    });
    expect(mara).toMatchObject({ text: "kept", notes: "too" });
  });

  test("reaches a group, those with some metadata, or those named", async () => {
    const [ana, ben] = await cast(["Ana", "Ben"], { hair: "red" });
    await cast(["Cleo"], { hair: "grey" });
    const group = await app.deps.db.prisma.characterGroup.create({ data: { projectId: studio.projectId, name: "G" } });
    await app.deps.db.prisma.character.update({ where: { id: ana?.id ?? "" }, data: { groupId: group.id } });
    const names = async (characters: object) =>
      (await apply({ characters, fragments: [{ type: "INLINE", text: "x" }], dryRun: true })).changes.map(
        (change: any) => change.character.name,
      );
    expect(await names({ groupId: encodeId("CharacterGroup", group.id) })).toEqual(["Ana"]);
    expect(await names({ projectId: studio.ids.project, metadata: { hair: "red" } })).toEqual(["Ana", "Ben"]);
    expect(await names({ characterIds: [encodeId("Character", ben?.id ?? "")] })).toEqual(["Ben"]);
    expect(await names({ characterIds: [encodeId("Character", ben?.id ?? "")], metadata: { hair: "grey" } })).toEqual(
      [],
    );
    expect(await apply({ characters: {}, fragments: [] })).toMatchObject({ code: "VALIDATION" });
    expect(await apply({ fragments: [] })).toMatchObject({ code: "VALIDATION", path: ["fragments"] });
  });

  test("changes nothing when one thing is wrong", async () => {
    const good = { type: "INLINE", text: "x" };
    const gone = await fragment("gone");
    await deleteFragment(app.deps, gone.id);
    expect(await apply({ fragments: [good, gone.ref] })).toMatchObject({
      code: "NOT_FOUND",
      path: ["fragments", "1", "fragmentId"],
    });
    const other = await makePromptStudio(app, "Elsewhere");
    expect(await apply({ fragments: [good], slotIds: [studio.ids.positive, other.ids.positive] })).toMatchObject({
      path: ["slotIds", "1"],
    });
    expect(await apply({ fragments: [good] }, studio.stranger)).toMatchObject({ code: "NOT_FOUND" });
    expect(await apply({ fragments: [good] }, studio.viewer)).toMatchObject({ code: "FORBIDDEN" });
    expect(await storedTexts()).toEqual([]);
  });

  test("counts exactly and blocks nobody when many do it at once, each in another order", async () => {
    const characters = (await cast(["A", "B", "C", "D", "E"])).map(({ id }) => encodeId("Character", id));
    const shared = await Promise.all(["x", "y", "z"].map(fragment));
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, n) => {
        const turn = <T>(list: T[]): T[] => [...list.slice(n % list.length), ...list.slice(0, n % list.length)];
        return apply({ characters: { characterIds: turn(characters) }, fragments: turn(shared).map(({ ref }) => ref) });
      }),
    );
    expect(results.every((result) => result.changes)).toBe(true);
    expect(await Promise.all(shared.map(({ id }) => uses(id)))).toEqual([5, 5, 5]);
  });

  test("takes as many statements for one character as for many", async () => {
    const { ref } = await fragment("x");
    const statements = async (): Promise<number> => {
      app.takeStatements();
      await apply({ fragments: [ref], slotIds: [studio.ids.positive, studio.ids.negative] });
      return app.takeStatements().length;
    };
    const few = await statements();
    await cast(Array.from({ length: 20 }, (_, n) => `Extra ${n}`));
    expect(await statements()).toBe(few);
  });
});

describe("templates", () => {
  const template = `template { id name description fragments ${entries} }`;

  test("keep a list of entries by name, and are applied like it", async () => {
    const light = await fragment("soft light");
    const { template: made } = await mutate("createOverrideTemplate", template, {
      name: " Dusk ",
      fragments: [light.ref, { type: "INLINE", text: "at dusk" }],
    });
    expect(made).toMatchObject({
      name: "Dusk",
      description: null,
      fragments: [{ text: "soft light" }, { text: "at dusk" }],
    });
    expect(await uses(light.id)).toBe(0);
    await updateFragment(app.deps, light.id, { text: "hard light" });
    const changed = await mutate("updateOverrideTemplate", template, {
      id: made.id,
      description: "evening",
      fragments: [{ type: "INLINE", text: "rain" }, light.ref],
    });
    expect(changed.template).toMatchObject({
      description: "evening",
      fragments: [{ text: "rain" }, { text: "soft light", isStale: true }],
    });
    await apply({
      templateId: made.id,
      fragments: [
        { type: "INLINE", text: "rain" },
        { type: "INLINE", text: "wind" },
      ],
    });
    expect(await storedTexts()).toEqual([["Mara", ["rain", "soft light", "wind"]]]);
    expect(await uses(light.id)).toBe(1);
    expect(await mutate("createOverrideTemplate", template, { name: "Dusk", fragments: [light.ref] })).toMatchObject({
      code: "NAME_TAKEN",
    });
    expect(await mutate("createOverrideTemplate", template, { name: "Empty", fragments: [] })).toMatchObject({
      path: ["fragments"],
    });
    const { overrideTemplates } = await app.execute(
      `{ overrideTemplates(search: "US") { totalCount nodes { name } } }`,
    );
    expect(overrideTemplates).toEqual({ totalCount: 1, nodes: [{ name: "Dusk" }] });
    expect(await mutate("deleteOverrideTemplate", "deletedId", { id: made.id })).toEqual({ deletedId: made.id });
    expect(await storedTexts()).toEqual([["Mara", ["rain", "soft light", "wind"]]]);
  });
});

describe("refreshing", () => {
  const refresh = (input: object, viewer = studio.creator) =>
    mutate("refreshOverrideFragments", `refreshedCount overrides { id fragments ${entries} }`, input, viewer);

  test("brings texts up to the library's in one override, a target or a scene type, and leaves the rest", async () => {
    await cast(["Ana"]);
    const [light, gone] = [await fragment("soft light"), await fragment("gone")];
    await apply({ fragments: [light.ref, gone.ref, { type: "INLINE", text: "soft light" }] });
    expect(await refresh({ sceneTypeId: studio.ids.sceneType })).toEqual({ refreshedCount: 0, overrides: [] });
    await updateFragment(app.deps, light.id, { text: "hard light" });
    await deleteFragment(app.deps, gone.id);
    const mara = await app.deps.db.prisma.promptOverride.findFirstOrThrow({
      where: { characterId: studio.characterId },
    });
    const one = await refresh({ overrideId: encodeId("PromptOverride", mara.id) });
    expect(one).toMatchObject({
      refreshedCount: 1,
      overrides: [{ fragments: [{ text: "hard light", isStale: false }, { text: "gone" }, { text: "soft light" }] }],
    });
    expect(await refresh({ scope: "CHARACTER", targetId: studio.ids.character })).toMatchObject({ refreshedCount: 0 });
    expect(await refresh({ sceneTypeId: studio.ids.sceneType })).toMatchObject({ refreshedCount: 1 });
    expect(await storedTexts()).toEqual([
      ["Ana", ["hard light", "gone", "soft light"]],
      ["Mara", ["hard light", "gone", "soft light"]],
    ]);
    expect(await uses(light.id)).toBe(2);
  });

  test("needs something to refresh, that the viewer may see", async () => {
    expect(await refresh({})).toMatchObject({ code: "VALIDATION" });
    expect(await refresh({ scope: "CHARACTER" })).toMatchObject({ code: "VALIDATION", path: ["targetId"] });
    expect(await refresh({ sceneTypeId: studio.ids.sceneType }, studio.stranger)).toMatchObject({ code: "NOT_FOUND" });
    expect(await refresh({ scope: "CHARACTER", targetId: studio.ids.character }, studio.stranger)).toMatchObject({
      code: "NOT_FOUND",
      path: ["targetId"],
    });
  });
});
