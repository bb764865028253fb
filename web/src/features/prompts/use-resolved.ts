"use client";

import { useMemo } from "react";
import type { FragmentType } from "#gql/fragment-masking.ts";
import type { ResolvedTextFields } from "#features/prompts/resolved-text.tsx";
import { graphql } from "#gql/gql.ts";
import type { ResolvePromptsInput } from "#gql/graphql.ts";
import { type Failure, failureOf } from "#lib/graphql/failure.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";

const ResolvePromptsQuery = graphql(`
  query ResolvePrompts($input: ResolvePromptsInput!) {
    resolvePrompts(input: $input) {
      slot {
        id
      }
      spans {
        layer
      }
      ...ResolvedText
    }
  }
`);

export interface Resolved {
  bySlot: ReadonlyMap<string, FragmentType<typeof ResolvedTextFields>>;
  /** The texts are of an older input. */
  isStale: boolean;
  /** Something is drawn by the seed. */
  hasChoices: boolean;
  failure: Failure | null;
}

/** The resolved prompts of unsaved texts, asked for once typing pauses; the last answer stays until the next. */
export function useResolved(input: ResolvePromptsInput): Resolved {
  const key = JSON.stringify(input);
  const settled = useDebounced(key, 250);
  const [{ data, error, fetching, stale }] = useQuery({
    query: ResolvePromptsQuery,
    variables: useMemo(() => ({ input: JSON.parse(settled) as ResolvePromptsInput }), [settled]),
    requestPolicy: "cache-and-network",
  });
  return {
    bySlot: useMemo(() => new Map(data?.resolvePrompts.map((each) => [each.slot.id, each])), [data]),
    isStale: key !== settled || fetching || stale,
    hasChoices: data?.resolvePrompts.some(({ spans }) => spans.some(({ layer }) => layer === "choice")) ?? false,
    failure: error ? failureOf(error) : null,
  };
}
