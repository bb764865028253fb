import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
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

/** The slots that a name stands for; a general name gives way to those that name one slot. */
export type SlotAddress<Slot extends AddressableSlot = AddressableSlot> = { slots: Slot[]; isGeneral: boolean };

/**
 * Every name under which `params` may give slots their text: `<nodeId>.<inputName>` always; `positive_prompt` and
 * `negative_prompt` for the only slot of its polarity; in a split-prompt workflow `positive_prompt_stageN` (from 1, in the
 * order of the stages) and, for all stages that have no text of their own, `positive_prompt`; the key of a TEXT parameter
 * for all slots that it is bound to.
 */
export function slotAddresses<Slot extends AddressableSlot>(
  slots: readonly Slot[],
  parameters: readonly WorkflowParameter[],
  clips: readonly ParameterBinding[] | null,
): Map<string, SlotAddress<Slot>> {
  const addresses = new Map<string, SlotAddress<Slot>>();
  const byInput = new Map(slots.map((slot) => [inputAddress(slot), slot]));
  const add = (name: string, of: Slot[], isGeneral = false) =>
    of.length > 0 && addresses.set(name, { slots: of, isGeneral });
  for (const [name, slot] of byInput) add(name, [slot]);
  for (const slotType of ["POSITIVE", "NEGATIVE"] as const) {
    const ofType = slots.filter((slot) => slot.slotType === slotType).toSorted((a, b) => a.sortOrder - b.sortOrder);
    const name = `${slotType.toLowerCase()}_prompt`;
    if (ofType.length === 1 || clips) add(name, ofType, ofType.length > 1);
    if (!clips) continue;
    const stages = slotType === "POSITIVE" ? clips.flatMap((clip) => byInput.get(inputAddress(clip)) ?? []) : ofType;
    stages.forEach((slot, index) => add(`${name}_stage${index + 1}`, [slot]));
  }
  for (const { key, type, bindings } of parameters) {
    const bound = type === "TEXT" ? bindings.flatMap((binding) => byInput.get(inputAddress(binding)) ?? []) : [];
    const known = addresses.get(key);
    // In a split-prompt workflow positive_prompt goes on meaning all stages.
    if (bound.length > 0 && !known?.isGeneral) add(key, bound, bound.length > 1);
  }
  return addresses;
}

function inputAddress({ nodeId, inputName }: ParameterBinding): string {
  return `${nodeId}.${inputName}`;
}
