"use client";

import type { DefaultDrafts } from "#features/prompts/scene-types/default-drafts.ts";
import { graphql } from "#gql/gql.ts";
import { type Failure, pathOf } from "#lib/graphql/failure.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { useState } from "react";

const SetScenePromptDefaults = graphql(`
  mutation SetScenePromptDefaults($input: SetScenePromptDefaultsInput!) {
    setScenePromptDefaults(input: $input) {
      __typename
      ... on SetScenePromptDefaultsPayload {
        sceneType {
          id
          promptDefaults {
            id
            text
            clipPosition
            slot {
              id
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

type Draft = DefaultDrafts[string];

/** Saves what changed and nothing else, all of it or nothing; what was refused has its reason beside its field. */
export function useSaveDefaults(sceneTypeId: string) {
  const { run, isPending, failure } = useAction(SetScenePromptDefaults);
  const [sent, setSent] = useState<readonly Draft[]>([]);
  const save = async (defaults: readonly Draft[]): Promise<boolean> => {
    setSent(defaults);
    return (await run({ input: { sceneTypeId, defaults: [...defaults] } })) !== null;
  };
  return { save, isPending, failure, problems: problemsOf(failure, sent) };
}

/** The reasons by slot and clip position. */
function problemsOf(failure: Failure | null, sent: readonly Draft[]): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const issue of failure?.issues ?? []) {
    const draft = sent[Number(/^defaults\.(\d+)/.exec(pathOf(issue))?.[1] ?? Number.NaN)];
    if (draft) problems.set(`${draft.slotId} ${draft.clipPosition}`, issue.message);
  }
  return problems;
}
