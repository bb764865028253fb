"use client";

import type { ResultOf } from "@graphql-typed-document-node/core";
import { useMemo } from "react";
import { PreflightExecution } from "#features/executions/start/start-operations.ts";
import type { PreflightExecutionInput } from "#gql/graphql.ts";
import { type Failure, failureOf } from "#lib/graphql/failure.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";

export interface StartPreflight {
  /** The last answer, perhaps to what the form held a moment ago. */
  plan: ResultOf<typeof PreflightExecution>["preflightExecution"] | null;
  failure: Failure | null;
  /** It is about what the form holds now. */
  isCurrent: boolean;
}

/** Looks ahead whenever the form has stood still for a moment. */
export function useStartPreflight(input: PreflightExecutionInput, isPaused: boolean): StartPreflight {
  const text = JSON.stringify(input);
  const settled = useDebounced(text, 400);
  const variables = useMemo(() => ({ input: JSON.parse(settled) as PreflightExecutionInput }), [settled]);
  const [{ data, error, fetching, stale }] = useQuery({
    query: PreflightExecution,
    variables,
    pause: isPaused || settled !== text,
    requestPolicy: "network-only",
  });
  const isCurrent = settled === text && !fetching && !stale && !isPaused;
  return {
    plan: isPaused || error ? null : (data?.preflightExecution ?? null),
    failure: isPaused || !error || fetching ? null : failureOf(error),
    isCurrent,
  };
}
