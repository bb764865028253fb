import { type RepeatableTake, takeChanges } from "#domains/takes/logic/take-changes.ts";

const take: RepeatableTake = {
  seed: "7",
  workflowVersion: "v1",
  inputAsset: null,
  params: { steps: 4, size: [1, 2] },
  prompts: [{ nodeId: "2", inputName: "text", text: "a" }],
};

test("equal takes have no changes", () => {
  expect(takeChanges(take, structuredClone(take))).toEqual([]);
});

test("whatever differs is named with both of its values", () => {
  const other: RepeatableTake = {
    seed: "8",
    workflowVersion: "v1",
    inputAsset: "abc",
    params: { size: [1, 3], cfg: 2 },
    prompts: [
      { nodeId: "2", inputName: "text", text: "b" },
      { nodeId: "3", inputName: "text", text: "new" },
    ],
  };
  expect(takeChanges(take, other)).toEqual([
    { path: "seed", before: "7", after: "8" },
    { path: "inputAsset", before: null, after: "abc" },
    { path: "params.size", before: "[1,2]", after: "[1,3]" },
    { path: "params.steps", before: "4", after: null },
    { path: "prompts.2.text", before: "a", after: "b" },
    { path: "params.cfg", before: null, after: "2" },
    { path: "prompts.3.text", before: null, after: "new" },
  ]);
});
