import { z } from "zod";

/** Half of a surrogate pair; with the u flag it matches only those that stand alone. */
const loneSurrogate = /\p{Surrogate}/u;

/** Whether Postgres takes the text in text and jsonb columns alike: no NUL, no half characters. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !loneSurrogate.test(text);
}

/** Free text of at most `max` characters that the database can hold. */
export function storableText(max: number) {
  return z.string().max(max).refine(isStorable, "the text holds a NUL or half a character, which can't be stored");
}
