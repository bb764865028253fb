import { rowProblem, toEntries, toMetadata } from "./metadata.ts";

const row = (id: string, key: string, value = "x") => ({ id, key, value });

test("a key must be something that a placeholder can name, once", () => {
  expect(rowProblem(row("1", "hair_color"), [])).toBeUndefined();
  expect(rowProblem(row("1", "hair color"), [])).toBe("Letters, digits and _ only.");
  expect(rowProblem(row("1", "outfit"), [row("1", "outfit"), row("2", "outfit")])).toBe("This key is there twice.");
  expect(rowProblem(row("1", "", "red"), [])).toBe("Give this value a key.");
});

test("rows and metadata turn into each other, empty rows left out", () => {
  expect(toEntries({ hair: "red", age: 30 })).toEqual([
    ["hair", "red"],
    ["age", "30"],
  ]);
  expect(toMetadata([row("1", "hair", "red"), row("2", "", "")])).toEqual({ hair: "red" });
});
