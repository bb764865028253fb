import { differencesOf, freshnessOf, staleReason } from "#domains/takes/logic/freshness.ts";
import { contentDigests, inputDigest, type TakeContent } from "#domains/takes/logic/input-digest.ts";

const content: TakeContent = {
  contentHash: "v1",
  params: { steps: 4, seed: 7n },
  inputSha256: "aa",
  prompts: [
    { nodeId: "2", inputName: "text", text: "a" },
    { nodeId: "3", inputName: "text", text: "b" },
  ],
  continuation: null,
};

test("the order of prompts and keys makes no difference", () => {
  const same = { ...content, params: { seed: 7n, steps: 4 }, prompts: content.prompts.toReversed() };
  expect(inputDigest(same)).toBe(inputDigest(content));
  expect(differencesOf(contentDigests(content), contentDigests(same))).toEqual([]);
});

test.each([
  [{ contentHash: "v2" }, "workflow version"],
  [{ params: { steps: 5, seed: 7n } }, "parameter"],
  [{ inputSha256: null }, "reference image"],
  [{ prompts: [] }, "first clip"],
  [{ continuation: [] }, "later clips"],
])("a difference in %j is named, and it alone", (change, word) => {
  const other = { ...content, ...change };
  expect(inputDigest(other)).not.toBe(inputDigest(content));
  expect(differencesOf(contentDigests(content), contentDigests(other))).toEqual([expect.stringContaining(word)]);
});

test("a take is stale for what it was made from, even where its own content is the same", () => {
  const input = { usable: { digest: "x" }, currentDigest: "x", problems: [] };
  expect(freshnessOf(input)).toBe("CURRENT");
  expect(freshnessOf({ ...input, upstream: ["segment 1"] })).toBe("STALE");
});

test("a segment is stale when the one before it ends with other bytes than it started from", () => {
  const first = { index: 0, seedSha256: "in", boundarySha256: "one" };
  const second = { index: 1, seedSha256: "one", boundarySha256: null };
  expect(staleReason(first, undefined)).toBeNull();
  expect(staleReason(second, first)).toBeNull();
  expect(staleReason(second, { ...first, boundarySha256: "two" })).toBe(
    "Segment 2 starts from a frame that segment 1 had before it was made anew.",
  );
  // While the one before it is made, nobody can tell.
  expect(staleReason(second, { ...first, boundarySha256: null })).toBeNull();
});
