import type { ClipPosition, DraftDefaultInput } from "#gql/graphql.ts";

export interface SavedDefault {
  slot: { id: string };
  clipPosition: ClipPosition;
  text: string;
}

/** Unsaved texts by slot and clip position; only those that differ from what is saved. */
export type DefaultDrafts = Readonly<Record<string, DraftDefaultInput & { clipPosition: ClipPosition }>>;

export const clipPositions: { value: ClipPosition; label: string }[] = [
  { value: "FULL_CLIP", label: "Full clip" },
  { value: "START_CLIP", label: "Start" },
  { value: "CONTINUATION_CLIP", label: "Continuation" },
];

export function savedText(saved: readonly SavedDefault[], slotId: string, clipPosition: ClipPosition): string {
  return saved.find((each) => each.slot.id === slotId && each.clipPosition === clipPosition)?.text ?? "";
}

/** The drafts after an edit; typing back what is saved drops the draft. */
export function withDraft(
  drafts: DefaultDrafts,
  saved: readonly SavedDefault[],
  edit: { slotId: string; clipPosition: ClipPosition; text: string },
): DefaultDrafts {
  const key = `${edit.slotId} ${edit.clipPosition}`;
  const { [key]: _previous, ...others } = drafts;
  return edit.text === savedText(saved, edit.slotId, edit.clipPosition) ? others : { ...others, [key]: edit };
}

export function draftText(drafts: DefaultDrafts, slotId: string, clipPosition: ClipPosition): string | undefined {
  return drafts[`${slotId} ${clipPosition}`]?.text;
}
