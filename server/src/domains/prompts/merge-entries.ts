import { v7 as uuidv7 } from "uuid";
import { mergeFragmentEntries } from "#domains/prompts/logic/fragment-entries.ts";
import type { FragmentEntry } from "#domains/prompts/logic/resolution-types.ts";
import { effectiveText, notesOf, type OverrideEntry } from "#domains/prompts/override-entry.ts";
import { type DomainError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { PromptOverride } from "#platform/db/generated/client.ts";

/** An override as it is to be stored; `id` is for those that are new. */
export interface MergedEntry {
  id: string;
  slotId: string;
  text: string | null;
  fragments: FragmentEntry[];
  notes: string | null;
}

/** The stored list of fragments; only this domain writes the column. */
export function fragmentsOf(override: Pick<PromptOverride, "fragments">): FragmentEntry[] {
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
  const ids = new Set(
    entries.flatMap(({ fragments }) =>
      fragments.flatMap(({ type, fragmentId }) => (type === "FRAGMENT_REF" ? (fragmentId ?? []) : [])),
    ),
  );
  const library =
    ids.size === 0
      ? []
      : await tx.fragment.findMany({ where: { id: { in: [...ids] } }, select: { id: true, text: true } });
  const texts = new Map(library.map(({ id, text }) => [id, text]));
  const storedBySlot = new Map(stored.map((override) => [override.slotId, fragmentsOf(override)]));
  const newlyUsed: string[] = [];
  const merged = entries.map((entry, index) => {
    const result = mergeFragmentEntries(storedBySlot.get(entry.slotId) ?? [], entry.fragments, texts);
    const wrong = result.unknown[0];
    if (wrong !== undefined) throw problemOf(entry, ["overrides", String(index), "fragments", String(wrong)], wrong);
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

function problemOf({ fragments }: OverrideEntry, path: string[], index: number): DomainError {
  const fragment = fragments[index];
  if (fragment?.type === "INLINE") return ValidationError.at([...path, "text"], "an inline entry needs a text");
  if (fragment?.fragmentId == null)
    return ValidationError.at([...path, "fragmentId"], "a reference needs the id of a fragment");
  return new NotFoundError("The fragment", [...path, "fragmentId"]);
}
