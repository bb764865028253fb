import { chooseOperation } from "#features/explorer/operation.ts";

const two = "query A { a } subscription B { b }";

test("the operation that is named runs, or the only one there is", () => {
  expect(chooseOperation(two, "A")).toEqual({ name: "A", isSubscription: false });
  expect(chooseOperation(two, "B")).toEqual({ name: "B", isSubscription: true });
  expect(chooseOperation("subscription B { b }", null)).toEqual({ name: "B", isSubscription: true });
  expect(chooseOperation("{ a }", undefined)).toEqual({ name: undefined, isSubscription: false });
});

test("a name of the text that was there before gives way to the only operation", () => {
  expect(chooseOperation("subscription B { b }", "A")).toEqual({ name: "B", isSubscription: true });
});

test("what can't be told is left to the server", () => {
  expect(chooseOperation(two, "C")).toEqual({ name: "C", isSubscription: false });
  expect(chooseOperation("subscription {", "C")).toEqual({ name: "C", isSubscription: false });
});
