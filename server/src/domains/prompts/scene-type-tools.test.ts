import { createFragment, pinFragment } from "#domains/fragments/fragments.service.ts";
import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { updatePromptSlot } from "#domains/workflows/workflows.service.ts";
import { makePromptStudio, type PromptStudio } from "#test/prompt-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: PromptStudio;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
let made = 0;
beforeEach(async () => {
  studio = await makePromptStudio(app, `Studio ${made++}`);
});

const mutate = async (name: string, selection: string, input: object, viewer = studio.creator): Promise<any> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const operation = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ... on ${type}Payload { ${selection} } ... on Error { __typename code path } } }`;
  return (await app.execute(operation, { input }, { viewer }))[name];
};
const texts = "sceneType { id promptDefaults { text clipPosition slot { id } } }";

describe("durations", () => {
  const fields =
    "sceneType { id description fragmentSeparator targetDurationSecs segmentDurationSecs durationToleranceSecs }";

  test("are set with a new scene type, changed and taken away", async () => {
    const given = {
      description: "through the market",
      fragmentSeparator: " | ",
      targetDurationSecs: 20.5,
      segmentDurationSecs: 5,
      durationToleranceSecs: 0,
    };
    const { sceneType } = await mutate("createSceneType", fields, {
      name: "Long",
      projectId: studio.ids.project,
      workflowId: studio.ids.workflow,
      ...given,
    });
    expect(sceneType).toMatchObject(given);
    const update = (input: object) => mutate("updateSceneType", fields, { id: sceneType.id, ...input });
    expect((await update({ targetDurationSecs: 10, segmentDurationSecs: null })).sceneType).toMatchObject({
      description: "through the market",
      targetDurationSecs: 10,
      segmentDurationSecs: null,
      durationToleranceSecs: 0,
    });
    expect(await update({ segmentDurationSecs: 11 })).toMatchObject({
      code: "VALIDATION",
      path: ["segmentDurationSecs"],
    });
    expect((await update({ segmentDurationSecs: 10 })).sceneType.segmentDurationSecs).toBe(10);
    expect(await update({ targetDurationSecs: 9 })).toMatchObject({ path: ["segmentDurationSecs"] });
  });

  test.each([
    [{ targetDurationSecs: 0 }, "targetDurationSecs"],
    [{ segmentDurationSecs: -1 }, "segmentDurationSecs"],
    [{ durationToleranceSecs: -0.1 }, "durationToleranceSecs"],
    [{ targetDurationSecs: 2, segmentDurationSecs: 2.01 }, "segmentDurationSecs"],
  ])("%j is refused", async (input, field) => {
    const create = { name: "Wrong", projectId: studio.ids.project, workflowId: studio.ids.workflow, ...input };
    expect(await mutate("createSceneType", fields, create)).toMatchObject({ code: "VALIDATION", path: [field] });
    expect(await mutate("updateSceneType", fields, { id: studio.ids.sceneType, ...input })).toMatchObject({
      path: [field],
    });
  });
});

describe("texts", () => {
  const set = (defaults: object[], viewer = studio.creator) =>
    mutate("setScenePromptDefaults", texts, { sceneTypeId: studio.ids.sceneType, defaults }, viewer);
  const { positive, negative } = { positive: () => studio.ids.positive, negative: () => studio.ids.negative };

  test("are set many at once, replaced, and returned to the next wider one by an empty text", async () => {
    const first = await set([
      { slotId: positive(), text: "whole" },
      { slotId: positive(), clipPosition: "START_CLIP", text: "start" },
      { slotId: negative(), text: "worse" },
    ]);
    expect(first.sceneType.promptDefaults).toHaveLength(3);
    const second = await set([
      { slotId: positive(), text: "all of it" },
      { slotId: negative(), text: " " },
      { slotId: negative(), clipPosition: "CONTINUATION_CLIP", text: "" },
    ]);
    expect(second.sceneType.promptDefaults).toEqual([
      { text: "all of it", clipPosition: "FULL_CLIP", slot: { id: positive() } },
      { text: "start", clipPosition: "START_CLIP", slot: { id: positive() } },
    ]);
    expect(await set([])).toEqual(second);
  });

  test("are all set or none", async () => {
    const other = await makePromptStudio(app, `Other ${made++}`);
    const good = { slotId: positive(), text: "kept?" };
    for (const [wrong, code, path] of [
      [good, "VALIDATION", ["defaults", "1", "slotId"]],
      [{ slotId: other.ids.positive, text: "x" }, "NOT_FOUND", ["defaults", "1", "slotId"]],
      [{ slotId: negative(), text: "\0" }, "VALIDATION", ["defaults", "1", "text"]],
    ] as const)
      expect(await set([good, wrong])).toMatchObject({ code, path });
    await updatePromptSlot(app.deps, studio.slots.negative.id, { isUserEditable: false });
    expect(await set([good, { slotId: negative(), text: "x" }])).toMatchObject({ code: "SLOT_LOCKED" });
    expect(await set([good], studio.stranger)).toMatchObject({ code: "NOT_FOUND", path: ["sceneTypeId"] });
    expect((await set([])).sceneType.promptDefaults).toEqual([]);
  });

  test("are read for a clip with what they fall back to", async () => {
    await set([
      { slotId: positive(), text: "whole" },
      { slotId: positive(), clipPosition: "START_CLIP", text: "start" },
    ]);
    const { sceneType } = await app.execute(
      `query ($id: ID!) { sceneType(id: $id) {
         start: effectiveDefaults(clipPosition: START_CLIP) { text clipPosition slot { id } }
         later: effectiveDefaults(clipPosition: CONTINUATION_CLIP) { text clipPosition } } }`,
      { id: studio.ids.sceneType },
    );
    expect(sceneType).toMatchObject({
      start: [
        { text: "start", clipPosition: "START_CLIP", slot: { id: positive() } },
        { text: "blurry", clipPosition: null, slot: { id: negative() } },
        { text: null, clipPosition: null, slot: { id: studio.ids.linked } },
      ],
      later: [{ text: "whole", clipPosition: "FULL_CLIP" }, { text: "blurry" }, { text: null }],
    });
  });
});

describe("a copy", () => {
  test("has the settings, texts and pins of the original, and its overrides when asked", async () => {
    const { deps, admin } = app;
    await mutate("updateSceneType", "sceneType { id }", {
      id: studio.ids.sceneType,
      fragmentSeparator: " + ",
      targetDurationSecs: 8,
    });
    await mutate("setScenePromptDefaults", texts, {
      sceneTypeId: studio.ids.sceneType,
      defaults: [{ slotId: studio.ids.positive, text: "whole" }],
    });
    const fragment = await createFragment(deps, { text: "soft light" });
    await pinFragment(deps, admin, { fragmentId: fragment.id, sceneTypeId: studio.sceneTypeId });
    await setPromptOverrides(
      deps,
      admin,
      { sceneTypeId: studio.sceneTypeId, scope: "CHARACTER", targetId: studio.characterId },
      [
        {
          slotId: studio.slots.positive.id,
          text: null,
          fragments: [{ type: "FRAGMENT_REF", fragmentId: fragment.id }],
        },
      ],
    );
    const copy = async (name: string, input: object = {}) =>
      mutate(
        "duplicateSceneType",
        "sceneType { id name fragmentSeparator targetDurationSecs project { id } promptDefaults { text } }",
        {
          id: studio.ids.sceneType,
          name,
          ...input,
        },
      );
    const { sceneType } = await copy("Copy");
    expect(sceneType).toEqual({
      id: sceneType.id,
      name: "Copy",
      fragmentSeparator: " + ",
      targetDurationSecs: 8,
      project: { id: studio.ids.project },
      promptDefaults: [{ text: "whole" }],
    });
    const resolved = async (sceneTypeId: string) =>
      (
        await app.execute(
          `query ($s: ID!, $c: ID!) { resolvePrompts(input: { sceneTypeId: $s, characterId: $c }) { resolvedText } }`,
          { s: sceneTypeId, c: studio.ids.character },
        )
      ).resolvePrompts[0].resolvedText;
    expect(await resolved(sceneType.id)).toBe("whole");
    const whole = await copy("Whole", { withOverrides: true });
    expect(await resolved(whole.sceneType.id)).toBe("whole + soft light");
    const { fragments } = await app.execute(
      `query ($s: ID) { fragments(sceneTypeId: $s, first: 1) { nodes { usageCount isPinned(sceneTypeId: "${sceneType.id}") } } }`,
      { s: sceneType.id },
    );
    expect(fragments.nodes).toEqual([{ usageCount: 1, isPinned: true }]);
    expect((await copy("Wide", { projectId: null })).sceneType.project).toBeNull();
    expect(await copy("Copy")).toMatchObject({ code: "NAME_TAKEN", path: ["name"] });
    expect(
      await mutate("duplicateSceneType", "sceneType { id }", { id: studio.ids.sceneType, name: "x" }, studio.stranger),
    ).toMatchObject({ code: "NOT_FOUND" });
  });
});

test("a scene type goes with its texts, but not when takes were made of it", async () => {
  const remove = (viewer = studio.creator) =>
    mutate("deleteSceneType", "deletedId", { id: studio.ids.sceneType }, viewer);
  const data = {
    sceneTypeId: studio.sceneTypeId,
    characterId: studio.characterId,
    createdById: app.admin.userId,
    snapshot: {},
  };
  const take = await app.deps.db.prisma.take.create({ data });
  expect(await remove()).toMatchObject({ __typename: "ConflictError", code: "HAS_TAKES" });
  await app.deps.db.prisma.take.delete({ where: { id: take.id } });
  expect(await remove(studio.stranger)).toMatchObject({ code: "NOT_FOUND", path: ["id"] });
  expect(await remove()).toEqual({ deletedId: studio.ids.sceneType });
  expect(await remove()).toMatchObject({ code: "NOT_FOUND" });
});
