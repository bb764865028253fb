export interface VariantDraft {
  id: string;
  label: string;
  /** By slot; a text that is what is stored says nothing new. */
  texts: Readonly<Record<string, string>>;
}

export interface Slot {
  id: string;
  /** What is stored, with {placeholders}. */
  text: string;
}

export const letterOf = (index: number): string => String.fromCodePoint(65 + index);

/** The texts of a variant that differ from what is stored. */
export function textsOf(variant: VariantDraft, slots: readonly Slot[]): { slotId: string; text: string }[] {
  return slots.flatMap(({ id, text: stored }) => {
    const text = variant.texts[id] ?? stored;
    return text === stored ? [] : [{ slotId: id, text }];
  });
}

/** Whether there is anything to compare: at least two variants that say different things. */
export function differ(variants: readonly VariantDraft[], slots: readonly Slot[]): boolean {
  return new Set(variants.map((variant) => JSON.stringify(textsOf(variant, slots)))).size > 1;
}
