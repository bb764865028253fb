"use client";

import { RenamePreset, SavePreset } from "#features/generate/presets/preset-operations.ts";
import type { SavePresetInput } from "#gql/graphql.ts";
import { useAction } from "#lib/graphql/use-action.ts";

type Kept = Omit<SavePresetInput, "promptPresetId"> & { promptPresetId?: string | undefined };

/** Saves or renames presets; one failure for both, since one dialog is open at a time. */
export function useSavePreset() {
  const save = useAction(SavePreset);
  const renaming = useAction(RenamePreset);
  return {
    run: async ({ promptPresetId, ...input }: Kept) => {
      const given: SavePresetInput = { ...input, ...(promptPresetId && { promptPresetId }) };
      return (await save.run({ input: given }))?.preset ?? null;
    },
    rename: async (id: string, name: string) => (await renaming.run({ input: { id, name } })) !== null,
    isPending: save.isPending || renaming.isPending,
    failure: save.failure ?? renaming.failure,
    reset: () => {
      save.reset();
      renaming.reset();
    },
  };
}
