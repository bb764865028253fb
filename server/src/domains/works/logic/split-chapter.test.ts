import fc from "fast-check";
import { joinParts, splitChapter } from "#domains/works/logic/split-chapter.ts";

const textsOf = (text: string, max: number) => splitChapter(text, max).map((part) => part.text);

test("a text that fits is one part, and a blank one none", () => {
  expect(splitChapter("\n One.\n\nTwo. \n", 100)).toEqual([{ text: "One.\n\nTwo.", glue: "" }]);
  expect(splitChapter(" \n ", 100)).toEqual([]);
});

test("a long text is cut between paragraphs, into parts of about the same size", () => {
  const paragraph = "x".repeat(30);
  const text = Array.from({ length: 5 }, () => paragraph).join("\n\n");
  expect(splitChapter(text, 100).map((part) => part.text.length)).toEqual([94, 62]);
  expect(splitChapter(text, 100)[0]?.glue).toBe("\n\n");
});

test("a paragraph that is too long is cut between lines, behind sentences, between words, and at last anywhere", () => {
  expect(textsOf("one two\nthree four", 12)).toEqual(["one two", "three four"]);
  expect(textsOf("One is here. Two is.", 14)).toEqual(["One is here.", "Two is."]);
  expect(textsOf("彼は来た。彼女は去った。", 7)).toEqual(["彼は来た。", "彼女は去った。"]);
  expect(textsOf("one two three", 8)).toEqual(["one two", "three"]);
  expect(textsOf("a".repeat(10), 4)).toEqual(["aaaa", "aaaa", "aa"]);
});

const pieces = fc.oneof(fc.lorem(), fc.constantFrom("\n", "\n\n", "\r\n\r\n", " \n \n ", "。", "😀", ". ", " "));
const texts = fc.array(pieces, { maxLength: 60 }).map((all) => all.join(""));

test("parts joined again are the text, and none is too long, blank or ends in half a character", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 80 }), (text, max) => {
      const parts = splitChapter(text, max);
      expect(joinParts(parts)).toBe(text.trim());
      for (const part of parts) {
        expect(part.text.length).toBeLessThanOrEqual(max);
        expect(part.text.trim()).not.toBe("");
        expect(part.text).not.toMatch(/\p{Surrogate}/u);
        expect(part.glue.trim()).toBe("");
      }
    }),
  );
});

test("a paragraph that fits is never cut", () => {
  const paragraphs = fc.array(fc.stringMatching(/^[a-z][a-z .]{0,28}[a-z]$/), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(paragraphs, (all) => {
      const kept = splitChapter(all.join("\n\n"), 30).flatMap((part) => part.text.split("\n\n"));
      expect(kept).toEqual(all);
    }),
  );
});
