/** An entry that two people have changed, each in another way; null where it is not there. */
export interface EntryConflict {
  key: string;
  base: string | null;
  mine: string | null;
  theirs: string | null;
}

export interface Merged {
  /** Changes of both sides; where both changed one entry, mine. */
  entries: Record<string, string>;
  /** By key. */
  conflicts: EntryConflict[];
}

type Entries = Readonly<Record<string, string>>;

/** Keys of what one map has otherwise than the other, or has not, sorted. */
export function changedKeys(before: Entries, after: Entries): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const textOf = (side: Entries, key: string) => (Object.hasOwn(side, key) ? side[key] : undefined);
  return [...keys].filter((key) => textOf(before, key) !== textOf(after, key)).toSorted();
}

/** Brings together what two sides made of the same entries. An entry that both changed alike is no conflict. */
export function mergeEntries(base: Entries, mine: Entries, theirs: Entries): Merged {
  const entries = new Map<string, string>();
  const conflicts: EntryConflict[] = [];
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])].toSorted();
  for (const key of keys) {
    const [was, own, other] = [base, mine, theirs].map((side) =>
      Object.hasOwn(side, key) ? (side[key] ?? null) : null,
    );
    const isOwnChange = own !== was;
    const kept = isOwnChange ? own : other;
    if (kept !== null && kept !== undefined) entries.set(key, kept);
    if (isOwnChange && other !== was && own !== other)
      conflicts.push({ key, base: was ?? null, mine: own ?? null, theirs: other ?? null });
  }
  return { entries: Object.fromEntries(entries), conflicts };
}
