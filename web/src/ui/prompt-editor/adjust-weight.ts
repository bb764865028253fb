/** An edit of a text: what is replaced, by what, and what is selected afterwards. */
export interface WeightEdit {
  from: number;
  to: number;
  insert: string;
  selection: { from: number; to: number };
}

/** How much one press changes a weight. */
const step = 0.05;
const most = 10;

const weighted = /^\(([^()]*(?:\([^()]*\)[^()]*)*):\s*(\d+\.?\d*|\.\d+)\s*\)$/;

/**
 * One step more or less weight on the selected words, or on the word at the cursor: `(word:1.3)` gets another number, a
 * bare word its parentheses. At a weight of 1 they go.
 * @returns null when there is nothing to weigh
 */
export function adjustWeight(text: string, from: number, to: number, direction: 1 | -1): WeightEdit | null {
  const range = weightedAround(text, from, to) ?? wordsAt(text, from, to);
  if (!range) return null;
  const inside = text.slice(range.from, range.to);
  const [, words = inside, number = "1"] = weighted.exec(inside) ?? [];
  const weight = Math.min(most, Math.max(0, Math.round((Number(number) + direction * step) * 100) / 100));
  const insert = weight === 1 ? words : `(${words}:${weight})`;
  const start = range.from + (weight === 1 ? 0 : 1);
  return { ...range, insert, selection: { from: start, to: start + words.length } };
}

/** The innermost `(…:1.3)` that holds the whole selection. */
function weightedAround(text: string, from: number, to: number): { from: number; to: number } | null {
  let depth = 0;
  // A selection that begins at the parenthesis itself is inside it too.
  for (let open = Math.min(from, text.length - 1); open >= 0; open--) {
    if (text[open] === ")" && open < from) depth++;
    else if (text[open] === "(" && depth > 0) depth--;
    else if (text[open] === "(") {
      const close = closing(text, open);
      if (close !== null && close + 1 >= to && weighted.test(text.slice(open, close + 1))) {
        return { from: open, to: close + 1 };
      }
    }
  }
  return null;
}

function closing(text: string, open: number): number | null {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return null;
}

/** The selection without the blanks around it, or the word that the cursor is at. */
function wordsAt(text: string, from: number, to: number): { from: number; to: number } | null {
  let [start, end] = [from, to];
  if (start === end) {
    while (start > 0 && /[^\s,()|%]/.test(text[start - 1] ?? "")) start--;
    while (end < text.length && /[^\s,()|%]/.test(text[end] ?? "")) end++;
  }
  while (start < end && /\s/.test(text[start] ?? "")) start++;
  while (end > start && /\s/.test(text[end - 1] ?? "")) end--;
  return start === end ? null : { from: start, to: end };
}
