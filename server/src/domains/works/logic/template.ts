/** What every prompt may name; a version's own parameters come on top. */
export const templateVariables = [
  "work.title",
  "work.language",
  "target_language",
  "chapter.number",
  "chapter.title",
  "chapter.text",
  "previous_summary",
  "glossary",
] as const;
export type TemplateVariable = (typeof templateVariables)[number];

export type TemplateProblemCode =
  | "UNKNOWN_VARIABLE"
  | "EMPTY_BRACES"
  | "FORMAT_PART"
  | "BRACE_NOT_CLOSED"
  | "BRACE_NOT_OPENED";

/** Why a template can't be used, and where. */
export interface TemplateProblem {
  code: TemplateProblemCode;
  message: string;
  /** In UTF-16 code units from the start, as texts are indexed in JavaScript. */
  offset: number;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units. */
  column: number;
}

type Piece = { text: string } | { name: string; offset: number };

export interface CheckedTemplate {
  problems: TemplateProblem[];
  /** Variables that it names, each once, in the order in which they appear. */
  used: string[];
}

/**
 * Reads a template as Python's f-strings are written: {name}, and {{ and }} for braces. A name is a plain key, dots and all;
 * nothing is looked up inside of anything.
 */
function read(template: string): { pieces: Piece[]; problems: TemplateProblem[] } {
  const pieces: Piece[] = [];
  const problems: TemplateProblem[] = [];
  const report = (code: TemplateProblemCode, offset: number, message: string): void => {
    problems.push({ code, message, offset, ...placeOf(template, offset) });
  };
  let at = 0;
  for (const { 0: brace, index } of template.matchAll(/\{\{|\}\}|\{[^{}]*\}?|\}/g)) {
    if (index > at) pieces.push({ text: template.slice(at, index) });
    at = index + brace.length;
    if (brace === "{{" || brace === "}}") pieces.push({ text: brace.charAt(0) });
    else if (brace === "}") report("BRACE_NOT_OPENED", index, "this } closes nothing; write }} for a brace as such");
    else if (!brace.endsWith("}"))
      report("BRACE_NOT_CLOSED", index, "this { is not closed; write {{ for a brace as such");
    else {
      const name = brace.slice(1, -1).trim();
      if (name === "")
        report("EMPTY_BRACES", index, "these braces are empty; name a variable, or write {{}} for braces");
      else if (/[:!=]/.test(name))
        report(
          "FORMAT_PART",
          index,
          `${brace} has a format or conversion part, which is not supported; write the name only`,
        );
      else pieces.push({ name, offset: index });
    }
  }
  if (at < template.length) pieces.push({ text: template.slice(at) });
  return { pieces, problems };
}

/** @param known names that may be used */
export function checkTemplate(template: string, known: Iterable<string>): CheckedTemplate {
  const names = new Set(known);
  const { pieces, problems } = read(template);
  const used = new Set<string>();
  for (const piece of pieces) {
    if (!("name" in piece)) continue;
    const { name, offset } = piece;
    if (names.has(name)) used.add(name);
    else {
      const message = `there is no variable ${name}; known are ${[...names].join(", ")}`;
      problems.push({ code: "UNKNOWN_VARIABLE", message, offset, ...placeOf(template, offset) });
    }
  }
  return { problems: problems.toSorted((a, b) => a.offset - b.offset), used: [...used] };
}

/** @param values of all variables that it names @throws Error for a template that `checkTemplate` refuses */
export function renderTemplate(template: string, values: ReadonlyMap<string, string>): string {
  const { pieces, problems } = read(template);
  if (problems[0]) throw new Error(`the template is wrong at ${problems[0].offset}: ${problems[0].message}`);
  return pieces
    .map((piece) => {
      if ("text" in piece) return piece.text;
      const value = values.get(piece.name);
      if (value === undefined) throw new Error(`the template names ${piece.name}, which has no value`);
      return value;
    })
    .join("");
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
