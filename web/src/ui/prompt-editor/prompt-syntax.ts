/** What a stretch of a prompt is. Marks are the signs of a choice or a weight, without the words inside. */
type PromptTokenKind = "placeholder" | "library" | "choice mark" | "weight mark";

export interface PromptToken {
  from: number;
  to: number;
  kind: PromptTokenKind;
  /** Of a placeholder or library reference: what it names, without its signs. */
  name?: string;
  /** Of a library reference: the signs around it. */
  delimiter?: string;
}

const placeholder = /\{(\w+)\}/y;
/** `key`, `library:key`, `library:*`, between two delimiters. */
const reference = /\w[\w -]{0,120}(?<! )(?::(?:\w[\w -]{0,120}(?<! )|\*))?/y;
const choiceCount = /\s*(?:\d{1,6}|\d{0,6}\s*-\s*\d{0,6})\s*\$\$/y;
const optionWeight = /\s*(?:\d+\.?\d*|\.\d+)\s*::/y;
const weightEnd = /:\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*\)/y;

/**
 * The syntax in a prompt, in order of appearance. Time grows with its length.
 * @param delimiters what stands before and behind a library reference
 */
export function promptTokens(text: string, delimiters: readonly string[] = ["%"]): PromptToken[] {
  const tokens: PromptToken[] = [];
  const choices = closedChoices(text);
  const bars = new Set([...choices.values()].flatMap((choice) => choice.bars));
  const closing = new Set([...choices.values()].map(({ end }) => end));
  const parentheses: number[] = [];
  const match = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const mark = (kind: PromptTokenKind, from: number, to: number, named: Pick<PromptToken, "name" | "delimiter"> = {}) =>
    tokens.push({ from, to, kind, ...named });
  const referenceAt = (at: number) => {
    for (const delimiter of delimiters) {
      if (!text.startsWith(delimiter, at)) continue;
      const name = match(reference, at + delimiter.length)?.[0];
      const end = at + delimiter.length + (name?.length ?? 0);
      if (name !== undefined && text.startsWith(delimiter, end))
        return { name, delimiter, end: end + delimiter.length };
    }
    return null;
  };

  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const named = referenceAt(at);
    if (named) {
      const { end, ...names } = named;
      mark("library", at, end, names);
      at = end - 1;
    } else if (sign === "\\") {
      at++;
    } else if (sign === "{") {
      const key = match(placeholder, at);
      if (key) {
        mark("placeholder", at, at + key[0].length, { name: key[1] ?? "" });
        at += key[0].length - 1;
      } else if (choices.has(at)) {
        const count = match(choiceCount, at + 1);
        const weight = count ? null : match(optionWeight, at + 1);
        const length = 1 + (count ?? weight ?? [""])[0].length;
        mark("choice mark", at, at + length);
        at += length - 1;
      }
    } else if (bars.has(at)) {
      const weight = match(optionWeight, at + 1);
      mark("choice mark", at, at + 1 + (weight?.[0].length ?? 0));
      at += weight?.[0].length ?? 0;
    } else if (closing.has(at)) {
      mark("choice mark", at, at + 1);
    } else if (sign === "(") {
      parentheses.push(at);
    } else if (sign === ":") {
      const end = parentheses.length > 0 ? match(weightEnd, at) : null;
      const open = parentheses.at(-1);
      if (!end || open === undefined) continue;
      parentheses.pop();
      mark("weight mark", open, open + 1);
      mark("weight mark", at, at + end[0].length);
      at += end[0].length - 1;
    } else if (sign === ")") {
      parentheses.pop();
    }
  }
  return tokens.toSorted((a, b) => a.from - b.from);
}

/** Brace groups with a bar of their own, by where they open. */
function closedChoices(text: string): Map<number, { bars: number[]; end: number }> {
  const open: { at: number; bars: number[] }[] = [];
  const closed = new Map<number, { bars: number[]; end: number }>();
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === "{") open.push({ at, bars: [] });
    else if (sign === "|") open.at(-1)?.bars.push(at);
    else if (sign === "}") {
      const group = open.pop();
      if (group && group.bars.length > 0) closed.set(group.at, { bars: group.bars, end: at });
    }
  }
  return closed;
}
