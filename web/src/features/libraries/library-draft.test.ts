import { changesOf, emptyDraft, keyProblems, type LibraryDraft, rowsOf } from "./library-draft.ts";

const stored = { base: "35mm", light: "soft", mood: "calm" };
const draft = (part: Partial<LibraryDraft>) => rowsOf(stored, { ...emptyDraft, ...part });

test("nothing is sent when nothing has changed", () => {
  expect(changesOf(draft({}))).toEqual({ setEntries: {}, removeKeys: [], count: 0 });
  const back = draft({ edits: new Map([["base", { key: "base", text: "35mm" }]]) });
  expect(changesOf(back).count).toBe(0);
});

test("a changed text is set, a renamed key removed and set, a removed one removed", () => {
  const rows = draft({
    edits: new Map([
      ["base", { key: "base", text: "50mm" }],
      ["light", { key: "Key Light", text: "soft" }],
      ["mood", null],
    ]),
    added: [{ id: "1", key: "New", text: "n" }],
  });
  expect(changesOf(rows)).toEqual({
    setEntries: { base: "50mm", key_light: "soft", new: "n" },
    removeKeys: ["light", "mood"],
    count: 4,
  });
  expect(keyProblems(rows).size).toBe(0);
});

test("keys that are missing, malformed or there twice are named at their row", () => {
  const rows = draft({
    added: [
      { id: "1", key: "", text: "x" },
      { id: "2", key: "a.b", text: "x" },
      { id: "3", key: "Base", text: "x" },
    ],
  });
  expect([...keyProblems(rows).keys()]).toEqual(["1", "2", "3"]);
});

test("the key of a removed row is free again", () => {
  const rows = draft({ edits: new Map([["base", null]]), added: [{ id: "1", key: "base", text: "x" }] });
  expect(keyProblems(rows).size).toBe(0);
  expect(changesOf(rows)).toEqual({ setEntries: { base: "x" }, removeKeys: ["base"], count: 2 });
});
