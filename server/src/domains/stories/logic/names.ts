const words = /[\p{L}\p{N}]+/gu;

/** The words of a text as names are looked for in it: case, signs and spacing do not count. */
export function wordsOf(text: string): string[] {
  return text.normalize("NFKC").toLowerCase().match(words) ?? [];
}

/** Texts that many names are looked for in. */
export interface NameIndex {
  /** Whether a text has these words, whole and one after the other. */
  has(name: readonly string[]): boolean;
}

export function nameIndex(texts: readonly string[]): NameIndex {
  const lines = texts.map((text) => wordsOf(text));
  const known = new Set(lines.flat());
  const joined = lines.map((line) => ` ${line.join(" ")} `);
  return {
    has: (name) => {
      // Most names have a word that the texts lack, which is found out without reading them.
      if (name.length === 0 || !name.every((part) => known.has(part))) return false;
      const wanted = ` ${name.join(" ")} `;
      return joined.some((line) => line.includes(wanted));
    },
  };
}

/** How alike two names are, from 0 to 1: shares of pairs of letters that both have. */
export function nameSimilarity(one: string, other: string): number {
  const [a, b] = [wordsOf(one).join(" "), wordsOf(other).join(" ")];
  if (a === "" || b === "") return 0;
  if (a === b) return 1;
  const [left, right] = [pairsOf(a), pairsOf(b)];
  let shared = 0;
  const rest = new Map<string, number>();
  for (const pair of right) rest.set(pair, (rest.get(pair) ?? 0) + 1);
  for (const pair of left) {
    const count = rest.get(pair) ?? 0;
    if (count === 0) continue;
    rest.set(pair, count - 1);
    shared += 1;
  }
  return (2 * shared) / (left.length + right.length);
}

function pairsOf(text: string): string[] {
  const padded = ` ${text} `;
  return Array.from({ length: padded.length - 1 }, (_none, index) => padded.slice(index, index + 2));
}
