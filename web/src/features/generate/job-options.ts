import type { SeedMode, SubmitJobInput } from "#gql/graphql.ts";

export type Staging = "" | "COPY" | "IN_PLACE";
export const stagings: readonly Staging[] = ["", "COPY", "IN_PLACE"];

/** The settings of a submit that belong to the job rather than to the workflow. */
export interface JobOptions {
  name: string;
  tries: string;
  seedMode: SeedMode;
  seed: string;
  priority: string;
  pool: string;
  /** A preset's name or a size that is written out; the workflow's own when empty. */
  resolution: string;
  flipOrientation: boolean;
  /** The workflow's own number when empty. */
  stages: string;
  splitByInput: boolean;
  /** Labels that a machine must have, separated by commas. */
  requiredLabels: string;
  /** Whether input files on the server are copied; as the installation is set when empty. */
  staging: Staging;
  skipBlocked: boolean;
  allowUnresolved: boolean;
}

export const defaultOptions: JobOptions = {
  name: "",
  tries: "1",
  seedMode: "RANDOM",
  seed: "",
  priority: "0",
  pool: "",
  resolution: "",
  flipOrientation: false,
  stages: "",
  splitByInput: false,
  requiredLabels: "",
  staging: "",
  skipBlocked: false,
  allowUnresolved: false,
};

export const seedModes: readonly SeedMode[] = ["RANDOM", "FIXED", "INCREMENT"];

/** The labels in a text, each once. */
export function labelsIn(text: string): string[] {
  return [...new Set(text.split(",").map((label) => label.trim()))].filter(Boolean);
}

/** The part of the input that the options make; empty ones are left to the server's defaults. */
export function optionsInput(options: JobOptions): Partial<SubmitJobInput> {
  const { name, tries, seedMode, seed, priority, pool, resolution, stages } = options;
  const labels = labelsIn(options.requiredLabels);
  return {
    ...(name.trim() && { name: name.trim() }),
    ...(tries && { tries: Number(tries) }),
    seedMode,
    ...(seedMode !== "RANDOM" && seed && { seed }),
    ...(priority && { priority: Number(priority) }),
    ...(pool && { pool }),
    ...(resolution.trim() && { resolution: resolution.trim() }),
    ...(options.flipOrientation && { flipOrientation: true }),
    ...(stages && { stages: Number(stages) }),
    ...(options.splitByInput && { splitByInput: true }),
    ...(labels.length > 0 && { requiredLabels: labels }),
    ...(options.staging && { stageOnSubmit: options.staging === "COPY" }),
    ...(options.skipBlocked && { skipBlocked: true }),
    ...(options.allowUnresolved && { allowUnresolved: true }),
  };
}
