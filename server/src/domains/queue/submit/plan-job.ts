import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { choiceSeedOf } from "#domains/prompts/logic/draw-choices.ts";
import { splitName } from "#domains/assets/logic/filename.ts";
import { planRuns } from "#domains/queue/logic/build/plan-runs.ts";
import type { Resolution } from "#domains/presets/logic/resolutions.ts";
import { sizeOfGraph, withResolution } from "#domains/queue/logic/build/resolution.ts";
import { type ResolvedParams, withDefaults } from "#domains/queue/logic/build/resolve-params.ts";
import { needsOf } from "#domains/queue/logic/graph-needs.ts";
import { machineInputName } from "#domains/queue/logic/machine-graph.ts";
import { drawSeed } from "#domains/queue/logic/new-seed.ts";
import type { MachineCheck } from "#domains/queue/preflight/check-machines.ts";
import { unresolvedFindings } from "#domains/queue/preflight/unresolved-findings.ts";
import { type CheckedParams, targetsOf } from "#domains/queue/submit/check-params.ts";
import type { Finding } from "#domains/queue/submit/finding.ts";
import { type BlockedInput, type GatheredInput, isReadable } from "#domains/queue/submit/gather-inputs.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import { type RunPrompts, runPromptsOf } from "#domains/queue/submit/run-prompts.ts";
import type { CheckedSubmit, PromptSnapshot, SubmitInput } from "#domains/queue/submit/submit-input.ts";
import type { SlotText } from "#domains/prompts/logic/dispatch-texts.ts";
import { type ApiGraph, nodeOf } from "#domains/workflows/logic/api-graph.ts";
import { seedRangeOf } from "#domains/workflows/logic/seed-range.ts";
import { buildGraph } from "#domains/workflows/logic/inject.ts";

/** One run as it would be stored. */
export interface DraftRun {
  /** From 0, in the order of planning. */
  index: number;
  tryIndex: number;
  input: GatheredInput | BlockedInput | null;
  seed: bigint;
  /** What the choices in its prompts were drawn from. */
  choiceSeed: bigint;
  outputPrefix: string;
  /** In pixels, as the graph or else the input says it; null when neither does. */
  size: Resolution | null;
  /** What its graph asks of a machine, see needsOf; empty without a graph. */
  needs: string;
  /** Only machines with all of them may take it. */
  requiredLabels: string[];
  /** Null where what was given is too wrong to make one. */
  graph: ApiGraph | null;
  prompts: PromptSnapshot[];
  findings: Finding[];
}

/** One run as it will be stored: nothing stands against it. */
export type PlannedRun = Omit<DraftRun, "input" | "graph"> & { input: GatheredInput | null; graph: ApiGraph };

/** Names on machines of the files that IMAGE, VIDEO and AUDIO parameters name, by asset id. */
export type AssetNames = ReadonlyMap<string, string>;

export interface JobPlan {
  target: SubmitTarget;
  requiredLabels: string[];
  checked: CheckedParams;
  resolution: Resolution | null;
  assetNames: AssetNames;
  resolvedPrompts: SubmitInput["resolved"];
  libraries: readonly SubstitutionLibrary[];
  checkMachines: MachineCheck;
}

/**
 * Every run, with its graph where that can be made, and with what stands against it.
 * @param positions of these inputs among all that were checked
 */
export function planJob(
  plan: JobPlan,
  input: CheckedSubmit,
  inputs: readonly (GatheredInput | BlockedInput)[],
  positions: readonly number[],
): DraftRun[] {
  const { target, checked } = plan;
  const targets = targetsOf(target);
  const perFile = positions.flatMap((position, index) => {
    const values = checked.perFile.get(position);
    return values ? [[index, values] as const] : [];
  });
  const problems = new Map(inputs.map((file, index) => [file, checked.findingsOfInput(positions[index] ?? -1)]));
  const promptsFor = runPromptsOf(target, plan.libraries, plan.resolvedPrompts);
  const withMedia = memoised((params: ResolvedParams) => {
    const media = Object.entries(params.assetIds).map(([key, id]) => [key, plan.assetNames.get(id) as string] as const);
    return { ...withDefaults(targets, params).values, ...Object.fromEntries(media) };
  });
  const slotInputs = new Set(target.slots.map(keyOf));
  const needsFor = new WeakMap<ResolvedParams, string>();
  const unresolved = unresolvedFindings(target, input.allowUnresolved);
  const runs = planRuns({
    inputs,
    tries: input.tries,
    seedMode: input.seedMode,
    seed: input.seed ?? null,
    draw: drawSeed,
    range: seedRangeOf(target.parameters),
    prefix: prefixOf(target, checked.job),
    params: checked.job,
    perFile: new Map(perFile),
  });
  return runs.map(({ index, tryIndex, input: file, seed, prefix, params }) => {
    const draft = {
      index,
      tryIndex,
      input: file,
      seed,
      choiceSeed: choiceSeedOf(seed, tryIndex),
      outputPrefix: prefix,
      requiredLabels: plan.requiredLabels,
    };
    const wrong = [...checked.findings, ...((file && problems.get(file)) ?? [])];
    if (wrong.length > 0 || (file && !isReadable(file))) {
      return {
        ...draft,
        size: null,
        needs: "",
        graph: null,
        prompts: [],
        findings: file && !isReadable(file) ? [file.problem, ...wrong] : wrong,
      };
    }
    const ofRun = promptsFor({ seed, tryIndex }, params.slotTexts);
    const built = buildGraph({
      graph: target.graph,
      parameters: target.parameters,
      recipe: target.recipe,
      paramValues: withMedia(params),
      slotTexts: textsToWrite(target, ofRun),
      seed,
      inputAssetName: file ? machineInputName(file.sha256, splitName(file.filename).extension) : undefined,
      outputPrefix: prefix,
    });
    const graph = withResolution(built, plan.resolution, input.flipOrientation);
    const needs = needsFor.get(params) ?? needsOf(graph, target.versionId, slotInputs);
    needsFor.set(params, needs);
    return {
      ...draft,
      size: sizeOfGraph(graph) ?? sizeOf(file),
      needs,
      graph,
      prompts: ofRun.prompts.map((prompt) => asBuilt(prompt, graph)),
      findings: [...unresolved(ofRun), ...plan.checkMachines(graph, params)],
    };
  });
}

/** Runs that share what was given share what follows from it. */
function memoised<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
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

function sizeOf(input: GatheredInput | null): Resolution | null {
  const { width = null, height = null } = input?.media ?? {};
  return width === null || height === null ? null : { width, height };
}
