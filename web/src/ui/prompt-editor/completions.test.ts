import { completionsAt, isKnownReference } from "./completions.ts";

const vocabulary = {
  placeholders: [{ key: "character_name", detail: "Ines" }, { key: "hair" }],
  libraryKeys: [
    { key: "dusk", library: "light", delimiter: "%" },
    { key: "old_film", library: "looks", delimiter: "%" },
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
  expect(isKnownReference("Old Film", "%", vocabulary.libraryKeys)).toBe(true);
  expect(isKnownReference("light:*", "%", vocabulary.libraryKeys)).toBe(true);
  expect(isKnownReference("light:old_film", "%", vocabulary.libraryKeys)).toBe(false);
  expect(isKnownReference("anything", "%", null)).toBe(true);
});

test("each library has its own delimiter, and keys are only known between that", () => {
  const libraryKeys = [...vocabulary.libraryKeys, { key: "fog", library: "air", delimiter: "@@" }];
  const of = (before: string) => completionsAt(before, { placeholders: [], libraryKeys });
  expect(of("in @@f")).toEqual({
    from: 3,
    options: [{ label: "@@fog@@", detail: "air", insert: "@@fog@@", closing: "@@" }],
  });
  expect(of("in @@fog@@")).toBeNull();
  expect(of("at %d")?.options.map(({ label }) => label)).toEqual(["%dusk%", "%old_film%"]);
  expect(isKnownReference("fog", "@@", libraryKeys)).toBe(true);
  expect(isKnownReference("fog", "%", libraryKeys)).toBe(false);
});
