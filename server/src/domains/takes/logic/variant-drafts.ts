import type { DraftDefault, DraftOverride, DraftText } from "#domains/prompts/logic/drafts.ts";
import { overrideScopes } from "#domains/prompts/logic/resolution-types.ts";

/** The unsaved texts by which a variant differs from what is stored. */
export interface VariantDrafts {
  draftDefaults: readonly DraftDefault[];
  draftOverrides: readonly DraftOverride[];
  draftTexts: readonly DraftText[];
}

/** What a variant says for a slot, whatever layer it said it in. Undefined: nothing. */
export interface KeptSlot {
  slotId: string;
  text: string | undefined;
  fragments: DraftOverride["fragments"] | undefined;
}

/** The variant's texts slot by slot, to be saved in one layer: the narrowest text, and the fragments of all its scopes. */
export function keptSlots({ draftDefaults, draftOverrides, draftTexts }: VariantDrafts): KeptSlot[] {
  const slots = new Map<string, KeptSlot>();
  const at = (slotId: string): KeptSlot => {
    const slot = slots.get(slotId) ?? { slotId, text: undefined, fragments: undefined };
    slots.set(slotId, slot);
    return slot;
  };
  for (const { slotId, text, clipPosition } of draftDefaults) if (clipPosition === "FULL_CLIP") at(slotId).text = text;
  for (const scope of overrideScopes) {
    for (const { slotId, text, fragments } of draftOverrides.filter((draft) => draft.scope === scope)) {
      const slot = at(slotId);
      slot.text = text ?? slot.text;
      slot.fragments = [...(slot.fragments ?? []), ...fragments];
    }
  }
  for (const { slotId, text } of draftTexts) at(slotId).text = text;
  return [...slots.values()];
}

/** A prompt of which two variants say different things. */
export interface PromptDifference {
  nodeId: string;
  inputName: string;
  slotLabel: string;
  /** One text for each variant, in their order; null where it has no such slot. */
  texts: (string | null)[];
}

/** The prompts that are not the same in all variants, in the order of the slots. */
export function promptDifferences(
  variants: readonly (readonly { nodeId: string; inputName: string; slotLabel: string; text: string }[])[],
): PromptDifference[] {
  const slots = new Map<string, Omit<PromptDifference, "texts">>();
  const texts = variants.map((prompts) => {
    const byKey = new Map<string, string>();
    for (const { nodeId, inputName, slotLabel, text } of prompts) {
      const key = `${nodeId}.${inputName}`;
      if (!slots.has(key)) slots.set(key, { nodeId, inputName, slotLabel });
      byKey.set(key, text);
    }
    return byKey;
  });
  return [...slots].flatMap(([key, slot]) => {
    const each = texts.map((byKey) => byKey.get(key) ?? null);
    return each.every((text) => text === each[0]) ? [] : [{ ...slot, texts: each }];
  });
}
