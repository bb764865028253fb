import { createFragment, deleteFragment, updateFragment } from "#domains/fragments/fragments.service.ts";
import { createCharacter } from "#domains/prompts/characters.service.ts";
import { listOverrides, setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { updatePromptSlot } from "#domains/workflows/workflows.service.ts";
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

const save = (
  overrides: unknown[],
  options: { scope?: string; targetId?: string; viewer?: PromptStudio["creator"] } = {},
) =>
  app
    .execute(
      `mutation ($input: SetPromptOverridesInput!) { setPromptOverrides(input: $input) {
        ... on SetPromptOverridesPayload { overrides { scope text notes slot { id } sceneType { id } fragments { type text fragmentId isStale fragment { id usageCount } } } }
        ... on Error { __typename message code path } } }`,
      {
        input: {
          sceneTypeId: studio.ids.sceneType,
          scope: options.scope ?? "CHARACTER",
          targetId: options.targetId ?? studio.ids.character,
          overrides,
        },
      },
      { viewer: options.viewer ?? studio.creator },
    )
    .then((data) => data.setPromptOverrides);

const makeCharacter = async (name: string): Promise<string> =>
  encodeId("Character", (await createCharacter(app.deps, app.admin, { projectId: studio.projectId, name })).id);
const makeFragment = async (text: string): Promise<string> =>
  encodeId("Fragment", (await createFragment(app.deps, { text })).id);
const uuidOf = (globalId: string): string => Buffer.from(globalId, "base64").toString().split(":")[1] ?? "";
const usesOf = async (globalId: string): Promise<number> =>
  (await app.deps.db.prisma.fragment.findUniqueOrThrow({ where: { id: uuidOf(globalId) } })).usageCount;

test("an override keeps the library's text as it was, says when it is stale, and survives the fragment", async () => {
  const targetId = await makeCharacter("Copy");
  const fragmentId = await makeFragment("soft window light");
  const entry = {
    slotId: studio.ids.positive,
    fragments: [
      { type: "FRAGMENT_REF", fragmentId },
      { type: "INLINE", text: "{mood} look" },
    ],
  };
  const first = await save([{ ...entry, text: "a portrait", notes: "for the poster" }], { targetId });
  expect(first.overrides).toEqual([
    {
      scope: "CHARACTER",
      text: "a portrait",
      notes: "for the poster",
      slot: { id: studio.ids.positive },
      sceneType: { id: studio.ids.sceneType },
      fragments: [
        {
          type: "FRAGMENT_REF",
          text: "soft window light",
          fragmentId,
          isStale: false,
          fragment: { id: fragmentId, usageCount: 1 },
        },
        { type: "INLINE", text: "{mood} look", fragmentId: null, isStale: false, fragment: null },
      ],
    },
  ]);

  await updateFragment(app.deps, uuidOf(fragmentId), { text: "hard window light" });
  const again = await save([entry], { targetId });
  expect(again.overrides[0].fragments[0]).toMatchObject({
    text: "soft window light",
    isStale: true,
    fragment: { usageCount: 1 },
  });

  await deleteFragment(app.deps, uuidOf(fragmentId));
  const later = await save([entry], { targetId });
  expect(later.overrides[0].fragments[0]).toEqual({
    type: "FRAGMENT_REF",
    text: "soft window light",
    fragmentId,
    isStale: false,
    fragment: null,
  });
});

test("slots that are not named stay, and an entry with nothing in it deletes", async () => {
  const targetId = await makeCharacter("Stay");
  const target = { sceneTypeId: studio.sceneTypeId, scope: "CHARACTER" as const, targetId: uuidOf(targetId) };
  await save(
    [
      { slotId: studio.ids.positive, text: "one", fragments: [] },
      { slotId: studio.ids.negative, notes: "look here", fragments: [] },
    ],
    { targetId },
  );
  expect(
    (await save([{ slotId: studio.ids.positive, text: " ", notes: "", fragments: [] }], { targetId })).overrides,
  ).toEqual([]);
  expect(await listOverrides(app.deps, studio.viewer, target)).toMatchObject([
    { slotId: studio.slots.negative.id, notes: "look here", text: null, createdById: studio.creator.userId },
  ]);
});

test("one wrong entry saves nothing of the others, and is named by its path", async () => {
  const targetId = await makeCharacter("Atomic");
  const good = { slotId: studio.ids.positive, text: "kept?", fragments: [] };
  const entry = (fragment: object) => ({
    slotId: studio.ids.negative,
    fragments: [{ type: "INLINE", text: "x" }, fragment],
  });
  const foreign = await makePromptStudio(app, "Elsewhere");
  for (const [wrong, expected] of [
    [
      { slotId: encodeId("PromptSlot", foreign.slots.positive.id), fragments: [] },
      ["NotFoundError", "overrides", "1", "slotId"],
    ],
    [{ slotId: "junk", fragments: [] }, ["NotFoundError", "overrides", "1", "slotId"]],
    [good, ["ValidationError", "overrides", "1", "slotId"]],
    [
      entry({ type: "FRAGMENT_REF", fragmentId: encodeId("Fragment", studio.projectId) }),
      ["NotFoundError", "overrides", "1", "fragments", "1", "fragmentId"],
    ],
    [
      entry({ type: "FRAGMENT_REF", fragmentId: encodeId("Fragment", studio.projectId), text: "t" }),
      ["NotFoundError", "overrides", "1", "fragments", "1", "fragmentId"],
    ],
    [entry({ type: "FRAGMENT_REF", text: "t" }), ["ValidationError", "overrides", "1", "fragments", "1", "fragmentId"]],
    [entry({ type: "INLINE" }), ["ValidationError", "overrides", "1", "fragments", "1", "text"]],
    [entry({ type: "INLINE", text: "\0" }), ["ValidationError", "overrides", "1", "fragments", "1", "text"]],
  ] as const) {
    const { __typename, path } = await save([good, wrong], { targetId });
    expect([__typename, ...path]).toEqual(expected);
  }
  expect(
    await listOverrides(app.deps, app.admin, {
      sceneTypeId: studio.sceneTypeId,
      scope: "CHARACTER",
      targetId: uuidOf(targetId),
    }),
  ).toEqual([]);
});

test("a locked slot is refused", async () => {
  await updatePromptSlot(app.deps, studio.slots.negative.id, { isUserEditable: false });
  expect(await save([{ slotId: studio.ids.negative, text: "x", fragments: [] }])).toMatchObject({
    __typename: "ForbiddenError",
    code: "SLOT_LOCKED",
    path: ["overrides", "0", "slotId"],
  });
  await updatePromptSlot(app.deps, studio.slots.negative.id, { isUserEditable: true });
});

test("strangers find nothing, viewers may not write", async () => {
  const entry = { slotId: studio.ids.positive, text: "x", fragments: [] };
  expect(await save([entry], { viewer: studio.stranger })).toMatchObject({ code: "NOT_FOUND", path: ["sceneTypeId"] });
  expect(await save([entry], { viewer: studio.viewer })).toMatchObject({ __typename: "ForbiddenError" });
  expect(await save([entry], { scope: "GROUP" })).toMatchObject({ code: "NOT_FOUND", path: ["targetId"] });
});

test("all three scopes are kept apart", async () => {
  const group = await app.deps.db.prisma.characterGroup.create({
    data: { projectId: studio.projectId, name: "Sellers" },
  });
  const entry = (text: string) => [{ slotId: studio.ids.positive, text, fragments: [] }];
  const groupId = encodeId("CharacterGroup", group.id);
  expect((await save(entry("of group"), { scope: "GROUP", targetId: groupId })).overrides).toMatchObject([
    { scope: "GROUP", text: "of group" },
  ]);
  expect((await save(entry("of project"), { scope: "PROJECT", targetId: studio.ids.project })).overrides).toMatchObject(
    [{ scope: "PROJECT" }],
  );
  const { promptOverrides } = await app.execute(
    `query ($s: ID!, $t: ID!) { promptOverrides(sceneTypeId: $s, scope: GROUP, targetId: $t) { text } }`,
    { s: studio.ids.sceneType, t: groupId },
    { viewer: studio.viewer },
  );
  expect(promptOverrides).toEqual([{ text: "of group" }]);
});

test("50 saves at the same moment count every use and lose none", async () => {
  const [shared, other] = [await makeFragment("shared"), await makeFragment("other")];
  const targets = await Promise.all(Array.from({ length: 25 }, (_, index) => makeCharacter(`Extra ${index}`)));
  const refs = [shared, other].map((fragmentId) => ({ type: "FRAGMENT_REF" as const, fragmentId }));
  // Every target is saved twice at once, with the references in either order.
  const results = await Promise.all(
    targets.flatMap((targetId) =>
      [refs, refs.toReversed()].map((fragments) => save([{ slotId: studio.ids.positive, fragments }], { targetId })),
    ),
  );
  expect(results.every((result) => result.overrides?.length === 1)).toBe(true);
  expect([await usesOf(shared), await usesOf(other)]).toEqual([25, 25]);
});

test("the number of statements does not grow with the entries or their fragments", async () => {
  const targetId = await makeCharacter("Wide");
  const fragmentIds = await Promise.all(["a", "b", "c", "d"].map(makeFragment));
  const statements = async (slots: string[], fragments: string[]): Promise<number> => {
    app.takeStatements();
    await save(
      slots.map((slotId) => ({
        slotId,
        fragments: fragments.map((fragmentId) => ({ type: "FRAGMENT_REF", fragmentId })),
      })),
      { targetId },
    );
    return app.takeStatements().length;
  };
  const narrow = await statements([studio.ids.positive], fragmentIds.slice(0, 1));
  expect(await statements([studio.ids.positive, studio.ids.negative, studio.ids.linked], fragmentIds)).toBe(narrow);
});

test("an override can be looked up by its own id, by members only", async () => {
  const [saved] = await setPromptOverrides(
    app.deps,
    app.admin,
    { sceneTypeId: studio.sceneTypeId, scope: "CHARACTER", targetId: studio.characterId },
    [{ slotId: studio.slots.positive.id, text: "node", fragments: [] }],
  );
  const look = async (viewer: PromptStudio["creator"]) =>
    (
      await app.execute(
        `query ($id: ID!) { node(id: $id) { ... on PromptOverride { text createdBy { name } } } }`,
        { id: encodeId("PromptOverride", saved?.id ?? "") },
        { viewer },
      )
    ).node;
  expect(await look(studio.viewer)).toEqual({ text: "node", createdBy: { name: app.admin.name } });
  expect(await look(studio.stranger)).toBeNull();
});
