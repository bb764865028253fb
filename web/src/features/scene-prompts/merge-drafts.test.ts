import fc from "fast-check";
import { changesOf, type CollectionDraft, draftOf } from "#features/scene-prompts/collection-draft.ts";
import { mergeDrafts } from "#features/scene-prompts/merge-drafts.ts";

const collection = (texts: Record<string, string>, compositions: Record<string, string[]> = {}): CollectionDraft =>
  draftOf({
    prompts: Object.entries(texts).map(([name, value]) => ({ name, value, tags: [] })),
    compositions: Object.entries(compositions).map(([name, promptNames]) => ({ name, promptNames })),
    separator: ", ",
  });
const textsOf = ({ prompts }: CollectionDraft) => Object.fromEntries(prompts.map(({ name, value }) => [name, value]));

test("what each changed alone is in the merge; what both changed has the own text and is told", () => {
  const base = collection({ subject: "a courier", look: "film", camera: "wide" }, { picture: ["subject", "look"] });
  const mine = collection({ subject: "Noa", look: "film", camera: "close" }, { picture: ["subject", "look"] });
  const theirs = collection({ subject: "a seller", look: "grain", camera: "wide", motion: "slow" });
  const { draft, conflicts, theirs: others } = mergeDrafts(base, mine, theirs);
  expect(textsOf(draft)).toEqual({ subject: "Noa", look: "grain", camera: "close", motion: "slow" });
  expect(conflicts).toEqual([{ kind: "prompt", name: "subject", base: "a courier", mine: "Noa", theirs: "a seller" }]);
  expect(others).toEqual(["look", "motion", "picture"]);
});

test("a prompt that the others removed and one added by both under one name are conflicts", () => {
  const base = collection({ subject: "a courier" });
  const mine = collection({ subject: "Noa" });
  const added = {
    ...mine,
    prompts: [...mine.prompts, { ...mine.prompts[0]!, key: "x1", name: "camera", value: "close" }],
  };
  const { draft, conflicts } = mergeDrafts(base, added, collection({ camera: "wide" }));
  expect(textsOf(draft)).toEqual({ camera: "close", subject: "Noa" });
  expect(conflicts.map(({ name, mine: own, theirs }) => [name, own, theirs])).toEqual([
    ["camera", "close", "wide"],
    ["subject", "Noa", null],
  ]);
});

test("the own order stays when it was changed, else the others' holds", () => {
  const base = collection({ a: "1", b: "2", c: "3" });
  const reversed = collection({ c: "3", b: "2", a: "1" });
  const theirs = collection({ b: "2", a: "1", c: "3", d: "4" });
  expect(mergeDrafts(base, reversed, theirs).draft.prompts.map(({ name }) => name)).toEqual(["c", "b", "a", "d"]);
  expect(mergeDrafts(base, base, theirs).draft.prompts.map(({ name }) => name)).toEqual(["b", "a", "c", "d"]);
});

test("whoever changed nothing gets what the others have, and the other way round", () => {
  const drafts = fc
    .dictionary(fc.constantFrom("a", "b", "c", "d"), fc.constantFrom("1", "2", "3"))
    .map((texts) => collection(texts, Object.keys(texts).length > 1 ? { all: Object.keys(texts) } : {}));
  fc.assert(
    fc.property(drafts, drafts, (base, other) => {
      expect(changesOf(other, mergeDrafts(base, base, other).draft).size).toBe(0);
      expect(changesOf(other, mergeDrafts(base, other, base).draft).size).toBe(0);
      const same = mergeDrafts(base, other, other);
      expect(same.conflicts).toEqual([]);
      expect(changesOf(other, same.draft).size).toBe(0);
    }),
  );
});
