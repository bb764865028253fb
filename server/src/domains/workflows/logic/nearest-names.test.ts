import { nearestNames } from "#domains/workflows/logic/nearest-names.ts";

test("the closest come first, the far ones not at all", () => {
  const known = ["steps", "seed", "cfg", "steps_2", "negative_prompt", "positive_prompt"];
  expect(nearestNames("stpes", known)).toEqual(["steps"]);
  expect(nearestNames("prompt", known)).toEqual(["negative_prompt", "positive_prompt"]);
  expect(nearestNames("zzzzzzzz", known)).toEqual([]);
});
