import { excerptAt, placeOf } from "./source-place.ts";

describe("placeOf", () => {
  test("names node and input of a graph", () => {
    const issue = { path: ["input", "source", "57:8", "model"], message: "links to node 9, which does not exist" };
    expect(placeOf(issue, true)).toEqual({ label: "Node 57:8, input model", line: null, column: null });
  });

  test("names the path in a definition, and its line", () => {
    const issue = { path: ["source", "parameters", "0", "min"], message: "must be a number (line 7, column 10)" };
    expect(placeOf(issue, false)).toEqual({ label: "parameters.0.min", line: 7, column: 10 });
  });

  test("has no name for the file as a whole", () => {
    expect(placeOf({ path: ["source"], message: "The file is empty." }, true).label).toBeNull();
  });
});

describe("excerptAt", () => {
  test("marks the character", () => {
    expect(excerptAt('{\n  "1": oops\n}', 2, 8)).toEqual({ line: 2, before: '  "1": ', at: "o", after: "ops" });
  });

  test("cuts a long line on both sides", () => {
    const excerpt = excerptAt("x".repeat(500), 1, 250);
    expect(excerpt?.before).toHaveLength(49);
    expect(excerpt?.after).toHaveLength(49);
  });

  test("is at the end of a line that is too short, and nowhere beyond the last", () => {
    expect(excerptAt("ab", 1, 9)).toEqual({ line: 1, before: "ab", at: "", after: "" });
    expect(excerptAt("ab", 2, 1)).toBeNull();
  });
});
