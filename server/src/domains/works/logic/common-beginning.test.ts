import fc from "fast-check";
import { commonBeginning } from "#domains/works/logic/common-beginning.ts";

test("what two texts have in common ends where they differ", () => {
  expect(commonBeginning("The pier", "The pier is dark")).toBe(8);
  expect(commonBeginning("The pier", "The quay")).toBe(4);
  expect(commonBeginning("Old", "")).toBe(0);
  expect(commonBeginning("a😀", "a😁")).toBe(1);
});

test("the earlier text, cut there and gone on with, is the later one", () => {
  const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", "a", "ab", "abc"));
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const offset = commonBeginning(before, after);
      return (
        before.slice(0, offset) + after.slice(offset) === after && !/[\uD800-\uDBFF]$/.test(after.slice(0, offset))
      );
    }),
  );
});
