import type { FragmentEntryInput, FragmentEntryType } from "#gql/graphql.ts";
import { uniqueKey } from "#lib/unique-key.ts";

/** One entry of an override's ordered list; `key` identifies it on screen only. */
export interface EntryDraft {
  key: string;
  type: FragmentEntryType;
  fragmentId: string | null;
  text: string;
  isStale: boolean;
}

/** What an override would be after saving. */
export interface OverrideDraft {
  text: string;
  notes: string;
  fragments: readonly EntryDraft[];
}

interface SavedOverride {
  text?: string | null;
  notes?: string | null;
  fragments: readonly { type: FragmentEntryType; fragmentId?: string | null; text: string; isStale: boolean }[];
}

export function toDraft(saved: SavedOverride | undefined): OverrideDraft {
  return {
    text: saved?.text ?? "",
    notes: saved?.notes ?? "",
    fragments: (saved?.fragments ?? []).map(({ type, fragmentId, text, isStale }) => ({
      key: uniqueKey(),
      type,
      fragmentId: fragmentId ?? null,
      text,
      isStale,
    })),
  };
}

/** A kept reference is sent without text, so that the text it was made with stays. */
export function toEntryInput(entry: EntryDraft): FragmentEntryInput {
  return entry.type === "FRAGMENT_REF" && entry.fragmentId
    ? { type: entry.type, fragmentId: entry.fragmentId }
    : { type: "INLINE", text: entry.text };
}

export function isSame(a: OverrideDraft, b: OverrideDraft): boolean {
  const content = ({ text, notes, fragments }: OverrideDraft) =>
    JSON.stringify([text, notes, fragments.map(({ type, fragmentId, text: entry }) => [type, fragmentId, entry])]);
  return content(a) === content(b);
}

/** The list with one entry a place up or down; at an end it stays as it is. */
export function moved<Item>(items: readonly Item[], index: number, by: -1 | 1): readonly Item[] {
  const target = index + by;
  const item = items[index];
  if (item === undefined || target < 0 || target >= items.length) return items;
  return items.toSpliced(index, 1).toSpliced(target, 0, item);
}
