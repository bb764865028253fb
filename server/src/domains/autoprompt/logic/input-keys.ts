import type { JobInput } from "#domains/queue/logic/build/per-file.ts";

/** By which `perFileParams` names each input: its file name where that is its own, else its path, else its asset. */
export function keysOfInputs(inputs: readonly JobInput[]): string[] {
  const counts = new Map<string, number>();
  for (const { filename } of inputs) counts.set(filename, (counts.get(filename) ?? 0) + 1);
  return inputs.map(({ filename, path, assetId }) =>
    counts.get(filename) === 1 ? filename : (path ?? assetId ?? filename),
  );
}
