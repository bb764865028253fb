import type { ResolvedSlot, ResolveSlot } from "#domains/prompts/logic/resolution-types.ts";

/** A text to write into a graph. */
export type SlotText = { nodeId: string; inputName: string; text: string };

/** `editedDefaultText` is set where an ADMIN put a text in place of the graph's. */
type DispatchSlot = ResolveSlot & { editedDefaultText?: string | null };

/**
 * The texts that a run's graph takes. A slot fed over a link that nothing changes gives none: it keeps its link, so that
 * whatever feeds it (a string node with a parameter, another model) still does.
 */
export function dispatchTexts(slots: readonly DispatchSlot[], resolved: readonly ResolvedSlot[]): SlotText[] {
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  return resolved.flatMap(({ slotId, source, resolvedText }) => {
    const slot = byId.get(slotId);
    if (!slot) return [];
    const isAsInGraph =
      source === "WORKFLOW_DEFAULT" && slot.editedDefaultText == null && resolvedText === (slot.defaultText ?? "");
    return slot.isLinked && isAsInGraph ? [] : [{ nodeId: slot.nodeId, inputName: slot.inputName, text: resolvedText }];
  });
}
