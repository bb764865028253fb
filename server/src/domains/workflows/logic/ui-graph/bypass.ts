import { isAny, typesFit } from "#domains/workflows/logic/ui-graph/types-fit.ts";
import type { UiNode } from "#domains/workflows/logic/ui-graph/ui-model.ts";

/**
 * The input whose value a bypassed node hands on at this output: the one of the same number if it fits, else the first
 * of exactly the wanted type, else the first that fits. -1 when none does: the output is then connected to nothing.
 */
export function bypassedInput(node: UiNode, slot: number, wantedType: string): number {
  const { inputs } = node;
  if (isAny(wantedType)) return inputs.length > slot ? slot : inputs.length > 0 ? 0 : -1;
  const outputType = node.outputs[slot]?.type ?? "*";
  const fits = (type: string) => typesFit(type, outputType) && typesFit(type, wantedType);
  const opposite = inputs[slot];
  if (opposite && fits(opposite.type)) return slot;
  const exact = inputs.findIndex((input) => input.type === wantedType);
  return exact === -1 ? inputs.findIndex((input) => fits(input.type)) : exact;
}
