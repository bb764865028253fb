import { templateTokens } from "./template-syntax.ts";

const names = (text: string) => templateTokens(text).map(({ from, to, name }) => [text.slice(from, to), name]);

test("variables have dots in their names", () => {
  expect(names("Of {work.title}, 100%: {chapter.text}")).toEqual([
    ["{work.title}", "work.title"],
    ["{chapter.text}", "chapter.text"],
  ]);
});

test("doubled braces are letters, and a variable may stand between them", () => {
  expect(names('{{"text"}} {{{glossary}}}')).toEqual([["{glossary}", "glossary"]]);
});

test("braces that are not closed in their line name nothing", () => {
  expect(names("{glossary\n} and {")).toEqual([]);
});
