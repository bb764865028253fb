import fc from "fast-check";
import { numberChapters, splitBook } from "#domains/works/logic/split-book.ts";

test("a book is cut at its headings, of several languages", () => {
  const book =
    "Chapter 7: The pier\n\nIt rained.\n\nStill.\nCHAPTER 8\nIt stopped.\n第９話　夜の市\n雨。\n# After all\nEnd.";
  expect(splitBook(book)).toEqual([
    { number: 7, title: "The pier", text: "It rained.\n\nStill." },
    { number: 8, title: "", text: "It stopped." },
    { number: 9, title: "夜の市", text: "雨。" },
    { number: null, title: "After all", text: "End." },
  ]);
});

test("what stands before the first heading is a chapter, and a sentence with the word is none", () => {
  expect(splitBook("Once.\nIn this chapter 3 men died.\nPrologue\nTwice.")).toEqual([
    { number: null, title: "", text: "Once.\nIn this chapter 3 men died." },
    { number: null, title: "Prologue", text: "Twice." },
  ]);
  expect(splitBook(" \n")).toEqual([]);
});

test.each([
  ["Chapter 7\na\nChapter 9\nb\n# c\nd", 1, [7, 9, 10]],
  ["# a\nx\n# b\ny", 4, [4, 5]],
  ["Chapter 2\na\nChapter 1\nb", 4, [4, 5]],
  ["Prologue\na\nChapter 1\nb", 1, [1, 2]],
])("%j is numbered from %d", (book, next, numbers) => {
  expect(numberChapters(splitBook(book), next)).toEqual(numbers);
});

test("numbers are never given twice, and no line is lost", () => {
  const line = fc.oneof(
    fc.constantFrom("Chapter 1", "Chapter 2: x", "# y", "", "Epilogue"),
    fc.stringMatching(/^[a-z ]{1,9}$/),
  );
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 1, max: 50 }), (lines, next) => {
      const chapters = splitBook(lines.join("\n"));
      const numbers = numberChapters(chapters, next);
      const kept = chapters.reduce((sum, { text }) => sum + text.split("\n").filter((each) => each.trim()).length, 0);
      const isHeading = (each: string) => /^(Chapter|# |Epilogue)/.test(each);
      expect(new Set(numbers).size).toBe(chapters.length);
      expect(kept).toBe(lines.filter((each) => each.trim() && !isHeading(each)).length);
    }),
  );
});
