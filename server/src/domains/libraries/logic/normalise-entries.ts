import { normaliseKey } from "#domains/libraries/logic/library-references.ts";
import type { FieldIssue } from "#lib/domain-error.ts";
import { isJsonObject } from "#lib/json.ts";
import { isPlainKey, reservedKeyMessage } from "#lib/plain-key.ts";
import { isStorable } from "#lib/storable-text.ts";

export const maxEntries = 20_000;
/** All keys and texts together, in characters. */
export const maxTotalLength = 5_000_000;

/**
 * Entries as they are stored, by sorted normalised key, or what is wrong with them.
 * @param field the field of the input that they stand in
 */
export function normaliseEntries(
  given: unknown,
  field = "entries",
): { entries: Record<string, string>; issues: FieldIssue[] } {
  const refuse = (message: string, ...path: string[]) => ({ path: [field, ...path], message });
  if (!isJsonObject(given)) return { entries: {}, issues: [refuse("entries are a map of key to text")] };
  const normalised = new Map<string, string>();
  const writtenAs = new Map<string, string>();
  const issues: FieldIssue[] = [];
  let length = 0;
  for (const [written, text] of Object.entries(given)) {
    const key = normaliseKey(written.trim());
    if (key === null || key.length > 200) {
      issues.push(
        refuse("a key consists of letters a–z, digits, underscores, hyphens and spaces, at most 200", written),
      );
    } else if (!isPlainKey(key)) {
      issues.push(refuse(reservedKeyMessage, written));
    } else if (typeof text !== "string") {
      issues.push(refuse("an entry is a text", written));
    } else if (!isStorable(text)) {
      issues.push(refuse("the text holds a NUL or half a character, which can't be stored", written));
    } else if (normalised.has(key)) {
      issues.push(refuse(`"${written}" and "${writtenAs.get(key)}" are the same key, ${key}`, written));
    } else {
      normalised.set(key, text);
      writtenAs.set(key, written);
      length += key.length + text.length;
    }
  }
  if (normalised.size > maxEntries) issues.push(refuse(`at most ${maxEntries} entries`));
  if (length > maxTotalLength) issues.push(refuse(`at most ${maxTotalLength} characters in all`));
  const sorted = [...normalised].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { entries: Object.fromEntries(sorted), issues };
}
