import { matchPerFile } from "#domains/queue/logic/build/per-file.ts";
import { type ParamTargets, type ResolvedParams, resolveParams } from "#domains/queue/logic/build/resolve-params.ts";
import { seedRangeOf, sizeOfRange } from "#domains/workflows/logic/seed-range.ts";
import { type Finding, finding } from "#domains/queue/submit/finding.ts";
import type { BlockedInput, GatheredInput } from "#domains/queue/submit/gather-inputs.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { CheckedSubmit } from "#domains/queue/submit/submit-input.ts";

/** Parameters as they were given, typed; and what is wrong with them. */
export interface CheckedParams {
  job: ResolvedParams;
  /** By position of the input. */
  perFile: ReadonlyMap<number, ResolvedParams>;
  /** Of all assets that parameters name. */
  assetIds: string[];
  /** Wrong for all runs. */
  findings: Finding[];
  /** Wrong for the runs of one input only. */
  findingsOfInput(position: number): Finding[];
}

/** Checks params, perFileParams and the prompt mode against what the workflow takes. Nothing is thrown. */
export function checkParams(
  target: SubmitTarget,
  input: CheckedSubmit,
  inputs: readonly (GatheredInput | BlockedInput)[],
): CheckedParams {
  const targets = targetsOf(target);
  const job = resolveParams(targets, input.params);
  const { byInput, issues } = matchPerFile(inputs, input.perFileParams);
  const findings = [
    ...job.issues.map((issue) => wrongValue(issue.message, ["params", ...issue.path])),
    ...issues.map((issue) => wrongValue(issue.message, ["perFileParams", ...issue.path])),
  ];
  findings.push(...seedProblems(target, input, job.resolved, inputs.length));
  const ofInput = new Map<number, Finding[]>();
  const perFile = new Map<number, ResolvedParams>();
  for (const [position, values] of byInput) {
    const file = resolveParams(targets, values);
    perFile.set(position, file.resolved);
    if (file.issues.length === 0) continue;
    const at = ["perFileParams", inputs[position]?.filename ?? ""];
    ofInput.set(
      position,
      file.issues.map((issue) => wrongValue(issue.message, [...at, ...issue.path])),
    );
  }
  if (input.promptMode !== "MANUAL") findings.push(...perImageProblems(target, inputs, perFile, ofInput));
  const assetIds = [job.resolved, ...perFile.values()].flatMap((params) => Object.values(params.assetIds));
  return {
    job: job.resolved,
    perFile,
    assetIds: [...new Set(assetIds)],
    findings,
    findingsOfInput: (position) => ofInput.get(position) ?? [],
  };
}

export const targetsOf = ({ parameters, slots, recipe }: SubmitTarget): ParamTargets => ({
  parameters,
  slots,
  clips: recipe.clips,
});

/** A seed that the workflow does not take; or more runs than there are seeds to count through. */
function seedProblems(
  { parameters }: SubmitTarget,
  { seed, seedMode, tries }: CheckedSubmit,
  { seed: asParameter }: ResolvedParams,
  inputCount: number,
): Finding[] {
  const range = seedRangeOf(parameters);
  const findings: Finding[] = [];
  if (seed !== undefined && asParameter === null && seedMode !== "RANDOM" && (seed < range.min || seed > range.max))
    findings.push(wrongValue(`seed: ${seed} is outside ${range.min} to ${range.max}.`, ["seed"]));
  const runs = Math.max(1, inputCount) * tries;
  if (seedMode === "INCREMENT" && BigInt(runs) > sizeOfRange(range)) {
    const message = `${runs} runs count through more seeds than the workflow takes, ${range.min} to ${range.max}; some would be the same.`;
    findings.push(wrongValue(message, ["seedMode"]));
  }
  return findings;
}

const wrongValue = (message: string, path: string[]): Finding =>
  finding("VALUE_INVALID", message, "Correct the value, or leave it out to keep the workflow's own.", { path });

const promptModeProblem = (message: string, remedy: string): Finding =>
  finding("PROMPT_MODE_INVALID", message, remedy, { path: ["promptMode"], failure: "PROMPT_MODE_INVALID" });

/** Per-image modes promise a text for every image: what is missing is put down with its input. */
function perImageProblems(
  { slots }: SubmitTarget,
  inputs: readonly (GatheredInput | BlockedInput)[],
  perFile: ReadonlyMap<number, ResolvedParams>,
  ofInput: Map<number, Finding[]>,
): Finding[] {
  if (inputs.length === 0) {
    const message = "per-image prompts need input images";
    return [promptModeProblem(message, "Give inputs, or use the prompt mode MANUAL.")];
  }
  const positive = new Set(slots.filter(({ slotType }) => slotType === "POSITIVE").map(({ id }) => id));
  if (positive.size === 0) {
    const message = "per-image prompts need a workflow with a positive prompt";
    return [promptModeProblem(message, "Use the prompt mode MANUAL.")];
  }
  const hasText = (params: ResolvedParams | undefined): boolean =>
    params?.slotTexts.some(({ slotId, text }) => positive.has(slotId) && text.trim() !== "") ?? false;
  for (const [position, { filename }] of inputs.entries()) {
    if (hasText(perFile.get(position))) continue;
    const problem = finding(
      "PROMPT_MISSING",
      `${filename} has no prompt of its own`,
      "Write one in perFileParams, or use the prompt mode MANUAL.",
      { path: ["perFileParams", filename], failure: "PROMPT_MISSING" },
    );
    ofInput.set(position, [...(ofInput.get(position) ?? []), problem]);
  }
  return [];
}
