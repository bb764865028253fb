import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import type { SlotText } from "#domains/prompts/logic/dispatch-texts.ts";
import type { ResolvedSlot } from "#domains/prompts/logic/resolution-types.ts";
import { resolvePrompts } from "#domains/prompts/logic/resolve-prompts.ts";
import type { GivenSlotText } from "#domains/queue/logic/build/resolve-params.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { PromptSnapshot, ResolvedTexts, SubmitInput } from "#domains/queue/submit/submit-input.ts";

/** The prompts of one run, and the slots in which something is unresolved. */
export interface RunPrompts {
  texts: SlotText[];
  prompts: PromptSnapshot[];
  unresolved: Pick<ResolvedSlot, "slotId" | "unresolvedPlaceholders" | "unresolvedLibraryReferences">[];
}

/**
 * Answers the prompts of each run of a job in turn. Runs whose texts can't depend on the seed share theirs: a job may have
 * ten thousand.
 */
export function runPromptsOf(
  target: Pick<SubmitTarget, "slots">,
  libraries: readonly SubstitutionLibrary[],
  ofTake: SubmitInput["resolved"],
): (run: RunDraw, given: readonly GivenSlotText[]) => RunPrompts {
  const isDrawn = (text: string | null): boolean => text?.includes("|") ?? false;
  const mayDraw =
    libraries.length > 0 || typeof ofTake === "function" || target.slots.some((slot) => isDrawn(slot.defaultText));
  let last: { given: readonly GivenSlotText[]; prompts: RunPrompts } | undefined;
  return (run, given) => {
    if (last?.given === given) return last.prompts;
    const prompts = promptsOfRun(target, run, given, libraries, typeof ofTake === "function" ? ofTake(run) : ofTake);
    last = mayDraw || given.some(({ text }) => isDrawn(text)) ? undefined : { given, prompts };
    return prompts;
  };
}

type RunDraw = { seed: bigint; tryIndex: number };

/**
 * The texts that one run's graph takes: those given with the submission, else a take's, else the workflow's own. Given ones
 * and the workflow's go through the resolution that previews use, with the run's seed: choices are drawn, libraries of the
 * project replaced. Nobody's metadata fills placeholders here, so they are reported.
 */
function promptsOfRun(
  target: Pick<SubmitTarget, "slots">,
  run: RunDraw,
  given: readonly GivenSlotText[],
  libraries: readonly SubstitutionLibrary[],
  ofTake: ResolvedTexts | undefined,
): RunPrompts {
  const own = new Set(given.map(({ slotId }) => slotId));
  const takeTexts = new Map((ofTake?.texts ?? []).map((text) => [keyOf(text), text.text]));
  const snapshots = new Map((ofTake?.snapshots ?? []).map((snapshot) => [keyOf(snapshot), snapshot]));
  const isTakes = (slot: { id: string; nodeId: string; inputName: string }): boolean =>
    !own.has(slot.id) && (takeTexts.has(keyOf(slot)) || snapshots.has(keyOf(slot)));
  const resolved = new Map(
    resolvePrompts({
      slots: target.slots.filter((slot) => !isTakes(slot)),
      defaults: [],
      character: null,
      overrides: given.map(({ slotId, text }) => ({ scope: "CHARACTER", slotId, text, fragments: [] })),
      clipPosition: "FULL_CLIP",
      separator: "",
      libraries,
      ...run,
    }).map((slot) => [slot.slotId, slot]),
  );
  const answer: RunPrompts = { texts: [], prompts: [], unresolved: [] };
  for (const slot of target.slots) {
    const { id, nodeId, inputName, label, defaultText } = slot;
    const mine = resolved.get(id);
    const text = mine ? mine.resolvedText : (takeTexts.get(keyOf(slot)) ?? defaultText);
    // A slot without any text is fed over a link, and keeps it.
    if (text !== null && (!mine || own.has(id) || defaultText !== null)) answer.texts.push({ nodeId, inputName, text });
    const source = mine?.source ?? "WORKFLOW_DEFAULT";
    answer.prompts.push(
      (mine ? undefined : snapshots.get(keyOf(slot))) ?? {
        nodeId,
        inputName,
        slotLabel: label,
        text: text ?? "",
        source,
      },
    );
    if (mine) answer.unresolved.push(mine);
  }
  return answer;
}

function keyOf({ nodeId, inputName }: { nodeId: string; inputName: string }): string {
  return `${nodeId}.${inputName}`;
}
