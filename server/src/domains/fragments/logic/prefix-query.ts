/** More words than these find nothing more precisely. */
const maxWords = 20;

/**
 * The argument of Postgres' to_tsquery for what a person typed: every word must occur, each may be the beginning of a
 * longer one. Words are quoted, so that Postgres splits them as it split the documents and operators are plain text.
 * Null when nothing was typed that could be looked for.
 */
export function prefixQuery(search: string): string | null {
  const words = search
    .slice(0, 1_000)
    .split(/[\s\0]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return null;
  return words
    .slice(0, maxWords)
    .map((word) => `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}':*`)
    .join(" & ");
}
