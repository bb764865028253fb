const { max, min } = Math;

/** More than these help nobody. */
const maxWarnings = 10;
/** What is looked at of a text, in characters: more than can be written, and no model reads a hundredth of it. */
const maxLength = 120_000;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * What ComfyUI would misread in the weights `(word:1.3)` of a prompt: parentheses that do not pair up, weights that are
 * not numbers. `\(` and `\)` are plain text; braces, which may hold choices, are not looked into.
 */
export function weightWarnings(text: string): string[] {
  if (!text.includes("(") && !text.includes(")")) return [];
  const warnings: string[] = [];
  const length = min(text.length, maxLength);
  // The open parentheses, and the last colon in each group (not in a group inside it), -1 when there is none.
  const starts = new Int32Array(length);
  const colons = new Int32Array(length);
  let depth = 0;
  let braces = 0;
  let unopened = 0;
  for (let i = 0; i < length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x5c: // backslash
        i++;
        break;
      case 0x7b: // {
        braces++;
        break;
      case 0x7d: // }
        braces = max(0, braces - 1);
        break;
      case 0x3a: // :
        if (braces === 0 && depth > 0) colons[depth - 1] = i;
        break;
      case 0x28: // (
        starts[depth] = i;
        colons[depth++] = -1;
        break;
      case 0x29: // )
        if (depth === 0) unopened++;
        else {
          depth--;
          if (warnings.length < maxWarnings)
            warnings.push(...badWeight(text, starts[depth] ?? 0, colons[depth] ?? -1, i));
        }
        break;
    }
  }
  // What is open here may be closed behind what was looked at.
  if (depth > 0 && length === text.length) warnings.push(`Unbalanced parentheses: ${depth} "(" without its ")".`);
  if (unopened > 0) warnings.push(`Unbalanced parentheses: ${unopened} ")" without its "(".`);
  return warnings;
}

function badWeight(text: string, start: number, colon: number, end: number): string[] {
  if (colon === -1) return [];
  const weight = text.slice(colon + 1, end).trim();
  if (number.test(weight) || weight.includes("{")) return [];
  const shown = end - start > 60 ? `…${text.slice(end - 40, end + 1)}` : text.slice(start, end + 1);
  return [`The weight in "${shown}" is not a number.`];
}
