import { type FormSlot, slotKey } from "#features/generate/form-values.ts";

type Place = Pick<FormSlot, "nodeId" | "inputName">;

export interface PromptSource<Slot extends FormSlot> {
  /** In their order. */
  slots: readonly Slot[];
  /** The stages' prompts of a split-prompt workflow, in order. */
  clips: readonly (Place & { key: string; label: string; number: number })[];
  /** The prompts of each stage that the graph holds; null for a workflow whose number of stages is fixed. */
  stages: readonly { prompts: readonly Place[] }[] | null;
}

/**
 * The prompts of a job with so many stages (as the graph has them when null): those of stages that it leaves out are not
 * there, and each stage that it adds has the clip of the last one again, with a text of its own.
 */
export function promptsWithStages<Slot extends FormSlot & { id: string; label: string }>(
  { slots, clips, stages }: PromptSource<Slot>,
  count: number | null,
): Slot[] {
  const labels = new Map(clips.map((clip) => [slotKey(clip), clip.label]));
  const labelled = slots.map((slot) => ({ ...slot, label: labels.get(slotKey(slot)) ?? slot.label }));
  if (!stages || count === null || count === stages.length) return labelled;
  const leftOut = new Set(stages.slice(count).flatMap(({ prompts }) => prompts.map(slotKey)));
  const kept = labelled.filter((slot) => !leftOut.has(slotKey(slot)));
  const lastClip = clips.at(-1);
  const last = lastClip && labelled.find((slot) => slotKey(slot) === slotKey(lastClip));
  if (!last) return kept;
  const added = Array.from({ length: Math.max(0, count - stages.length) }, (_, index) => {
    const number = clips.length + index + 1;
    return { ...last, id: `stage ${number}`, address: `positive_prompt_stage${number}`, label: `Clip ${number}` };
  });
  const at = kept.indexOf(last) + 1;
  return [...kept.slice(0, at), ...added, ...kept.slice(at)];
}
