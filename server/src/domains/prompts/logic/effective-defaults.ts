import type { ClipPosition } from "#domains/prompts/logic/resolution-types.ts";

/** A slot's text in a scene type, and the clip that it was written for; null for the workflow's own. */
export type EffectiveDefault<Slot> = { slot: Slot; text: string | null; clipPosition: ClipPosition | null };

/** The clips whose texts can be those of a clip: its own, and the whole one's that it falls back to. */
export function clipsWithTextFor(clipPosition: ClipPosition): ClipPosition[] {
  return clipPosition === "FULL_CLIP" ? ["FULL_CLIP"] : [clipPosition, "FULL_CLIP"];
}

/** The text of each slot for a clip: start and continuation clips fall back to the whole clip's, that to the workflow's. */
export function effectiveDefaults<Slot extends { id: string; defaultText: string | null }>(
  slots: readonly Slot[],
  defaults: readonly { slotId: string; clipPosition: ClipPosition; text: string }[],
  clipPosition: ClipPosition,
): EffectiveDefault<Slot>[] {
  return slots.map((slot) => {
    const at = (position: ClipPosition) =>
      defaults.find((entry) => entry.slotId === slot.id && entry.clipPosition === position);
    const found = at(clipPosition) ?? at("FULL_CLIP");
    return { slot, text: found?.text ?? slot.defaultText, clipPosition: found?.clipPosition ?? null };
  });
}
