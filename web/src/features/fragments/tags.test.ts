import { parseTags } from "./tags.ts";

test("tags are separated by commas, in lower case, each once", () => {
  expect(parseTags(" Light, dusk ,, light,soft light")).toEqual(["light", "dusk", "soft light"]);
  expect(parseTags(" , ")).toEqual([]);
});
