import { describeFile } from "#features/scene-prompts/collection-file.ts";

test("a file is described by its version", () => {
  expect(describeFile({ girl_pos: "a girl", count: 3 })).toMatch(/^A file of version 1 with 1 text\./);
  expect(describeFile({ version: 2, prompts: { a: {}, b: {} }, compositions: { all: ["a"] } })).toBe(
    "A file of version 2 with 2 prompts and 1 composition.",
  );
  expect(describeFile({ version: 3 })).toMatch(/version 3/);
  expect(describeFile([])).toMatch(/no map/);
});
