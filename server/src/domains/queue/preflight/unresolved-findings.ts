import { type Finding, finding } from "#domains/queue/submit/finding.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { RunPrompts } from "#domains/queue/submit/run-prompts.ts";
import { ValidationError } from "#lib/domain-error.ts";

/** Tells of what nothing fills in a run's prompts, slot by slot. Runs that lack the same share the finding. */
export function unresolvedFindings(
  { slots }: Pick<SubmitTarget, "slots">,
  isAllowed: boolean,
): (prompts: Pick<RunPrompts, "unresolved">) => Finding[] {
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  const made = new Map<string, Finding>();
  return ({ unresolved }) => {
    const findings: Finding[] = [];
    for (const { slotId, unresolvedPlaceholders, unresolvedLibraryReferences } of unresolved) {
      const slot = byId.get(slotId);
      if (!slot) continue;
      const path = ["prompts", `${slot.nodeId}.${slot.inputName}`];
      const placeholders = unresolvedPlaceholders.map((key) => `{${key}}`);
      const missing = [...placeholders, ...unresolvedLibraryReferences].join(", ");
      if (missing === "") continue;
      const message = `${slot.label}: nothing fills ${missing}; set it, or allow unresolved placeholders`;
      const failure = ValidationError.at(path, message, "UNRESOLVED_PLACEHOLDERS");
      const add = (code: "UNRESOLVED_PLACEHOLDER" | "UNRESOLVED_LIBRARY_KEY", missing: readonly string[]): void => {
        if (missing.length === 0) return;
        const key = `${slotId} ${code} ${missing.join(" ")}`;
        let known = made.get(key);
        if (!known) {
          known = finding(code, `${slot.label}: nothing fills ${missing.join(", ")}`, remedies[code], {
            isBlocking: !isAllowed,
            path,
            nodeId: slot.nodeId,
            inputName: slot.inputName,
            failure,
          });
          made.set(key, known);
        }
        findings.push(known);
      };
      add("UNRESOLVED_PLACEHOLDER", placeholders);
      add("UNRESOLVED_LIBRARY_KEY", unresolvedLibraryReferences);
    }
    return findings;
  };
}

const remedies = {
  UNRESOLVED_PLACEHOLDER: "Write the words in its place, or allow unresolved placeholders.",
  UNRESOLVED_LIBRARY_KEY:
    "Add the entry to a library of the project or attach one that has it, or allow unresolved placeholders.",
};
