import type { FragmentEntryInput, FragmentEntryType } from "#gql/graphql.ts";
import { uniqueKey } from "#lib/unique-key.ts";

/** One entry of an override's ordered list; `key` identifies it on screen only. */
export interface EntryDraft {
  key: string;
  type: FragmentEntryType;
  fragmentId: string | null;
  text: string;
  /** What the library says by now, where that is something else. */
  newText: string | null;
  /** The text is not the one that was stored or that the library has: it has to be sent along. */
  hasOwnText: boolean;
}

/** What an override would be after saving. */
export interface OverrideDraft {
  text: string;
  /** Nothing replaces the base prompt and yet it goes: the fragments stand alone. */
  leavesOutBase: boolean;
  notes: string;
  fragments: readonly EntryDraft[];
}

/** An entry as the server tells it. */
export interface SavedEntry {
  type: FragmentEntryType;
  fragmentId?: string | null;
  text: string;
  isStale: boolean;
  fragment?: { text: string } | null;
}

interface SavedOverride {
  text?: string | null;
  notes?: string | null;
  fragments: readonly SavedEntry[];
}

export function toDraft(saved: SavedOverride | undefined): OverrideDraft {
  return {
    text: saved?.text ?? "",
    leavesOutBase: saved?.text === "",
    notes: saved?.notes ?? "",
    fragments: (saved?.fragments ?? []).map(({ type, fragmentId, text, isStale, fragment }, index) => ({
      key: `saved ${index}`,
      type,
      fragmentId: fragmentId ?? null,
      text,
      newText: isStale ? (fragment?.text ?? null) : null,
      hasOwnText: false,
    })),
  };
}

/** Text of a person's own. */
export function inlineEntry(text: string): EntryDraft {
  return { key: uniqueKey(), type: "INLINE", fragmentId: null, text, newText: null, hasOwnText: false };
}

/** A fragment of the library as it is now. */
export function libraryEntry({ id, text }: { id: string; text: string }): EntryDraft {
  return { key: uniqueKey(), type: "FRAGMENT_REF", fragmentId: id, text, newText: null, hasOwnText: false };
}

/** A template's entry with the text that it has there; what the library lost becomes text of its own. */
export function templateEntry({ type, fragmentId, text, isStale, fragment }: SavedEntry): EntryDraft {
  if (type === "INLINE" || !fragmentId || !fragment) return inlineEntry(text);
  return { ...libraryEntry({ id: fragmentId, text }), newText: isStale ? fragment.text : null, hasOwnText: true };
}

/** The entry with the text that the library has by now. */
export function refreshed(entry: EntryDraft): EntryDraft {
  return entry.newText === null ? entry : { ...entry, text: entry.newText, newText: null, hasOwnText: true };
}

/** The list with further entries behind it, but those that it has already. */
export function withAdded(entries: readonly EntryDraft[], added: readonly EntryDraft[]): EntryDraft[] {
  const nameOf = ({ fragmentId, text }: EntryDraft) => fragmentId ?? `text ${text.trim()}`;
  const known = new Set(entries.map(nameOf));
  return [...entries, ...added.filter((entry) => !known.has(nameOf(entry)) && known.add(nameOf(entry)))];
}

/** The replacement text to send: null keeps the base prompt, an empty one leaves it out. */
export function toTextInput({ text, leavesOutBase, fragments }: OverrideDraft): string | null {
  if (text.trim() !== "") return text;
  return leavesOutBase && fragments.length > 0 ? "" : null;
}

/** A kept reference is sent without text, so that the text it was made with stays. */
export function toEntryInput(entry: EntryDraft): FragmentEntryInput {
  if (entry.type !== "FRAGMENT_REF" || !entry.fragmentId) return { type: "INLINE", text: entry.text };
  return { type: entry.type, fragmentId: entry.fragmentId, ...(entry.hasOwnText && { text: entry.text }) };
}

export function isSame(a: OverrideDraft, b: OverrideDraft): boolean {
  const content = (draft: OverrideDraft) =>
    JSON.stringify([
      toTextInput(draft),
      draft.notes,
      draft.fragments.map(({ type, fragmentId, text }) => [type, fragmentId, text]),
    ]);
  return content(a) === content(b);
}
