"use client";

import { useMemo } from "react";
import type { CollectionDraft, SavedCollection } from "#features/scene-prompts/collection-draft.ts";
import { type Composed, composedTexts, effectiveFile } from "#features/scene-prompts/composed.ts";
import { graphql } from "#gql/gql.ts";
import { type Failure, failureOf } from "#lib/graphql/failure.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";

const AppliedCollectionQuery = graphql(`
  query AppliedCollection($collection: JSON!, $libraryIds: [ID!]!, $seed: BigInt) {
    applyLibrariesToCollection(collection: $collection, libraryIds: $libraryIds, seed: $seed) {
      file
      unknown
      depthExceeded
    }
  }
`);

export interface ComposedPreview {
  composed: readonly Composed[];
  unknown: readonly string[];
  depthExceeded: boolean;
  /** What is shown is not of what is written now. */
  isStale: boolean;
  isLoading: boolean;
  failure: Failure | null;
  retry: () => void;
}

/** What the compositions become while they are written, with the references to libraries replaced. */
export function useComposed(
  draft: CollectionDraft,
  fallback: SavedCollection | null,
  libraryIds: readonly string[],
  seed: string,
): ComposedPreview {
  const wanted = useMemo(() => ({ draft, file: effectiveFile(draft, fallback) }), [draft, fallback]);
  const settled = useDebounced(wanted, 300);
  const [{ data, error, fetching, stale }, retry] = useQuery({
    query: AppliedCollectionQuery,
    variables: { collection: settled.file, libraryIds: [...libraryIds], seed: seed || null },
  });
  const applied = data?.applyLibrariesToCollection;
  const composed = useMemo(() => {
    const prompts = (applied?.file as { prompts: Record<string, { value: string }> } | undefined)?.prompts ?? {};
    const texts = new Map(Object.entries(prompts).map(([name, { value }]) => [name, value]));
    return composedTexts(draft, fallback, texts);
  }, [applied, draft, fallback]);
  return {
    composed,
    unknown: applied?.unknown ?? [],
    depthExceeded: applied?.depthExceeded ?? false,
    isStale: fetching || stale || settled !== wanted,
    isLoading: !data && !error,
    failure: error && !data ? failureOf(error) : null,
    retry,
  };
}
