import { adjustWeight } from "./adjust-weight.ts";

function pressed(text: string, selected: string, direction: 1 | -1): string | null {
  const from = text.indexOf(selected);
  const edit = adjustWeight(text, from, from + selected.length, direction);
  return edit && text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
}

test("a bare word gets its parentheses, a weighted one another number", () => {
  expect(pressed("a red coat", "red", 1)).toBe("a (red:1.05) coat");
  expect(pressed("a (red:1.3) coat", "red", 1)).toBe("a (red:1.35) coat");
  expect(pressed("a (red:1.3) coat", "(red:1.3)", -1)).toBe("a (red:1.25) coat");
});

test("without a selection it is the word at the cursor", () => {
  expect(adjustWeight("a red coat", 3, 3, -1)).toMatchObject({ from: 2, to: 5, insert: "(red:0.95)" });
  expect(adjustWeight("a , b", 2, 2, 1)).toBeNull();
});

test("at a weight of one the parentheses go", () => {
  expect(pressed("(red coat:1.05), rain", "red", -1)).toBe("red coat, rain");
});

test("the innermost weight that holds the selection changes", () => {
  expect(pressed("((rain:1.2) at night:0.9)", "rain", 1)).toBe("((rain:1.25) at night:0.9)");
  expect(pressed("((rain:1.2) at night:0.9)", "night", 1)).toBe("((rain:1.2) at night:0.95)");
});

test("the words stay selected, so that the key can be pressed again", () => {
  const first = adjustWeight("red", 0, 3, 1);
  expect(first?.selection).toEqual({ from: 1, to: 4 });
});

test("a weight never leaves 0 to 10", () => {
  expect(pressed("(red:0)", "red", -1)).toBe("(red:0)");
  expect(pressed("(red:10)", "red", 1)).toBe("(red:10)");
});
