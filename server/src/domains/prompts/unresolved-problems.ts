import type { ResolvedSlot, ResolveSlot } from "#domains/prompts/logic/resolution-types.ts";
import type { FieldIssue } from "#lib/domain-error.ts";

/** What keeps these prompts from being dispatched: one issue for each slot with unresolved placeholders, by node and input. */
export function unresolvedProblems(slots: readonly (ResolvedSlot & { slot: ResolveSlot })[]): FieldIssue[] {
  return slots
    .filter(({ unresolvedPlaceholders }) => unresolvedPlaceholders.length > 0)
    .map(({ slot, unresolvedPlaceholders }) => ({
      path: ["prompts", slot.nodeId, slot.inputName],
      message: `"${slot.label}" has unresolved placeholders: ${unresolvedPlaceholders.map((key) => `{${key}}`).join(", ")}`,
    }));
}
