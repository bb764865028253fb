import {
  type LibraryTexts,
  type DraftFragment,
  mergeFragmentEntries,
} from "#domains/prompts/logic/fragment-entries.ts";
import type {
  ClipPosition,
  OverrideScope,
  ResolveInput,
  SlotDefault,
  SlotOverride,
} from "#domains/prompts/logic/resolution-types.ts";

/** Unsaved scene-type default; an empty text is a deletion, as it is when saving. */
export type DraftDefault = { slotId: string; text: string; clipPosition: ClipPosition };

/** Unsaved override of one scope and slot, in place of the stored one. */
export type DraftOverride = {
  scope: OverrideScope;
  slotId: string;
  text: string | null;
  fragments: readonly DraftFragment[];
};

/** Unsaved replacement text for the character, whose fragments stay. */
export type DraftText = { slotId: string; text: string };

/** The input with these texts in place of the character's own; its fragments stay. */
export function applyDraftTexts(input: ResolveInput, draftTexts: readonly DraftText[]): ResolveInput {
  const overrides = draftTexts.reduce<readonly SlotOverride[]>((all, { slotId, text }) => {
    const isSame = (entry: SlotOverride) => entry.scope === "CHARACTER" && entry.slotId === slotId;
    const fragments = all.filter(isSame).flatMap((entry) => entry.fragments);
    return [...all.filter((entry) => !isSame(entry)), { scope: "CHARACTER", slotId, text, fragments }];
  }, input.overrides);
  return { ...input, overrides };
}

/**
 * The input as it would be after saving the drafts, for a preview of unsaved text. References without a text take the
 * stored entry's, then the library's; those known to neither are left out.
 */
export function applyDrafts(
  input: ResolveInput,
  draftDefaults: readonly DraftDefault[],
  draftOverrides: readonly DraftOverride[],
  libraryTexts: LibraryTexts = new Map(),
): ResolveInput {
  return {
    ...input,
    defaults: draftDefaults.reduce(withDefault, input.defaults),
    overrides: draftOverrides.reduce(
      (overrides, draft) => withOverride(overrides, draft, libraryTexts),
      input.overrides,
    ),
  };
}

function withDefault(defaults: readonly SlotDefault[], draft: DraftDefault): readonly SlotDefault[] {
  const others = defaults.filter((entry) => entry.slotId !== draft.slotId || entry.clipPosition !== draft.clipPosition);
  return draft.text === "" ? others : [...others, draft];
}

function withOverride(
  overrides: readonly SlotOverride[],
  { scope, slotId, text, fragments }: DraftOverride,
  libraryTexts: LibraryTexts,
): readonly SlotOverride[] {
  const isSame = (entry: SlotOverride) => entry.scope === scope && entry.slotId === slotId;
  const stored = overrides.filter(isSame).flatMap((entry) => entry.fragments);
  const { entries } = mergeFragmentEntries(stored, fragments, libraryTexts);
  return [...overrides.filter((entry) => !isSame(entry)), { scope, slotId, text, fragments: entries }];
}
