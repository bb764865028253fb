import { isSame, moved, toDraft, toEntryInput } from "./override-drafts.ts";

const saved = {
  text: null,
  notes: "keep it soft",
  fragments: [{ type: "FRAGMENT_REF" as const, fragmentId: "f1", text: "soft window light", isStale: false }],
};

test("an untouched draft is the same as what is saved", () => {
  expect(isSame(toDraft(saved), toDraft(saved))).toBe(true);
  expect(isSame(toDraft(saved), { ...toDraft(saved), notes: "" })).toBe(false);
});

test("a library entry is sent by reference, an inline one by its text", () => {
  const [entry] = toDraft(saved).fragments;
  expect(entry && toEntryInput(entry)).toEqual({ type: "FRAGMENT_REF", fragmentId: "f1" });
  expect(toEntryInput({ key: "1", type: "INLINE", fragmentId: null, text: "rain", isStale: false })).toEqual({
    type: "INLINE",
    text: "rain",
  });
});

test("moving past an end changes nothing", () => {
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
  expect(moved(["a", "b", "c"], 0, -1)).toEqual(["a", "b", "c"]);
});
