import {
  continuityWarnings,
  type WarnedAsset,
  type WarnedInstance,
  type WarnedScene,
} from "#domains/stories/logic/continuity-warnings.ts";

const asset = (name: string, more: Partial<WarnedAsset> = {}): WarnedAsset => ({
  id: name,
  name,
  type: "CHARACTER",
  description: "tall",
  imageId: null,
  isLocked: true,
  isDeferred: false,
  ...more,
});
const instance = (id: string, projectAssetId: string, more: Partial<WarnedInstance> = {}): WarnedInstance => ({
  id,
  projectAssetId,
  descriptionOverride: null,
  imageId: null,
  statusTags: [],
  carryForward: true,
  isLocked: false,
  inheritedFromId: null,
  inheritedFromNumber: null,
  removedTags: [],
  ...more,
});
const told = (assets: WarnedAsset[], ...scenes: { text?: string; instances?: WarnedInstance[] }[]) =>
  continuityWarnings(
    scenes.map(({ text = "", instances = [] }, index): WarnedScene => ({
      id: `scene ${index + 1}`,
      number: index + 1,
      texts: [text],
      instances,
    })),
    new Map(assets.map((each) => [each.id, each])),
  ).map(({ kind, sceneId, projectAssetId }) => `${kind} ${sceneId} ${projectAssetId}`);

test("an asset that appears later without being named is not introduced", () => {
  const [mara, ship] = [asset("Mara"), asset("Ship", { type: "PROP" })];
  const later = { instances: [instance("m", "Mara"), instance("s", "Ship")] };
  expect(told([mara, ship], { text: "Mara waits." }, later)).toEqual(["NOT_INTRODUCED scene 2 Ship"]);
  expect(told([mara, ship], { text: "Mara waits." }, { text: "A ship!", ...later })).toEqual([]);
  // The first scene is where things are; nobody has to say so.
  expect(told([ship], { instances: [instance("s", "Ship")] })).toEqual([]);
});

test("a tag that vanishes is told, unless a change took it away or the state was not to carry", () => {
  const mara = [asset("Mara")];
  const from = (more: Partial<WarnedInstance> = {}) => ({
    instances: [instance("a", "Mara", { statusTags: ["muddy"], ...more })],
  });
  const to = (more: Partial<WarnedInstance> = {}) => ({ instances: [instance("b", "Mara", more)] });
  expect(told(mara, from(), to())).toEqual(["TAG_VANISHED scene 2 Mara"]);
  expect(told(mara, from(), {}, to())).toEqual(["TAG_VANISHED scene 3 Mara"]);
  expect(told(mara, from(), to({ statusTags: ["wet", "muddy"] }))).toEqual([]);
  expect(told(mara, from(), to({ removedTags: ["muddy"] }))).toEqual([]);
  expect(told(mara, from({ carryForward: false }), to())).toEqual([]);
});

test("a locked state with another description than the project asset is told", () => {
  const locked = (descriptionOverride: string | null) => ({
    instances: [instance("a", "Mara", { isLocked: true, descriptionOverride })],
  });
  expect(told([asset("Mara")], locked("short"))).toEqual(["LOCKED_DIFFERS scene 1 Mara"]);
  expect(told([asset("Mara")], locked("tall"))).toEqual([]);
  expect(told([asset("Mara")], locked(null))).toEqual([]);
});

test("a character that the script names is missed where the scene has others", () => {
  const assets = [asset("Mara"), asset("Ben"), asset("Lamp", { type: "PROP" })];
  const text = "Mara gives Ben the lamp.";
  expect(told(assets, { text, instances: [instance("a", "Mara")] })).toEqual(["CAST_INCOMPLETE scene 1 Ben"]);
  expect(told(assets, { text })).toEqual([]);
});

test("a source that is gone, or does not come earlier any more, is told", () => {
  const follows = (id: string, source: string) =>
    instance(id, "Mara", { inheritedFromId: source, inheritedFromNumber: 1 });
  const mara = [asset("Mara")];
  expect(told(mara, { instances: [instance("a", "Mara")] }, { instances: [follows("b", "a")] })).toEqual([]);
  expect(told(mara, { instances: [follows("b", "a")] }, { instances: [instance("a", "Mara")] })).toEqual([
    "SOURCE_NOT_EARLIER scene 1 Mara",
  ]);
  expect(told(mara, { instances: [follows("b", "gone")] })).toEqual(["SOURCE_NOT_EARLIER scene 1 Mara"]);
});
