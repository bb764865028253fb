import fc from "fast-check";
import { checkTemplate, renderTemplate, templateVariables } from "#domains/works/logic/template.ts";

const values = new Map<string, string>(templateVariables.map((name) => [name, `<${name}>`]));
const check = (template: string) => checkTemplate(template, values.keys());
const render = (template: string) => renderTemplate(template, values);

test("names in braces are replaced, and doubled braces are braces", () => {
  expect(render("From {work.language} into { target_language }: {{{chapter.text}}} {{x}}")).toBe(
    "From <work.language> into <target_language>: {<chapter.text>} {x}",
  );
  expect(check("{glossary}{chapter.text}{glossary}").used).toEqual(["glossary", "chapter.text"]);
});

test.each([
  ["Hello {name}", "UNKNOWN_VARIABLE", 6, /no variable name; known are work\.title, .*glossary/],
  ["{}", "EMPTY_BRACES", 0, /empty/],
  ["{  }", "EMPTY_BRACES", 0, /empty/],
  ["a {chapter.text:>10}", "FORMAT_PART", 2, /format or conversion/],
  ["{chapter.text!r}", "FORMAT_PART", 0, /format or conversion/],
  ["{chapter.text=}", "FORMAT_PART", 0, /format or conversion/],
  ["{chapter.text", "BRACE_NOT_CLOSED", 0, /not closed/],
  ["{chapter{glossary}", "BRACE_NOT_CLOSED", 0, /not closed/],
  ["a } b", "BRACE_NOT_OPENED", 2, /closes nothing/],
  ["{chapter.text}}", "BRACE_NOT_OPENED", 14, /closes nothing/],
])("%s is refused where it is wrong", (template, code, offset, message) => {
  expect(check(template).problems).toEqual([
    expect.objectContaining({ code, offset, message: expect.stringMatching(message) }),
  ]);
});

test("line and column are told as editors count them", () => {
  expect(check("one\ntwo {nope}\n{chapter.text}").problems).toMatchObject([{ offset: 8, line: 2, column: 5 }]);
});

test("names of the language are plain keys, and dots look nothing up", () => {
  for (const name of ["__proto__", "constructor", "toString", "chapter", "chapter.text.length", "work.__proto__"]) {
    expect(check(`{${name}}`).problems).toMatchObject([{ code: "UNKNOWN_VARIABLE" }]);
    expect(checkTemplate(`{${name}}`, [name]).problems).toEqual([]);
    expect(renderTemplate(`{${name}}`, new Map([[name, "plain"]]))).toBe("plain");
  }
});

test("what is put in is not read again", () => {
  expect(renderTemplate("{chapter.text}", new Map([["chapter.text", "{glossary} {{ } $&"]]))).toBe(
    "{glossary} {{ } $&",
  );
});

const templates = fc.array(
  fc.oneof(
    fc.string(),
    fc.constantFrom("{", "}", "{{", "}}", ":", "!", "\n", ...templateVariables.map((n) => `{${n}}`)),
  ),
);

test("any text is either rendered, or refused with a place inside of it", () => {
  fc.assert(
    fc.property(templates, (pieces) => {
      const template = pieces.join("");
      const { problems } = check(template);
      if (problems.length === 0) return typeof render(template) === "string";
      return problems.every(({ offset, line, column }) => {
        const lines = template.split("\n");
        const isInside = offset >= 0 && offset < template.length && "{}".includes(template.charAt(offset));
        return isInside && lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + column - 1 === offset;
      });
    }),
  );
});

test("a text with its braces doubled comes out as it was", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => render(text.replaceAll(/[{}]/g, "$&$&")) === text));
});
