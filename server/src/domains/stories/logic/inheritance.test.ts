import fc from "fast-check";
import {
  followingState,
  inheritanceChain,
  inheritedStates,
  startingStates,
} from "#domains/stories/logic/inheritance.ts";
import type { AssetBase, KnownState } from "#domains/stories/logic/scene-state.ts";

const base = (more: Partial<AssetBase> = {}): AssetBase => ({
  id: "mara",
  description: "tall",
  imageId: "portrait",
  isLocked: true,
  isDeferred: false,
  ...more,
});
const state = (more: Partial<KnownState> = {}): KnownState => ({
  id: "mara in 1",
  projectAssetId: "mara",
  descriptionOverride: "drenched",
  imageId: "wet portrait",
  statusTags: ["wet"],
  carryForward: true,
  ...more,
});

test("a first scene is given what is approved and designed", () => {
  const assets = [
    base(),
    base({ id: "draft", isLocked: false }),
    base({ id: "later", isDeferred: true }),
    base({ id: "unseen", imageId: null }),
  ];
  const { states, notReady } = startingStates(assets);
  expect(states).toEqual([
    {
      projectAssetId: "mara",
      imageId: "portrait",
      descriptionOverride: null,
      statusTags: [],
      carryForward: true,
      inheritedFromId: null,
    },
    {
      projectAssetId: "unseen",
      imageId: null,
      descriptionOverride: null,
      statusTags: [],
      carryForward: true,
      inheritedFromId: null,
    },
  ]);
  expect(notReady.map(({ id }) => id)).toEqual(["later"]);
});

test("a state that carries forward is taken over whole", () => {
  const { id: inheritedFromId, ...source } = state();
  expect(followingState(state(), base())).toEqual({ ...source, inheritedFromId });
});

test("a state that does not begins at the project asset again, and remembers where it came from", () => {
  expect(followingState(state({ carryForward: false }), base())).toEqual({
    projectAssetId: "mara",
    descriptionOverride: null,
    imageId: "portrait",
    statusTags: [],
    carryForward: false,
    inheritedFromId: "mara in 1",
  });
});

test("what people chose comes before what the state says", () => {
  const sources = [
    state(),
    state({ id: "b", projectAssetId: "ben", carryForward: false }),
    state({ id: "c", projectAssetId: "cup" }),
  ];
  const bases = new Map(["mara", "ben", "cup"].map((id) => [id, base({ id })]));
  const choices = new Map([
    ["mara", "RESET"],
    ["ben", "CARRY"],
    ["cup", "SKIP"],
  ] as const);
  expect(inheritedStates(sources, bases, choices)).toMatchObject([
    { projectAssetId: "mara", statusTags: [], carryForward: true },
    { projectAssetId: "ben", statusTags: ["wet"], carryForward: false },
  ]);
});

test("a chain ends at a source that is gone or comes no earlier, and is never a ring", () => {
  const link = (id: string, sceneNumber: number, inheritedFromId: string | null) => ({
    id,
    sceneNumber,
    inheritedFromId,
  });
  const links = (...all: ReturnType<typeof link>[]) => new Map(all.map((each) => [each.id, each]));
  const ids = (id: string, map: ReturnType<typeof links>) => inheritanceChain(id, map).map((each) => each.id);
  expect(ids("c", links(link("a", 1, null), link("b", 2, "a"), link("c", 3, "b")))).toEqual(["a", "b", "c"]);
  expect(ids("c", links(link("b", 2, "gone"), link("c", 3, "b")))).toEqual(["b", "c"]);
  expect(ids("c", links(link("a", 1, null), link("b", 4, "a"), link("c", 3, "b")))).toEqual(["c"]);
  const long = links(link("a", 1, null), link("b", 2, "a"), link("c", 3, "b"));
  expect(inheritanceChain("c", long, 2).map(({ id }) => id)).toEqual(["b", "c"]);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(9)), { minLength: 1, maxLength: 10 }), (rows) => {
      const map = links(...rows.map(([number, source], index) => link(String(index), number, String(source))));
      for (const id of map.keys()) {
        const chain = inheritanceChain(id, map);
        const numbers = chain.map(({ sceneNumber }) => sceneNumber);
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
        expect(chain.at(-1)?.id).toBe(id);
      }
    }),
  );
});
