import { differencesOf } from "./differences.ts";

const value = (key: string, text: string) => ({ key, label: key.toUpperCase(), value: text });

test("only what differs is named, in the order of the first", () => {
  expect(
    differencesOf(
      [value("seed", "1"), value("steps", "20"), value("cfg", "7")],
      [value("cfg", "8"), value("seed", "2"), value("steps", "20")],
    ),
  ).toEqual([
    { key: "seed", label: "SEED", values: ["1", "2"] },
    { key: "cfg", label: "CFG", values: ["7", "8"] },
  ]);
});

test("what only one of them has is a difference, too", () => {
  expect(differencesOf([value("a", "x")], [value("b", "y")])).toEqual([
    { key: "a", label: "A", values: ["x", null] },
    { key: "b", label: "B", values: [null, "y"] },
  ]);
});

test("two that are made alike have none", () => {
  expect(differencesOf([value("a", "x")], [value("a", "x")])).toEqual([]);
  expect(differencesOf([], [])).toEqual([]);
});
