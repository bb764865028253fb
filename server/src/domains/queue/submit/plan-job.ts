import type { SubstitutionLibrary } from "#domains/libraries/logic/substitute-libraries.ts";
import { choiceSeedOf } from "#domains/prompts/logic/draw-choices.ts";
import { splitName } from "#domains/assets/logic/filename.ts";
import { matchPerFile } from "#domains/queue/logic/build/per-file.ts";
import { planRuns } from "#domains/queue/logic/build/plan-runs.ts";
import {
  builtInResolutions,
  parseResolution,
  type Resolution,
  withResolution,
} from "#domains/queue/logic/build/resolution.ts";
import {
  type ParamTargets,
  type ResolvedParams,
  resolveParams,
  withDefaults,
} from "#domains/queue/logic/build/resolve-params.ts";
import { machineInputName } from "#domains/queue/logic/machine-graph.ts";
import { drawSeed } from "#domains/queue/logic/new-seed.ts";
import type { GatheredInput } from "#domains/queue/submit/gather-inputs.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import { type RunPrompts, runPromptsOf } from "#domains/queue/submit/run-prompts.ts";
import type { CheckedSubmit, PromptSnapshot, SubmitInput } from "#domains/queue/submit/submit-input.ts";
import type { SlotText } from "#domains/prompts/logic/dispatch-texts.ts";
import { type ApiGraph, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { buildGraph } from "#domains/workflows/logic/inject.ts";
import { type FieldIssue, ValidationError } from "#lib/domain-error.ts";

/** One run as it will be stored. */
export interface PlannedRun {
  index: number;
  tryIndex: number;
  input: GatheredInput | null;
  seed: bigint;
  /** What the choices in its prompts were drawn from. */
  choiceSeed: bigint;
  outputPrefix: string;
  graph: ApiGraph;
  prompts: PromptSnapshot[];
}

/** Names on machines of the files that IMAGE, VIDEO and AUDIO parameters name, by asset id. */
export type AssetNames = ReadonlyMap<string, string>;

/**
 * The ids of assets that parameters name, so that they can be looked up before planning.
 * @throws ValidationError for parameters that are wrong, with every one of them
 */
export function checkParams(target: SubmitTarget, input: CheckedSubmit, inputs: readonly GatheredInput[]) {
  const targets = targetsOf(target);
  const job = resolveParams(targets, input.params);
  const issues: FieldIssue[] = job.issues.map((issue) => ({ ...issue, path: ["params", ...issue.path] }));
  const { byInput, issues: matchIssues } = matchPerFile(inputs, input.perFileParams);
  issues.push(...matchIssues.map((issue) => ({ ...issue, path: ["perFileParams", ...issue.path] })));
  const perFile = new Map<number, ResolvedParams>();
  for (const [position, values] of byInput) {
    const file = resolveParams(targets, values);
    issues.push(
      ...file.issues.map((issue) => ({
        ...issue,
        path: ["perFileParams", inputs[position]?.filename ?? "", ...issue.path],
      })),
    );
    perFile.set(position, file.resolved);
  }
  if (input.promptMode !== "MANUAL") issues.push(...missingTexts(target, inputs, perFile));
  if (issues.length > 0) throw new ValidationError(issues);
  const assetIds = new Set([
    ...Object.values(job.resolved.assetIds),
    ...[...perFile.values()].flatMap((file) => Object.values(file.assetIds)),
  ]);
  return { job: job.resolved, perFile, assetIds: [...assetIds] };
}

const targetsOf = ({ parameters, slots, recipe }: SubmitTarget): ParamTargets => ({
  parameters,
  slots,
  clips: recipe.clips,
});

/** Per-image modes promise a text for every image. */
function missingTexts(
  { slots }: SubmitTarget,
  inputs: readonly GatheredInput[],
  perFile: ReadonlyMap<number, ResolvedParams>,
): FieldIssue[] {
  if (inputs.length === 0) return [{ path: ["promptMode"], message: "per-image prompts need input images" }];
  const positive = new Set(slots.filter(({ slotType }) => slotType === "POSITIVE").map(({ id }) => id));
  const hasText = (params: ResolvedParams | undefined): boolean =>
    params?.slotTexts.some(({ slotId, text }) => positive.has(slotId) && text.trim() !== "") ?? false;
  return inputs.flatMap((input, position) =>
    hasText(perFile.get(position))
      ? []
      : [{ path: ["perFileParams", input.filename], message: `${input.filename} has no prompt of its own` }],
  );
}

/** Every run with its graph. @throws ValidationError for a resolution that is none, or unresolved placeholders */
export function planJob(
  target: SubmitTarget,
  input: CheckedSubmit,
  inputs: readonly GatheredInput[],
  checked: Pick<ReturnType<typeof checkParams>, "job" | "perFile">,
  assetNames: AssetNames,
  resolvedPrompts: SubmitInput["resolved"],
  libraries: readonly SubstitutionLibrary[],
): PlannedRun[] {
  const missing: RunPrompts["unresolved"][] = [];
  const resolution = readResolution(input.resolution);
  const plan = planRuns({
    inputs,
    tries: input.tries,
    seedMode: input.seedMode,
    seed: input.seed ?? null,
    draw: drawSeed,
    prefix: prefixOf(target, checked.job),
    params: checked.job,
    perFile: checked.perFile,
  });
  const promptsFor = runPromptsOf(target, libraries, resolvedPrompts);
  const runs = plan.map(({ index, tryIndex, input: file, seed, prefix, params }) => {
    const media = Object.entries(params.assetIds).map(([key, id]) => [key, assetNames.get(id) as string] as const);
    const ofRun = promptsFor({ seed, tryIndex }, params.slotTexts);
    missing.push(ofRun.unresolved);
    const graph = buildGraph({
      graph: target.graph,
      parameters: target.parameters,
      recipe: target.recipe,
      paramValues: { ...withDefaults(targetsOf(target), params).values, ...Object.fromEntries(media) },
      slotTexts: textsToWrite(target, ofRun),
      seed,
      inputAssetName: file ? machineInputName(file.sha256, splitName(file.filename).extension) : undefined,
      outputPrefix: prefix,
    });
    return {
      index,
      tryIndex,
      input: file,
      seed,
      choiceSeed: choiceSeedOf(seed, tryIndex),
      outputPrefix: prefix,
      graph: withResolution(graph, resolution, input.flipOrientation),
      prompts: ofRun.prompts.map((prompt) => asBuilt(prompt, graph)),
    };
  });
  if (!input.allowUnresolved) refuseUnresolved(target, missing);
  return runs;
}

/**
 * The texts that are written into the graph. One that the graph has anyway is not: the state of a switch may put another
 * one there.
 */
function textsToWrite({ graph }: SubmitTarget, { texts, prompts }: RunPrompts): SlotText[] {
  const workflows = new Set(prompts.filter(({ source }) => source === "WORKFLOW_DEFAULT").map(keyOf));
  return texts.filter(
    (slot) => !workflows.has(keyOf(slot)) || nodeOf(graph, slot.nodeId)?.inputs[slot.inputName] !== slot.text,
  );
}

const keyOf = ({ nodeId, inputName }: { nodeId: string; inputName: string }): string => `${nodeId}.${inputName}`;

/** What the workflow says by itself may depend on the state that it was put in. */
function asBuilt(prompt: PromptSnapshot, graph: ApiGraph): PromptSnapshot {
  const text = nodeOf(graph, prompt.nodeId)?.inputs[prompt.inputName];
  return prompt.source === "WORKFLOW_DEFAULT" && typeof text === "string" ? { ...prompt, text } : prompt;
}

/** @throws ValidationError that names what is unresolved, slot by slot */
function refuseUnresolved({ slots }: SubmitTarget, unresolved: readonly RunPrompts["unresolved"][]): void {
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  const issues = new Map<string, FieldIssue>();
  for (const { slotId, unresolvedPlaceholders, unresolvedLibraryReferences } of unresolved.flat()) {
    const slot = byId.get(slotId);
    const missing = [...unresolvedPlaceholders.map((key) => `{${key}}`), ...unresolvedLibraryReferences];
    if (!slot || missing.length === 0) continue;
    const path = ["prompts", `${slot.nodeId}.${slot.inputName}`];
    issues.set(path.join("."), {
      path,
      message: `${slot.label}: nothing fills ${missing.join(", ")}; set it, or allow unresolved placeholders`,
    });
  }
  if (issues.size > 0) throw new ValidationError([...issues.values()], "UNRESOLVED_PLACEHOLDERS");
}

function prefixOf(target: SubmitTarget, params: ResolvedParams): string {
  const given = params.values["filename_prefix"];
  if (typeof given === "string" && given.trim() !== "") return given;
  const own =
    target.parameters.find((parameter) => parameter.key === "filename_prefix")?.default ??
    (target.recipe.outputPrefix ?? []).map(
      ({ nodeId, inputName }) => nodeOf(target.graph, nodeId)?.inputs[inputName],
    )[0];
  return typeof own === "string" && own !== "" ? own : target.workflowName;
}

function readResolution(text: string | undefined): Resolution | null {
  if (text === undefined) return null;
  const resolution = parseResolution(text, builtInResolutions);
  if (!resolution) {
    throw ValidationError.at(
      ["resolution"],
      `"${text}" is no resolution; write 1024x768 or one of ${builtInResolutions.map((preset) => preset.name).join(", ")}`,
    );
  }
  return resolution;
}
