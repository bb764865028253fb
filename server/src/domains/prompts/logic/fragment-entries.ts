import type { FragmentEntry } from "#domains/prompts/logic/resolution-types.ts";

/** An entry as a person saves it: a reference may leave its text out. */
export type DraftFragment = {
  type: "FRAGMENT_REF" | "INLINE";
  fragmentId?: string | null | undefined;
  text?: string | null | undefined;
};

/** Text of each fragment in the studio's library, by id. */
export type LibraryTexts = ReadonlyMap<string, string>;

export type MergedFragments = {
  entries: FragmentEntry[];
  /** Fragments that the stored entries did not refer to, once for each new reference: these count as used. */
  newlyUsed: string[];
  /** Positions in the list whose reference is neither stored nor in the library, or that lack id or text. */
  unknown: number[];
};

/**
 * The entries to store for a saved list. A reference without text keeps the text that the override already has for it,
 * the first of its kind for the first and so on, even when the fragment is gone; a new one copies the library's.
 */
export function mergeFragmentEntries(
  stored: readonly FragmentEntry[],
  drafted: readonly DraftFragment[],
  libraryTexts: LibraryTexts,
): MergedFragments {
  const kept = new Map<string, string[]>();
  for (const { fragmentId, text } of stored) {
    if (fragmentId !== null) kept.set(fragmentId, [...(kept.get(fragmentId) ?? []), text]);
  }
  const merged: MergedFragments = { entries: [], newlyUsed: [], unknown: [] };
  for (const [index, { type, fragmentId, text }] of drafted.entries()) {
    const id = type === "FRAGMENT_REF" ? (fragmentId ?? null) : null;
    const storedText = id === null ? undefined : kept.get(id)?.shift();
    if (id !== null && storedText === undefined && libraryTexts.has(id)) merged.newlyUsed.push(id);
    const known = id === null ? undefined : (storedText ?? libraryTexts.get(id));
    const chosen = text ?? known;
    const isKnown = type === "INLINE" || known !== undefined;
    if (chosen === undefined || !isKnown) merged.unknown.push(index);
    else merged.entries.push({ type, fragmentId: id, text: chosen });
  }
  return merged;
}

/** Entries with the texts that the library has now; references to fragments that it lacks keep theirs. */
export function refreshEntries(
  stored: readonly FragmentEntry[],
  libraryTexts: LibraryTexts,
): { entries: FragmentEntry[]; refreshed: number } {
  let refreshed = 0;
  const entries = stored.map((entry) => {
    const text = entry.fragmentId === null ? undefined : libraryTexts.get(entry.fragmentId);
    if (text === undefined || text === entry.text) return entry;
    refreshed++;
    return { ...entry, text };
  });
  return { entries, refreshed };
}

/**
 * The stored entries with others behind them, each only when it is not there yet: a reference to the same fragment, or the
 * same inline text. Stored ones stay as they are.
 */
export function addEntries(
  stored: readonly FragmentEntry[],
  added: readonly FragmentEntry[],
): { entries: FragmentEntry[]; added: FragmentEntry[] } {
  const keyOf = ({ fragmentId, text }: FragmentEntry): string =>
    fragmentId === null ? `text ${text.trim()}` : `fragment ${fragmentId}`;
  const known = new Set(stored.map(keyOf));
  const missing = added.filter((entry) => {
    const key = keyOf(entry);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
  return { entries: [...stored, ...missing], added: missing };
}
