import { applyDrafts, applyDraftTexts } from "#domains/prompts/logic/drafts.ts";
import { addEntries, mergeFragmentEntries, refreshEntries } from "#domains/prompts/logic/fragment-entries.ts";
import type { FragmentEntry, ResolveInput } from "#domains/prompts/logic/resolution-types.ts";

const stored: FragmentEntry[] = [
  { type: "FRAGMENT_REF", fragmentId: "gone", text: "kept text" },
  { type: "INLINE", fragmentId: null, text: "own words" },
];
const input: ResolveInput = {
  slots: [],
  defaults: [
    { slotId: "s", clipPosition: "FULL_CLIP", text: "whole" },
    { slotId: "s", clipPosition: "START_CLIP", text: "start" },
  ],
  character: null,
  overrides: [
    { scope: "CHARACTER", slotId: "s", text: "old", fragments: stored },
    { scope: "GROUP", slotId: "s", text: "group", fragments: [] },
  ],
  clipPosition: "FULL_CLIP",
  separator: ", ",
};

test("a draft stands in for the stored default of its clip position, and an empty one removes it", () => {
  const drafted = applyDrafts(
    input,
    [
      { slotId: "s", clipPosition: "FULL_CLIP", text: "new" },
      { slotId: "s", clipPosition: "START_CLIP", text: "" },
    ],
    [],
  );
  expect(drafted.defaults).toEqual([{ slotId: "s", clipPosition: "FULL_CLIP", text: "new" }]);
  expect(input.defaults).toHaveLength(2);
});

test("a draft override replaces that of its scope and slot as a whole and no other", () => {
  const draft = {
    scope: "CHARACTER",
    slotId: "s",
    text: null,
    fragments: [{ type: "FRAGMENT_REF", fragmentId: "gone" }],
  } as const;
  expect(applyDrafts(input, [], [draft]).overrides).toEqual([
    input.overrides[1],
    { scope: "CHARACTER", slotId: "s", text: null, fragments: [stored[0]] },
  ]);
});

test("a draft text replaces the character's own and leaves its fragments", () => {
  expect(
    applyDraftTexts(input, [
      { slotId: "s", text: "tried" },
      { slotId: "t", text: "new" },
    ]).overrides,
  ).toEqual([
    input.overrides[1],
    { scope: "CHARACTER", slotId: "s", text: "tried", fragments: stored },
    { scope: "CHARACTER", slotId: "t", text: "new", fragments: [] },
  ]);
});

describe("refreshing and adding fragment entries", () => {
  const ref = (fragmentId: string, text: string): FragmentEntry => ({ type: "FRAGMENT_REF", fragmentId, text });

  test("a refresh takes the library's text where there is one and counts what changed", () => {
    const library = new Map([
      ["a", "new a"],
      ["b", "b"],
    ]);
    expect(refreshEntries([ref("a", "a"), ref("b", "b"), ...stored], library)).toEqual({
      entries: [ref("a", "new a"), ref("b", "b"), ...stored],
      refreshed: 1,
    });
  });

  test("what is there already is not added: the same fragment, whatever its text, or the same words", () => {
    const own = { type: "INLINE", fragmentId: null, text: " own words " } as const;
    expect(addEntries(stored, [ref("gone", "other text"), own, ref("new", "x"), ref("new", "x")])).toEqual({
      entries: [...stored, ref("new", "x")],
      added: [ref("new", "x")],
    });
  });
});

describe("saving fragment entries", () => {
  const library = new Map([["new", "library text"]]);

  test("a known reference keeps its text though the fragment is gone; a new one copies the library's and counts", () => {
    const drafts = [
      { type: "FRAGMENT_REF", fragmentId: "new" },
      { type: "FRAGMENT_REF", fragmentId: "gone" },
      { type: "INLINE", text: "typed" },
    ] as const;
    expect(mergeFragmentEntries(stored, drafts, library)).toEqual({
      entries: [
        { type: "FRAGMENT_REF", fragmentId: "new", text: "library text" },
        { type: "FRAGMENT_REF", fragmentId: "gone", text: "kept text" },
        { type: "INLINE", fragmentId: null, text: "typed" },
      ],
      newlyUsed: ["new"],
      unknown: [],
    });
  });

  test("saving the same list again uses nothing newly; a second reference to the same fragment does", () => {
    const known: FragmentEntry[] = [{ type: "FRAGMENT_REF", fragmentId: "new", text: "as copied" }];
    const once = { type: "FRAGMENT_REF", fragmentId: "new" } as const;
    expect(mergeFragmentEntries(known, [once], library)).toMatchObject({ entries: known, newlyUsed: [] });
    expect(mergeFragmentEntries(known, [once, once], library).newlyUsed).toEqual(["new"]);
  });

  test("a reference that nobody knows and an entry without text are named by position", () => {
    const drafts = [
      { type: "FRAGMENT_REF", fragmentId: "x", text: "t" },
      { type: "INLINE" },
      { type: "FRAGMENT_REF", text: "t" },
    ] as const;
    expect(mergeFragmentEntries([], drafts, library)).toEqual({ entries: [], newlyUsed: [], unknown: [0, 1, 2] });
  });
});
