"use client";

import { useRef } from "react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import { useThrottled } from "#lib/hooks/use-throttled.ts";

const JobEvents = graphql(`
  subscription JobEvents($id: ID!) {
    jobUpdated(id: $id) {
      id
      startedAt
      finishedAt
      ...JobCard
      activeRuns: runs(first: 20, status: [CLAIMED, SUBMITTED, RUNNING, COLLECTING, CANCELING]) {
        nodes {
          id
          ...RunRow
        }
      }
    }
  }
`);

/**
 * Keeps a job and its active runs up to date in the cache. When runs begin or end the counts change, and
 * `onRunsChanged` is called, at most twice a second.
 */
export function useJobEvents(id: string, onRunsChanged: () => void): void {
  const changed = useThrottled(onRunsChanged, 500);
  const last = useRef("");
  useSubscription({ query: JobEvents, variables: { id } }, (_previous, event) => {
    const active = event.jobUpdated.activeRuns.nodes.map((run) => run.id).join();
    if (last.current && last.current !== active) changed();
    last.current = active || "none";
    return event;
  });
}
