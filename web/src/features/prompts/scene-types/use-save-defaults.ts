"use client";

import { useState } from "react";
import type { DefaultDrafts } from "#features/prompts/scene-types/default-drafts.ts";
import { graphql } from "#gql/gql.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { failureIn, failureOf } from "#lib/graphql/failure.ts";
import { useClient } from "urql";

const SetScenePromptDefault = graphql(`
  mutation SetScenePromptDefault($input: SetScenePromptDefaultInput!) {
    setScenePromptDefault(input: $input) {
      __typename
      ... on SetScenePromptDefaultPayload {
        promptDefault {
          id
          text
          clipPosition
          slot {
            id
          }
        }
      }
      ...FailureFields
    }
  }
`);

const DeleteScenePromptDefault = graphql(`
  mutation DeleteScenePromptDefault($input: DeleteScenePromptDefaultInput!) {
    deleteScenePromptDefault(input: $input) {
      __typename
      ... on DeleteScenePromptDefaultPayload {
        sceneType {
          id
          promptDefaults {
            id
          }
        }
      }
      ...FailureFields
    }
  }
`);

type Draft = DefaultDrafts[string];

/** Saves what changed and nothing else, one by one: what cannot be saved stays a draft with its reason beside it. */
export function useSaveDefaults(sceneTypeId: string) {
  const client = useClient();
  const [isPending, setIsPending] = useState(false);
  const [failures, setFailures] = useState<ReadonlyMap<string, Failure>>(new Map());

  const saveOne = async ({ slotId, clipPosition, text }: Draft): Promise<Failure | null> => {
    const place = { sceneTypeId, slotId, clipPosition };
    const { outcome, error } = text.trim()
      ? await client
          .mutation(SetScenePromptDefault, { input: { ...place, text } })
          .toPromise()
          .then(({ data, error: failed }) => ({ outcome: data?.setScenePromptDefault, error: failed }))
      : await client
          .mutation(DeleteScenePromptDefault, { input: place })
          .toPromise()
          .then(({ data, error: failed }) => ({ outcome: data?.deleteScenePromptDefault, error: failed }));
    if (outcome) return failureIn(outcome);
    return error
      ? failureOf(error)
      : { code: "INTERNAL", message: "The server gave no result.", hint: null, issues: [] };
  };

  /** Gives the drafts that were saved. */
  const save = async (drafts: readonly Draft[]): Promise<Draft[]> => {
    setIsPending(true);
    const failed = new Map<string, Failure>();
    const saved: Draft[] = [];
    for (const draft of drafts) {
      const failure = await saveOne(draft);
      if (failure) failed.set(`${draft.slotId} ${draft.clipPosition}`, failure);
      else saved.push(draft);
    }
    setFailures(failed);
    setIsPending(false);
    return saved;
  };
  return { save, isPending, failures };
}
