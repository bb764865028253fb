import { normaliseStatusTags, sameTags } from "#domains/stories/logic/status-tags.ts";

test("tags are lower case, trimmed and there once", () => {
  expect(normaliseStatusTags([" Muddy", "torn  sleeve", "MUDDY", "", "  ", "Torn sleeve"])).toEqual([
    "muddy",
    "torn sleeve",
  ]);
});

test("the order of tags does not matter", () => {
  expect(sameTags(["a", "b"], ["b", "a"])).toBe(true);
  expect(sameTags(["a"], ["a", "b"])).toBe(false);
  expect(sameTags(["a", "c"], ["a", "b"])).toBe(false);
});
