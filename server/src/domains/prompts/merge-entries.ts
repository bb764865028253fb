import { v7 as uuidv7 } from "uuid";
import {
  type DraftFragment,
  type LibraryTexts,
  mergeFragmentEntries,
} from "#domains/prompts/logic/fragment-entries.ts";
import type { FragmentEntry } from "#domains/prompts/logic/resolution-types.ts";
import { effectiveText, notesOf, type OverrideEntry } from "#domains/prompts/override-entry.ts";
import { type DomainError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { OverrideTemplate, PromptOverride } from "#platform/db/generated/client.ts";

/** An override as it is to be stored; `id` is for those that are new. */
export interface MergedEntry {
  id: string;
  slotId: string;
  text: string | null;
  fragments: FragmentEntry[];
  notes: string | null;
}

/** The stored list of fragments; only this domain writes the column. */
export function fragmentsOf(override: Pick<PromptOverride | OverrideTemplate, "fragments">): FragmentEntry[] {
  return override.fragments as unknown as FragmentEntry[];
}

/**
 * The entries to store: references that an override has keep their text, new ones copy the library's.
 * @throws NotFoundError for a reference that neither knows, ValidationError for an entry without id or text
 */
export async function mergeEntries(
  tx: PrismaTx,
  stored: readonly PromptOverride[],
  entries: readonly OverrideEntry[],
): Promise<{ merged: MergedEntry[]; newlyUsed: string[] }> {
  const texts = await libraryTextsOf(
    tx,
    entries.flatMap(({ fragments }) => fragments),
  );
  const storedBySlot = new Map(stored.map((override) => [override.slotId, fragmentsOf(override)]));
  const newlyUsed: string[] = [];
  const merged = entries.map((entry, index) => {
    const result = mergeFragmentEntries(storedBySlot.get(entry.slotId) ?? [], entry.fragments, texts);
    const wrong = result.unknown[0];
    if (wrong !== undefined)
      throw problemOf(entry.fragments, ["overrides", String(index), "fragments", String(wrong)], wrong);
    newlyUsed.push(...result.newlyUsed);
    return {
      id: uuidv7(),
      slotId: entry.slotId,
      text: effectiveText(entry),
      fragments: result.entries,
      notes: notesOf(entry),
    };
  });
  return { merged, newlyUsed };
}

/** The library's texts of the fragments that entries refer to. */
async function libraryTextsOf(tx: PrismaTx, drafts: readonly DraftFragment[]): Promise<LibraryTexts> {
  const ids = new Set(drafts.flatMap(({ type, fragmentId }) => (type === "FRAGMENT_REF" ? (fragmentId ?? []) : [])));
  if (ids.size === 0) return new Map();
  const library = await tx.fragment.findMany({ where: { id: { in: [...ids] } }, select: { id: true, text: true } });
  return new Map(library.map(({ id, text }) => [id, text]));
}

/**
 * Entries for a list that is stored by itself, such as a template: references that it has keep their text, new ones copy
 * the library's.
 * @throws NotFoundError, ValidationError, with the path of the entry
 */
export async function mergeList(
  tx: PrismaTx,
  stored: readonly FragmentEntry[],
  drafts: readonly DraftFragment[],
): Promise<FragmentEntry[]> {
  const { entries, unknown } = mergeFragmentEntries(stored, drafts, await libraryTextsOf(tx, drafts));
  const wrong = unknown[0];
  if (wrong !== undefined) throw problemOf(drafts, ["fragments", String(wrong)], wrong);
  return entries;
}

function problemOf(fragments: readonly DraftFragment[], path: string[], index: number): DomainError {
  const fragment = fragments[index];
  if (fragment?.type === "INLINE") return ValidationError.at([...path, "text"], "an inline entry needs a text");
  if (fragment?.fragmentId == null)
    return ValidationError.at([...path, "fragmentId"], "a reference needs the id of a fragment");
  return new NotFoundError("The fragment", [...path, "fragmentId"]);
}
