import type { ResolvedSlot, ResolveSlot } from "#domains/prompts/logic/resolution-types.ts";

/** A text to write into a graph. */
export type SlotText = { nodeId: string; inputName: string; text: string };

/**
 * The texts that a run's graph takes. A slot fed over a link whose text nobody can tell beforehand, and that nothing
 * overrides, gives none: it keeps its link.
 */
export function dispatchTexts(slots: readonly ResolveSlot[], resolved: readonly ResolvedSlot[]): SlotText[] {
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  return resolved.flatMap(({ slotId, source, resolvedText }) => {
    const slot = byId.get(slotId);
    if (!slot) return [];
    const isOnlyLinked = slot.isLinked && slot.defaultText === null && source === "WORKFLOW_DEFAULT";
    return isOnlyLinked ? [] : [{ nodeId: slot.nodeId, inputName: slot.inputName, text: resolvedText }];
  });
}
