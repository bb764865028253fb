import { wordDiff } from "./word-diff.ts";

describe("wordDiff", () => {
  test("marks the words that came and went", () => {
    expect(wordDiff("a lighthouse at dusk, calm sea", "a lighthouse at dawn, calm sea")).toEqual([
      { text: "a lighthouse at ", kind: "same" },
      { text: "dusk", kind: "removed" },
      { text: "dawn", kind: "added" },
      { text: ", calm sea", kind: "same" },
    ]);
  });

  test.each([
    ["values that are no texts", 20, 30],
    ["short names", "euler", "dpmpp_2m"],
    ["texts without a word in common", "lighthouse dusk calm sea gulls", "portrait of an old violinist"],
  ])("leaves %s alone", (_what, before, after) => {
    expect(wordDiff(before, after)).toBeNull();
  });
});
