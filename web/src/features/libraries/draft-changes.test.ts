import {
  applied,
  changedByOthers,
  changesBetween,
  draftFrom,
  overtaken,
  rebased,
  withChanges,
} from "./draft-changes.ts";
import { changesOf, emptyDraft, rowsOf } from "./library-draft.ts";

const base = { base: "35mm", light: "soft", mood: "calm" };

test("changes lead from one state to the other and back", () => {
  const other = { base: "50mm", light: "soft", grain: "fine" };
  const there = changesBetween(base, other);
  expect(there).toEqual({ setEntries: { base: "50mm", grain: "fine" }, removeKeys: ["mood"] });
  expect(applied(base, there ?? { setEntries: {}, removeKeys: [] })).toEqual(other);
  expect(applied(other, changesBetween(other, base) ?? { setEntries: {}, removeKeys: [] })).toEqual(base);
  expect(changesBetween(base, { ...base })).toBeNull();
});

test("a kept draft comes back as the changes that it was made of", () => {
  const kept = { base: "50mm", light: "soft", grain: "fine" };
  const { count, ...changes } = changesOf(rowsOf(base, draftFrom(base, kept)));
  expect(changes).toEqual(changesBetween(base, kept));
  expect(count).toBe(3);
});

test("on other entries, what changed an entry that is gone adds it, and its removal is no change", () => {
  const draft = {
    ...emptyDraft,
    edits: new Map([
      ["base", { key: "base", text: "50mm" }],
      ["light", { key: "light", text: "hard" }],
      ["mood", null],
    ]),
  };
  const fewer = { base: "35mm" };
  const rows = rowsOf(fewer, rebased(draft, fewer));
  expect(changesOf(rows)).toEqual({ setEntries: { base: "50mm", light: "hard" }, removeKeys: [], count: 2 });
  expect(rebased(draft, base)).toBe(draft);
});

test("what others alone have changed is told, be it new, other or gone", () => {
  const mine = { ...base, base: "50mm" };
  expect(changedByOthers(base, mine, { base: "85mm", light: "hard", grain: "fine" })).toEqual([
    "grain",
    "light",
    "mood",
  ]);
  expect(changedByOthers(base, mine, base)).toEqual([]);
});

test("an edit of a text that was another one already is told, with the text", () => {
  const rows = rowsOf(base, draftFrom(base, { ...base, base: "50mm" }));
  expect(overtaken(rows, { ...base, base: "28mm", mood: "wild" }, base)).toEqual([{ key: "base", now: "35mm" }]);
  expect(overtaken(rows, base, base)).toEqual([]);
});

test("changes from elsewhere come into a draft beside its own", () => {
  const own = draftFrom(base, { ...base, base: "50mm", grain: "fine" });
  const both = withChanges(own, base, {
    setEntries: { light: "hard", grain: "coarse", dusk: "blue" },
    removeKeys: ["mood"],
  });
  expect(changesOf(rowsOf(base, both))).toEqual({
    setEntries: { base: "50mm", light: "hard", grain: "coarse", dusk: "blue" },
    removeKeys: ["mood"],
    count: 5,
  });
});
