import fc from "fast-check";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";

test("ids sort by number, and a subgraph's nodes come after its instance", () => {
  expect(["57:10", "100", "57:8", "9", "57", "58", "57:8:1"].toSorted(compareNatural)).toEqual([
    "9",
    "57",
    "57:8",
    "57:8:1",
    "57:10",
    "58",
    "100",
  ]);
});

test("the order is total and antisymmetric", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const order = Math.sign(compareNatural(a, b));
      expect(order + Math.sign(compareNatural(b, a))).toBe(0);
      expect(order === 0).toBe(a === b);
    }),
  );
});
