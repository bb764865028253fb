import type { PromptToken } from "#ui/prompt-editor/prompt-syntax.ts";

/** Doubled braces are letters, and are passed over first: `{{name}}` names nothing. */
const variable = /\{\{|\}\}|\{([^{}\n]{1,200})\}/g;

/** The variables of a template such as `{work.title}`, in order of appearance. */
export function templateTokens(text: string): PromptToken[] {
  return [...text.matchAll(variable)].flatMap(({ 0: whole, 1: name, index }) =>
    name === undefined ? [] : [{ from: index, to: index + whole.length, kind: "placeholder" as const, name }],
  );
}
