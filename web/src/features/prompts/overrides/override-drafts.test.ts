import {
  inlineEntry,
  isSame,
  libraryEntry,
  refreshed,
  templateEntry,
  toDraft,
  toEntryInput,
  toTextInput,
  withAdded,
} from "./override-drafts.ts";

const stored = { type: "FRAGMENT_REF" as const, fragmentId: "f1", text: "soft window light", isStale: false };
const saved = { text: null, notes: "keep it soft", fragments: [stored] };

test("an untouched draft is the same as what is saved", () => {
  expect(isSame(toDraft(saved), toDraft(saved))).toBe(true);
  expect(isSame(toDraft(saved), { ...toDraft(saved), notes: "" })).toBe(false);
});

test("a library entry is sent by reference, an inline one by its text", () => {
  const [entry] = toDraft(saved).fragments;
  expect(entry && toEntryInput(entry)).toEqual({ type: "FRAGMENT_REF", fragmentId: "f1" });
  expect(toEntryInput(inlineEntry("rain"))).toEqual({ type: "INLINE", text: "rain" });
});

test("an entry that was brought up to date is a change and carries its new text", () => {
  const stale = { ...stored, isStale: true, fragment: { text: "hard window light" } };
  const draft = toDraft({ ...saved, fragments: [stale] });
  const [entry] = draft.fragments;
  if (!entry) throw new Error("no entry");
  const fresh = refreshed(entry);
  expect(toEntryInput(fresh)).toEqual({ type: "FRAGMENT_REF", fragmentId: "f1", text: "hard window light" });
  expect(isSame(draft, { ...draft, fragments: [fresh] })).toBe(false);
});

test("a template's entries keep the texts that they have there, even of fragments that are gone", () => {
  expect(toEntryInput(templateEntry({ ...stored, fragment: { text: stored.text } }))).toEqual({
    type: "FRAGMENT_REF",
    fragmentId: "f1",
    text: "soft window light",
  });
  expect(toEntryInput(templateEntry({ ...stored, fragment: null }))).toEqual({
    type: "INLINE",
    text: "soft window light",
  });
});

test("what a list has already is not added again", () => {
  const entries = [libraryEntry({ id: "f1", text: "soft window light" }), inlineEntry("rain")];
  const added = withAdded(entries, [
    inlineEntry(" rain "),
    libraryEntry({ id: "f1", text: "other" }),
    inlineEntry("fog"),
  ]);
  expect(added.map(({ text }) => text)).toEqual(["soft window light", "rain", "fog"]);
});

test("fragments may stand alone, but only where there are some and nothing is written", () => {
  const draft = { ...toDraft({ text: "", notes: null, fragments: [stored] }) };
  expect(toTextInput(draft)).toBe("");
  expect(toTextInput({ ...draft, fragments: [] })).toBeNull();
  expect(toTextInput({ ...draft, text: "at the gate" })).toBe("at the gate");
  expect(toTextInput(toDraft(saved))).toBeNull();
});
