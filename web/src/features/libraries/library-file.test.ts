import { formatLibraryFile, parseLibraryFile } from "./library-file.ts";

test("what was exported is read again", () => {
  const library = { entries: { base: "%quality%, 35mm", quality: 'sharp "focus"' }, delimiter: "##", maxDepth: 4 };
  expect(parseLibraryFile(formatLibraryFile(library))).toEqual({ ...library, skipped: [] });
});

test("older files say lib_dict, and may leave out the rest", () => {
  expect(parseLibraryFile('{"lib_dict": {"a": "x", "b": 3}}')).toEqual({
    entries: { a: "x" },
    delimiter: "%",
    maxDepth: 10,
    skipped: ["b"],
  });
});

test.each([
  ["nope", "no JSON"],
  ["[]", "libs"],
  ['{"libs": ["a"]}', "libs"],
  ['{"libs": {}, "delimiter": 1}', "delimiter"],
  ['{"libs": {}, "max_depth": "9"}', "max_depth"],
])("%s is refused", (json, message) => {
  expect(() => parseLibraryFile(json)).toThrow(message);
});
