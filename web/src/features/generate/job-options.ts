import type { SeedMode, SubmitJobInput } from "#gql/graphql.ts";

/** The settings of a submit that belong to the job rather than to the workflow. */
export interface JobOptions {
  name: string;
  tries: string;
  seedMode: SeedMode;
  seed: string;
  priority: string;
  pool: string;
  resolution: string;
  flipOrientation: boolean;
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
};

/** The part of the input that the options make; empty ones are left to the server's defaults. */
export function optionsInput(options: JobOptions): Partial<SubmitJobInput> {
  const { name, tries, seedMode, seed, priority, pool, resolution, flipOrientation } = options;
  return {
    ...(name.trim() && { name: name.trim() }),
    ...(tries && { tries: Number(tries) }),
    seedMode,
    ...(seedMode !== "RANDOM" && seed && { seed }),
    ...(priority && { priority: Number(priority) }),
    ...(pool && { pool }),
    ...(resolution.trim() && { resolution: resolution.trim() }),
    ...(flipOrientation && { flipOrientation }),
  };
}
