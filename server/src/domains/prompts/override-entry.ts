import type { DraftFragment } from "#domains/prompts/logic/fragment-entries.ts";

export interface OverrideEntry {
  slotId: string;
  text?: string | null | undefined;
  fragments: readonly DraftFragment[];
  notes?: string | null | undefined;
}

/**
 * The replacement text that an entry asks for. An emptied field means "as inherited"; beside fragments it means that they
 * stand alone.
 */
export function effectiveText({ text, fragments }: Pick<OverrideEntry, "text" | "fragments">): string | null {
  if (text == null) return null;
  if (text.trim() !== "") return text;
  return fragments.length > 0 ? "" : null;
}

/** Whether saving the entry deletes the override. */
export function isEmptyEntry(entry: OverrideEntry): boolean {
  return effectiveText(entry) === null && entry.fragments.length === 0 && notesOf(entry) === null;
}

export function notesOf({ notes }: Pick<OverrideEntry, "notes">): string | null {
  return notes == null || notes.trim() === "" ? null : notes;
}
