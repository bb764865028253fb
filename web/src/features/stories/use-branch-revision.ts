"use client";

import { useEffect, useRef, useState } from "react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import { useThrottled } from "#lib/hooks/use-throttled.ts";

const BranchEvents = graphql(`
  subscription BranchEvents($ids: [ID!]!) {
    branchUpdated(ids: $ids) {
      branchId
      branch {
        id
        name
        isActive
        updatedAt
      }
    }
  }
`);

/** Branches that one subscription can name. */
const limit = 100;

/**
 * A number that grows, at most thrice a second, when one of these branches is other than when it was read.
 * @param branches as they were read; while there is none, nothing is watched
 */
export function useBranchRevision(branches: readonly { id: string; updatedAt: string }[]): number {
  const [revision, setRevision] = useState(0);
  const grow = useThrottled(() => setRevision((before) => before + 1), 300);
  const ids = branches.map(({ id }) => id).slice(0, limit);
  const seen = useRef(new Map<string, string>());
  // The event brings the new time into the cache, from where it comes back as if the rest had been read with it.
  useEffect(() => {
    for (const { id, updatedAt } of branches) if (!seen.current.has(id)) seen.current.set(id, updatedAt);
  });
  useSubscription({ query: BranchEvents, variables: { ids }, pause: ids.length === 0 }, (_previous, event) => {
    const { branchId, branch } = event.branchUpdated;
    const at = branch?.updatedAt ?? "deleted";
    if (seen.current.get(branchId) !== at) grow();
    seen.current.set(branchId, at);
    return event;
  });
  return revision;
}

/** Asks for a query again whenever the number has grown. */
export function useRefetchOn(revision: number, refetch: () => void): void {
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    refetch();
  }, [revision, refetch]);
}
