import fc from "fast-check";
import { diffFields, diffText } from "#domains/works/logic/diff-prompts.ts";

test("a template is compared word by word", () => {
  expect(diffText("Translate the chapter.", "Translate this chapter.")).toEqual([
    { kind: "SAME", text: "Translate " },
    { kind: "REMOVED", text: "the" },
    { kind: "ADDED", text: "this" },
    { kind: "SAME", text: " chapter." },
  ]);
});

test("both texts can be read from the changes", () => {
  const texts = fc.oneof(fc.string(), fc.lorem({ mode: "sentences" }));
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const changes = diffText(before, after);
      const without = (kind: string) => changes.flatMap((each) => (each.kind === kind ? [] : each.text)).join("");
      return without("ADDED") === before && without("REMOVED") === after;
    }),
  );
});

test("all else is compared by field, whatever the order of keys", () => {
  const before = { model: "a", parameters: { temperature: 0.3, tone: "dry" }, metadata: { by: { x: 1, y: 2 } } };
  const after = { model: "b", parameters: { temperature: 0.5, top_p: 1 }, metadata: { by: { y: 2, x: 1 } } };
  expect(diffFields(before, after)).toEqual([
    { field: "model", kind: "CHANGED", before: "a", after: "b" },
    { field: "parameters.temperature", kind: "CHANGED", before: 0.3, after: 0.5 },
    { field: "parameters.tone", kind: "REMOVED", before: "dry", after: null },
    { field: "parameters.top_p", kind: "ADDED", before: null, after: 1 },
  ]);
  expect(diffFields(before, before)).toEqual([]);
});
