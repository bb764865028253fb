import type { ParameterBinding } from "#domains/workflows/logic/parameter.ts";
import type { DetectedSlot } from "#domains/workflows/logic/slots.ts";
import type { StageTemplate } from "#domains/workflows/logic/stages/stage-template.ts";

/** The positive prompt of each stage in order; null when the stages have none of their own. */
export function stageClips(
  { stages }: StageTemplate,
  slots: readonly Pick<DetectedSlot, "nodeId" | "inputName" | "slotType">[],
): ParameterBinding[] | null {
  const isPositive = ({ nodeId, inputName }: ParameterBinding): boolean =>
    slots.some((slot) => slot.slotType === "POSITIVE" && slot.nodeId === nodeId && slot.inputName === inputName);
  const clips = stages.flatMap(({ prompts }) => prompts.filter(isPositive).slice(0, 1));
  return clips.length > 0 ? clips : null;
}
