import type { ResolvedSlot, ResolveSlot } from "#domains/prompts/logic/resolution-types.ts";
import type { FieldIssue } from "#lib/domain-error.ts";

type Unresolved = Pick<ResolvedSlot, "unresolvedPlaceholders" | "unresolvedLibraryReferences"> & {
  slot: Pick<ResolveSlot, "nodeId" | "inputName" | "label">;
};

/** What keeps these prompts from being dispatched: one issue for each slot, by node and input, that names all of it. */
export function unresolvedProblems(slots: readonly Unresolved[]): FieldIssue[] {
  return slots.flatMap(({ slot, unresolvedPlaceholders: placeholders, unresolvedLibraryReferences: references }) => {
    const missing = [
      ...(placeholders.length > 0
        ? [`unresolved placeholders: ${placeholders.map((key) => `{${key}}`).join(", ")}`]
        : []),
      ...(references.length > 0 ? [`library references that no attached library has: ${references.join(", ")}`] : []),
    ];
    if (missing.length === 0) return [];
    const path = ["prompts", slot.nodeId, slot.inputName];
    return [{ path, message: `"${slot.label}" has ${missing.join("; and ")}` }];
  });
}
