import { type FormParameter, type FormSlot, slotKey } from "#features/generate/form-values.ts";

type NamedSlot = FormSlot & { slotType: "POSITIVE" | "NEGATIVE" };
type Clip = Pick<FormSlot, "nodeId" | "inputName"> & { key: string };

/**
 * The names by which prompts are kept: the most general ones that mean one slot only, so that a preset fits other
 * workflows too.
 */
function nameOf(slot: NamedSlot, slots: readonly NamedSlot[], clips: readonly Clip[]): string {
  const clip = clips.find((each) => slotKey(each) === slotKey(slot));
  if (clip) return clip.key;
  const isOnly = slots.filter(({ slotType }) => slotType === slot.slotType).length === 1;
  return isOnly ? `${slot.slotType.toLowerCase()}_prompt` : slotKey(slot);
}

export interface PromptForm {
  slots: readonly NamedSlot[];
  clips: readonly Clip[];
  parameters: readonly FormParameter[];
}

/** The content of a prompt preset: every text that may be written. */
export function promptsToKeep(
  { slots, clips }: PromptForm,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const editable = slots.filter(({ isUserEditable }) => isUserEditable);
  return Object.fromEntries(editable.map((slot) => [nameOf(slot, slots, clips), values[slotKey(slot)] ?? ""]));
}

/** `params` by any name that the API takes, as values of the form's fields. General names give way to those of one slot. */
export function fieldsOf(
  { slots, clips, parameters }: PromptForm,
  params: Record<string, unknown>,
): Record<string, string> {
  const general: Record<string, string> = {};
  const own: Record<string, string> = {};
  const slotsAt = new Map(slots.map((slot) => [slotKey(slot), slot]));
  for (const [name, value] of Object.entries(params)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const exact = slots.filter((slot) => slotKey(slot) === name || nameOf(slot, slots, clips) === name);
    const wide = slots.filter(({ slotType }) => `${slotType.toLowerCase()}_prompt` === name);
    const bound = parameters
      .filter(({ key, type }) => key === name && type === "TEXT")
      .flatMap(({ bindings }) => bindings.flatMap((binding) => slotsAt.get(slotKey(binding)) ?? []));
    if (exact.length === 0 && wide.length === 0 && bound.length === 0) own[name] = text;
    for (const slot of exact) own[slotKey(slot)] = text;
    if (exact.length === 0) for (const slot of [...wide, ...bound]) general[slotKey(slot)] = text;
  }
  return { ...general, ...own };
}
