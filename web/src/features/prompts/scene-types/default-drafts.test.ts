import { draftText, type SavedDefault, withDraft } from "./default-drafts.ts";

const saved: SavedDefault[] = [{ slot: { id: "s1" }, clipPosition: "FULL_CLIP", text: "a street" }];
const edit = (text: string) => ({ slotId: "s1", clipPosition: "FULL_CLIP" as const, text });

test("an edit becomes a draft of its slot and clip position only", () => {
  const drafts = withDraft({}, saved, edit("a harbour"));
  expect(draftText(drafts, "s1", "FULL_CLIP")).toBe("a harbour");
  expect(draftText(drafts, "s1", "START_CLIP")).toBeUndefined();
});

test("typing back the saved text leaves nothing to save", () => {
  expect(withDraft(withDraft({}, saved, edit("a harbour")), saved, edit("a street"))).toEqual({});
});
