import { completionsAt, isKnownReference } from "./completions.ts";

const vocabulary = {
  placeholders: [{ key: "character_name", detail: "Ines" }, { key: "hair" }],
  libraryKeys: [
    { key: "dusk", library: "light" },
    { key: "old_film", library: "looks" },
  ],
};
const labels = (before: string) => completionsAt(before, vocabulary)?.options.map(({ label }) => label);

test("after a brace there are placeholders", () => {
  expect(labels("a portrait of {ha")).toEqual(["{character_name}", "{hair}"]);
  expect(completionsAt("of {ha", vocabulary)?.from).toBe(3);
  expect(labels("of {hair}")).toBeUndefined();
});

test("after a percent sign there are library keys, with their library once it is named", () => {
  expect(labels("at %d")).toEqual(["%dusk%", "%old_film%"]);
  expect(labels("at %light:")).toEqual(["%light:dusk%", "%looks:old_film%", "%light:*%", "%looks:*%"]);
});

test("the sign that closes a reference opens none", () => {
  expect(labels("at %dusk%")).toBeUndefined();
});

test("a reference is known by key, by library and key, or as any of a library", () => {
  expect(isKnownReference("Old Film", vocabulary.libraryKeys)).toBe(true);
  expect(isKnownReference("light:*", vocabulary.libraryKeys)).toBe(true);
  expect(isKnownReference("light:old_film", vocabulary.libraryKeys)).toBe(false);
  expect(isKnownReference("anything", null)).toBe(true);
});
