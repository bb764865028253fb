export type Entries = Readonly<Record<string, string>>;

/** What a person has changed and not saved. */
export interface LibraryDraft {
  /** By the stored key; null: to be removed. */
  edits: ReadonlyMap<string, { key: string; text: string } | null>;
  added: readonly { id: string; key: string; text: string }[];
}

export const emptyDraft: LibraryDraft = { edits: new Map(), added: [] };

/** Changes of entries as the API takes them. */
export interface EntryChanges {
  setEntries: Readonly<Record<string, string>>;
  removeKeys: readonly string[];
}

export interface EntryRow {
  /** The stored key, or an added row's own id. */
  id: string;
  key: string;
  text: string;
  isStored: boolean;
  isRemoved: boolean;
  isChanged: boolean;
}

/** Keys as the server keeps them. */
export const normaliseKey = (key: string): string => key.trim().toLowerCase().replaceAll(/[\s-]/g, "_");

/** Added rows first, then what is stored by key, with its edits. */
export function rowsOf(stored: Entries, { edits, added }: LibraryDraft): EntryRow[] {
  return [
    ...added.map((row) => ({ ...row, isStored: false, isRemoved: false, isChanged: true })),
    ...Object.keys(stored)
      .toSorted()
      .map((id) => {
        const edit = edits.get(id);
        const before = { key: id, text: stored[id] ?? "" };
        const { key, text } = edit ?? before;
        const isRemoved = edit === null;
        return {
          id,
          key,
          text,
          isStored: true,
          isRemoved,
          isChanged: isRemoved || key !== before.key || text !== before.text,
        };
      }),
  ];
}

/** The draft with another key or text of a row; null removes the row. */
export function withEdit(
  { edits, added }: LibraryDraft,
  row: EntryRow,
  part: { key?: string; text?: string } | null,
): LibraryDraft {
  if (row.isStored) {
    return { added, edits: new Map(edits).set(row.id, part && { key: row.key, text: row.text, ...part }) };
  }
  return {
    edits,
    added: part
      ? added.map((each) => (each.id === row.id ? { ...each, ...part } : each))
      : added.filter(({ id }) => id !== row.id),
  };
}

/** The draft with a row as it is stored. */
export function withoutEdit({ edits, added }: LibraryDraft, row: EntryRow): LibraryDraft {
  return { added, edits: new Map([...edits].filter(([id]) => id !== row.id)) };
}

/** What to send: only what differs from what is stored. */
export function changesOf(rows: readonly EntryRow[]): EntryChanges & { count: number } {
  const changed = rows.filter((row) => row.isChanged);
  const kept = changed.filter((row) => !row.isRemoved);
  return {
    setEntries: Object.fromEntries(kept.map(({ key, text }) => [normaliseKey(key), text])),
    removeKeys: changed
      .filter((row) => row.isStored && (row.isRemoved || normaliseKey(row.key) !== row.id))
      .map(({ id }) => id),
    count: changed.length,
  };
}

/** What is wrong with a key, by row. */
export function keyProblems(rows: readonly EntryRow[]): Map<string, string> {
  const present = rows.filter((row) => !row.isRemoved);
  const counts = new Map<string, number>();
  for (const { key } of present) counts.set(normaliseKey(key), (counts.get(normaliseKey(key)) ?? 0) + 1);
  const problems = new Map<string, string>();
  for (const { id, key, isChanged } of present) {
    if (!isChanged) continue;
    const normalised = normaliseKey(key);
    if (normalised === "") problems.set(id, "A key is missing.");
    else if (!/^[a-z0-9_]+$/.test(normalised)) problems.set(id, "Letters a–z, digits and underscores only.");
    else if ((counts.get(normalised) ?? 0) > 1) problems.set(id, `There is another ${normalised}.`);
  }
  return problems;
}
