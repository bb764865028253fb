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
import { type ResolvedParams, resolveParams } from "#domains/queue/logic/build/resolve-params.ts";
import { machineInputName } from "#domains/queue/logic/machine-graph.ts";
import { drawSeed } from "#domains/queue/logic/new-seed.ts";
import type { GatheredInput } from "#domains/queue/submit/gather-inputs.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import { type RunPrompts, runPromptsOf } from "#domains/queue/submit/run-prompts.ts";
import type { CheckedSubmit, PromptSnapshot, SubmitInput } from "#domains/queue/submit/submit-input.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { buildGraph } from "#domains/workflows/logic/inject.ts";
import { type FieldIssue, ValidationError } from "#lib/domain-error.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";
import { isJsonObject } from "#lib/json.ts";

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
  const targets = { parameters: target.parameters, slots: target.slots, isSplitPrompt: false };
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
  if (input.promptMode !== "MANUAL") issues.push(...missingTexts(inputs, byInput));
  if (input.stages !== undefined)
    issues.push({ path: ["stages"], message: "this workflow declares no stage template" });
  if (issues.length > 0) throw new ValidationError(issues);
  const assetIds = new Set([
    ...Object.values(job.resolved.assetIds),
    ...[...perFile.values()].flatMap((file) => Object.values(file.assetIds)),
  ]);
  return { job: job.resolved, perFile, assetIds: [...assetIds] };
}

/** Per-image modes promise a text for every image. */
function missingTexts(inputs: readonly GatheredInput[], byInput: ReadonlyMap<number, JsonObject>): FieldIssue[] {
  if (inputs.length === 0) return [{ path: ["promptMode"], message: "per-image prompts need input images" }];
  const hasText = (values: JsonValue | undefined): boolean =>
    isJsonObject(values) &&
    Object.entries(values).some(
      ([key, value]) => /^(positive_prompt|.+\..+)/.test(key) && typeof value === "string" && value.trim() !== "",
    );
  return inputs.flatMap((input, position) =>
    hasText(byInput.get(position))
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
    const { texts, prompts, unresolved } = promptsFor({ seed, tryIndex }, params.slotTexts);
    missing.push(unresolved);
    const graph = buildGraph({
      graph: target.graph,
      parameters: target.parameters,
      paramValues: { ...params.values, ...Object.fromEntries(media) },
      slotTexts: texts,
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
      prompts,
    };
  });
  if (!input.allowUnresolved) refuseUnresolved(target, missing);
  return runs;
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
  const own = target.parameters.find((parameter) => parameter.key === "filename_prefix")?.default;
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
