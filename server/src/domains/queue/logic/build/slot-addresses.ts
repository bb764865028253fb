import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { SlotType } from "#domains/workflows/logic/slots.ts";

/** What a submission needs to know of a prompt slot. */
export type AddressableSlot = {
  id: string;
  nodeId: string;
  inputName: string;
  label: string;
  slotType: SlotType;
  sortOrder: number;
  isUserEditable: boolean;
};

/**
 * Every name under which `params` may give a slot's text: `<nodeId>.<inputName>` always; `positive_prompt` and
 * `negative_prompt` for the only slot of its polarity; `positive_prompt_stageN` (from 1, in slot order) in a
 * split-prompt workflow; the key of a TEXT parameter bound to the slot's input.
 */
export function slotAddresses(
  slots: readonly AddressableSlot[],
  parameters: readonly WorkflowParameter[],
  isSplitPrompt: boolean,
): Map<string, AddressableSlot> {
  const addresses = new Map<string, AddressableSlot>();
  for (const slot of slots) addresses.set(inputAddress(slot), slot);
  for (const slotType of ["POSITIVE", "NEGATIVE"] as const) {
    const ofType = slots.filter((slot) => slot.slotType === slotType).toSorted((a, b) => a.sortOrder - b.sortOrder);
    const name = `${slotType.toLowerCase()}_prompt`;
    if (ofType[0] && ofType.length === 1) addresses.set(name, ofType[0]);
    if (isSplitPrompt) ofType.forEach((slot, index) => addresses.set(`${name}_stage${index + 1}`, slot));
  }
  for (const { key, type, bindings } of parameters) {
    const slot = type === "TEXT" && bindings[0] ? addresses.get(inputAddress(bindings[0])) : undefined;
    if (slot) addresses.set(key, slot);
  }
  return addresses;
}

function inputAddress({ nodeId, inputName }: { nodeId: string; inputName: string }): string {
  return `${nodeId}.${inputName}`;
}
