import { z } from "zod";

/** Half of a surrogate pair; with the u flag it matches only those that stand alone. */
const loneSurrogate = /\p{Surrogate}/u;

/** Whether Postgres takes the text in text and jsonb columns alike: no NUL, no half characters. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !loneSurrogate.test(text);
}

/** Free text of at most `max` characters that the database can hold. */
export function storableText(max: number) {
  return z
    .string()
    .max(max, `at most ${max} characters`)
    .refine(isStorable, "the text holds a NUL or half a character, which can't be stored");
}

/** The same value with what Postgres refuses in its texts replaced: for what others write, such as a machine's errors. */
export function toStorable(value: unknown): unknown {
  if (typeof value === "string") return isStorable(value) ? value : value.replaceAll(/\0|\p{Surrogate}/gu, "\ufffd");
  if (Array.isArray(value)) return value.map(toStorable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [toStorable(key) as string, toStorable(each)]));
}

/** What somebody typed to search for; undefined for nothing. What can't be stored is nowhere to be found either. */
export function searchTerm(text: string | null | undefined): string | undefined {
  return (toStorable(text ?? "") as string).trim() || undefined;
}

/** A condition on names that hold what somebody typed, whatever its case; none for nothing. */
export function nameContains(text: string | null | undefined) {
  const term = searchTerm(text);
  return term === undefined ? {} : { name: { contains: escapeLike(term), mode: "insensitive" as const } };
}

/** The text with the wildcards of LIKE escaped; Prisma's `contains` leaves that to its callers. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
