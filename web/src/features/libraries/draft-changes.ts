import {
  type Entries,
  type EntryChanges,
  type EntryRow,
  type LibraryDraft,
  normaliseKey,
} from "#features/libraries/library-draft.ts";

const has = (entries: Entries, key: string): boolean => Object.hasOwn(entries, key);

/** Entries after changes; what is both removed and set is there. */
export function applied(base: Entries, { setEntries, removeKeys }: EntryChanges): Entries {
  const removed = new Set(removeKeys);
  const kept = Object.entries(base).filter(([key]) => !removed.has(key));
  return Object.fromEntries([...kept, ...Object.entries(setEntries)]);
}

/** What leads from one state of the entries to another; null when they are the same. */
export function changesBetween(from: Entries, to: Entries): EntryChanges | null {
  const set = Object.entries(to).filter(([key, text]) => !has(from, key) || from[key] !== text);
  const removeKeys = Object.keys(from).filter((key) => !has(to, key));
  return set.length + removeKeys.length === 0 ? null : { setEntries: Object.fromEntries(set), removeKeys };
}

/** A draft that the server kept, as the editor holds it. */
export function draftFrom(base: Entries, entries: Entries): LibraryDraft {
  const { setEntries, removeKeys } = changesBetween(base, entries) ?? { setEntries: {}, removeKeys: [] };
  const edits = new Map<string, { key: string; text: string } | null>(removeKeys.map((key) => [key, null]));
  for (const [key, text] of Object.entries(setEntries)) edits.set(key, { key, text });
  return rebased({ edits, added: [] }, base);
}

/** A draft with further changes, which are changes of the same entries. */
export function withChanges(
  draft: LibraryDraft,
  base: Entries,
  { setEntries, removeKeys }: EntryChanges,
): LibraryDraft {
  const edits = new Map(draft.edits);
  const gone = new Set(removeKeys);
  const set = Object.entries(setEntries);
  for (const key of removeKeys) if (has(base, key)) edits.set(key, null);
  for (const [key, text] of set) if (has(base, key)) edits.set(key, { key, text });
  const fresh = set.filter(([key]) => !has(base, key));
  const isNamed = ({ key }: { key: string }) => gone.has(normaliseKey(key)) || has(setEntries, normaliseKey(key));
  return {
    edits,
    added: [
      ...draft.added.filter((row) => !isNamed(row)),
      ...fresh.map(([key, text]) => ({ id: `again ${key}`, key, text })),
    ],
  };
}

/** The same draft on other entries: what changes an entry that is not there adds it. */
export function rebased(draft: LibraryDraft, base: Entries): LibraryDraft {
  const lost = [...draft.edits].filter(([key]) => !has(base, key));
  if (lost.length === 0) return draft;
  return {
    edits: new Map([...draft.edits].filter(([key]) => has(base, key))),
    added: [...draft.added, ...lost.flatMap(([id, edit]) => (edit ? [{ id: `again ${id}`, ...edit }] : []))],
  };
}

/** Keys that others have changed and the draft has not. */
export function changedByOthers(base: Entries, mine: Entries, theirs: Entries): string[] {
  const same = (left: Entries, right: Entries, key: string) =>
    has(left, key) === has(right, key) && left[key] === right[key];
  return [...new Set([...Object.keys(base), ...Object.keys(theirs)])]
    .filter((key) => !same(base, theirs, key) && same(base, mine, key))
    .toSorted();
}

/** Changed rows whose text was another one already when the server's draft began: the page had an older one. */
export function overtaken(rows: readonly EntryRow[], seen: Entries, base: Entries): { key: string; now: string }[] {
  return rows.flatMap(({ id, isStored, isChanged }) => {
    const now = base[id];
    return isStored && isChanged && now !== undefined && now !== seen[id] ? [{ key: id, now }] : [];
  });
}
