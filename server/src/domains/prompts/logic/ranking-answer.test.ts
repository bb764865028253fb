import fc from "fast-check";
import { inOrderOf } from "#domains/prompts/logic/ranking-answer.ts";

const candidates = ["scarf", "lantern", "sky"];

test("what the model names comes first, in its order and with its reasons; the rest keeps its order", () => {
  const ranking = [{ number: 3, why: " fits her mood " }];
  expect(inOrderOf({ ranking }, candidates)).toEqual([
    { candidate: "sky", why: "fits her mood" },
    { candidate: "scarf", why: null },
    { candidate: "lantern", why: null },
  ]);
});

test("whatever a model says, each candidate is there exactly once", () => {
  const ranking = fc.array(fc.record({ number: fc.integer({ min: -3, max: 6 }), why: fc.string() }));
  fc.assert(
    fc.property(ranking, (each) => {
      const ordered = inOrderOf({ ranking: each }, candidates).map(({ candidate }) => candidate);
      expect(ordered.toSorted()).toEqual(candidates.toSorted());
      const first = each.find(({ number }) => number >= 1 && number <= candidates.length);
      if (first) expect(ordered[0]).toBe(candidates[first.number - 1]);
    }),
  );
});
