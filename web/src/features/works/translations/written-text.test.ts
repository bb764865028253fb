import { withWritten } from "#features/works/translations/written-text.ts";

test("what is new goes behind what is there", () => {
  expect(withWritten("It rained", { offset: 9, text: " again." })).toBe("It rained again.");
});

test("a part that is written anew takes the place of what it said before", () => {
  expect(withWritten("It rained and rai", { offset: 9, text: "" })).toBe("It rained");
});

test("an event with all of it begins from nothing", () => {
  expect(withWritten("something old", { offset: 0, text: "It rained" })).toBe("It rained");
});
