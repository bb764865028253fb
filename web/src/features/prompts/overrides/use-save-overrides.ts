"use client";

import { type OverrideDraft, toEntryInput, toTextInput } from "#features/prompts/overrides/override-drafts.ts";
import { graphql } from "#gql/gql.ts";
import type { OverrideScope } from "#gql/graphql.ts";
import { useAction } from "#lib/graphql/use-action.ts";

const SetPromptOverrides = graphql(`
  mutation SetPromptOverrides($input: SetPromptOverridesInput!) {
    setPromptOverrides(input: $input) {
      __typename
      ... on SetPromptOverridesPayload {
        overrides {
          id
          text
          notes
          slot {
            id
          }
          fragments {
            type
            text
            fragmentId
            isStale
            fragment {
              id
              text
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

/** Saves the overrides of these slots, and leaves the others alone. */
export function useSaveOverrides(place: { sceneTypeId: string; scope: OverrideScope; targetId: string }) {
  const { run, isPending, failure } = useAction(SetPromptOverrides);
  const save = async (drafts: readonly (readonly [slotId: string, draft: OverrideDraft])[]): Promise<boolean> => {
    const overrides = drafts.map(([slotId, draft]) => ({
      slotId,
      text: toTextInput(draft),
      notes: draft.notes || null,
      fragments: draft.fragments.map(toEntryInput),
    }));
    return (await run({ input: { ...place, overrides } })) !== null;
  };
  return { save, isPending, failure };
}
