"use client";

import { useRef } from "react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import { useThrottled } from "#lib/hooks/use-throttled.ts";

const JobEvents = graphql(`
  subscription JobEvents($id: ID!) {
    jobUpdated(id: $id) {
      id
      status
      startedAt
      finishedAt
      counts {
        succeeded
        failed
        canceled
      }
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
 * Keeps a job and its active runs up to date in the cache. When runs begin or end, lists of runs and of pictures are no
 * longer right, and `onRunsChanged` is called, at most twice a second.
 */
export function useJobEvents(id: string, onRunsChanged: () => void): void {
  const changed = useThrottled(onRunsChanged, 500);
  const last = useRef<string | null>(null);
  useSubscription({ query: JobEvents, variables: { id } }, (_previous, event) => {
    const { status, counts, activeRuns } = event.jobUpdated;
    const active = activeRuns.nodes.map((run) => run.id).join();
    const now = [status, counts.succeeded, counts.failed, counts.canceled, active].join(" ");
    // The first event tells the state that the page has just read.
    if (last.current !== null && last.current !== now) changed();
    last.current = now;
    return event;
  });
}
