/** Words that stand in every description and say nothing of a character. */
const fillers = new Set(
  "and the with from into onto over under that this these those for his her their its has have had are was were not but very some any all one two".split(
    " ",
  ),
);
const maxWords = 100;

/**
 * The words of a character's metadata that fragments can be looked up by: in lower case, each once, at least three
 * characters, without fillers. Whole values come first, since tags may be of several words.
 */
export function suggestionWords(metadata: Readonly<Record<string, string>>): string[] {
  const values = Object.values(metadata).map((value) => value.trim().toLowerCase().slice(0, 1_000));
  const words = values.flatMap((value) => value.split(/[^\p{L}\p{N}]+/u));
  const isTelling = (word: string) => word.length >= 3 && !fillers.has(word) && /[\p{L}\p{N}]/u.test(word);
  return [...new Set([...values, ...words].filter(isTelling))].slice(0, maxWords);
}

/** Those of the words that a fragment has: as a tag, or as a whole word of its text or tags. */
export function matchedWords(
  words: readonly string[],
  { text, tags }: { text: string; tags: readonly string[] },
): string[] {
  const present = new Set([...tags, ...[text, ...tags].flatMap((each) => each.toLowerCase().split(/[^\p{L}\p{N}]+/u))]);
  return words.filter((word) => present.has(word));
}
