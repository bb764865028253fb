"use client";

import type { ResultOf } from "@graphql-typed-document-node/core";
import { useMemo } from "react";
import { PreflightJob } from "#features/generate/preflight/preflight-query.ts";
import type { SubmitJobInput } from "#gql/graphql.ts";
import { type Failure, failureOf } from "#lib/graphql/failure.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";

export interface Preflight {
  /** The last answer, perhaps to what the form held a moment ago. */
  plan: ResultOf<typeof PreflightJob>["preflightJob"] | null;
  /** Why there is no telling which runs are meant. */
  failure: Failure | null;
  /** It is about what the form holds now. */
  isCurrent: boolean;
}

/** Looks ahead whenever the form has stood still for a moment: a folder's files are read for it each time. */
export function usePreflight(input: SubmitJobInput, isPaused: boolean): Preflight {
  const text = JSON.stringify(input);
  const settled = useDebounced(text, input.directory ? 900 : 500);
  const variables = useMemo(() => ({ input: JSON.parse(settled) as SubmitJobInput }), [settled]);
  const [{ data, error, fetching }] = useQuery({
    query: PreflightJob,
    variables,
    pause: isPaused,
    requestPolicy: "network-only",
  });
  const isCurrent = settled === text && !fetching && !isPaused;
  return {
    plan: error ? null : (data?.preflightJob ?? null),
    failure: error && !fetching ? failureOf(error) : null,
    isCurrent,
  };
}
