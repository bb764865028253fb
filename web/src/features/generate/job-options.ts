import type { SeedMode, SubmitJobInput } from "#gql/graphql.ts";

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
  skipBlocked: false,
  allowUnresolved: false,
};

export const seedModes: readonly SeedMode[] = ["RANDOM", "FIXED", "INCREMENT"];

/** The part of the input that the options make; empty ones are left to the server's defaults. */
export function optionsInput(options: JobOptions): Partial<SubmitJobInput> {
  const { name, tries, seedMode, seed, priority, pool, resolution, stages } = options;
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
    ...(options.skipBlocked && { skipBlocked: true }),
    ...(options.allowUnresolved && { allowUnresolved: true }),
  };
}
