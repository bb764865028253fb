"use client";

import { useMemo } from "react";
import { fromScope } from "#features/prompts/overrides/scopes.ts";
import { graphql } from "#gql/gql.ts";
import type { ClipPosition, OverrideScope, PromptSource } from "#gql/graphql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";

const BaseTextsQuery = graphql(`
  query BaseTexts($input: ResolvePromptsInput!) {
    resolvePrompts(input: $input) {
      slot {
        id
      }
      baseText
      source
    }
  }
`);

export interface BaseText {
  text: string;
  source: PromptSource;
}

interface Place {
  sceneTypeId: string;
  characterId: string;
  scope: OverrideScope;
  clipPosition: ClipPosition;
  slotIds: readonly string[];
}

/** What each slot says before overrides of this scope: the text that they replace or add to. */
export function useBaseTexts({
  sceneTypeId,
  characterId,
  scope,
  clipPosition,
  slotIds,
}: Place): ReadonlyMap<string, BaseText> {
  const key = slotIds.join(" ");
  const variables = useMemo(() => {
    const draftOverrides = fromScope(scope).flatMap((each) =>
      key.split(" ").map((slotId) => ({ scope: each, slotId, fragments: [] })),
    );
    return { input: { sceneTypeId, characterId, clipPosition, draftOverrides } };
  }, [sceneTypeId, characterId, scope, clipPosition, key]);
  const [{ data }] = useQuery({ query: BaseTextsQuery, variables, pause: slotIds.length === 0 });
  return useMemo(
    () => new Map(data?.resolvePrompts.map(({ slot, baseText, source }) => [slot.id, { text: baseText, source }])),
    [data],
  );
}
