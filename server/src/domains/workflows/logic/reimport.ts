import type { DetectedSlot, SlotType } from "#domains/workflows/logic/slots.ts";

/** What a slot of the workflow has before the import, as far as matching reads it. */
export type ExistingSlot = {
  nodeId: string;
  inputName: string;
  slotType: SlotType;
  label: string;
  sortOrder: number;
  defaultText: string | null;
  isLinked: boolean;
  /** An ADMIN wrote the default text; it is not the graph's. */
  isDefaultEdited: boolean;
};

export type MatchedSlot<T> = {
  existing: T;
  detected: DetectedSlot;
  /** What the slot says from now on. Label, type, order, lock and description stay the existing ones. */
  defaultText: string | null;
  isLinked: boolean;
  /** An edited default was kept although the graph has another text (`detected.defaultText`): tell people. */
  isEditKept: boolean;
};

export type SlotMatch<T> = {
  /** New slots, with labels and order that continue those of the existing ones. */
  added: DetectedSlot[];
  /** Found again, with nothing to change. */
  kept: MatchedSlot<T>[];
  /** Found again, with another default text or link. */
  updated: MatchedSlot<T>[];
  /** Not in the new graph. */
  gone: T[];
};

/** Pairs the slots of a workflow with those of a newly imported graph, by node id and input name. */
export function matchSlots<T extends ExistingSlot>(
  existing: readonly T[],
  detected: readonly DetectedSlot[],
): SlotMatch<T> {
  const byInput = new Map(existing.map((slot) => [inputKey(slot), slot]));
  const match: SlotMatch<T> = { added: [], kept: [], updated: [], gone: [] };
  const found = new Set<string>();
  const labels = new Set(existing.map((slot) => slot.label));
  let lastOrder = Math.max(-1, ...existing.map((slot) => slot.sortOrder));
  for (const slot of detected) {
    const known = byInput.get(inputKey(slot));
    if (!known) {
      const label = freeLabel(slot, labels);
      labels.add(label);
      match.added.push({ ...slot, label, sortOrder: ++lastOrder });
      continue;
    }
    found.add(inputKey(slot));
    const differs = slot.defaultText !== known.defaultText;
    const defaultText = known.isDefaultEdited ? known.defaultText : slot.defaultText;
    const hasChanged = defaultText !== known.defaultText || slot.isLinked !== known.isLinked;
    (hasChanged ? match.updated : match.kept).push({
      existing: known,
      detected: slot,
      defaultText,
      isLinked: slot.isLinked,
      isEditKept: known.isDefaultEdited && differs,
    });
  }
  match.gone = existing.filter((slot) => !found.has(inputKey(slot)));
  return match;
}

/** The label of the slot's place in the graph, or the next number that no slot has. */
function freeLabel({ label, slotType }: DetectedSlot, taken: ReadonlySet<string>): string {
  const name = slotType === "POSITIVE" ? "Positive Prompt" : "Negative Prompt";
  let free = label;
  for (let n = 1; taken.has(free); n++) free = `${name} ${n}`;
  return free;
}

function inputKey({ nodeId, inputName }: { nodeId: string; inputName: string }): string {
  return JSON.stringify([nodeId, inputName]);
}
