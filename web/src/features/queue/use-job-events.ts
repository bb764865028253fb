"use client";

import { useEffect, useRef } from "react";
import { useSubscription } from "urql";
import { hasEnded } from "#features/queue/job-status.ts";
import { graphql } from "#gql/gql.ts";
import type { JobStatus } from "#gql/graphql.ts";
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
 * longer right, and `onRunsChanged` is called, at most twice a second. The server ends the events with the job, so they
 * are asked for again when it has been opened again.
 * @param job undefined: not known yet, or there is none
 */
export function useJobEvents(job: { id: string; status: JobStatus } | undefined, onRunsChanged: () => void): void {
  const changed = useThrottled(onRunsChanged, 500);
  const last = useRef<string | null>(null);
  const [, resubscribe] = useSubscription(
    { query: JobEvents, variables: { id: job?.id ?? "" }, pause: !job },
    (_previous, event) => {
      const { status, counts, finishedAt, activeRuns } = event.jobUpdated;
      const active = activeRuns.nodes.map((run) => run.id).join();
      const now = [status, finishedAt, counts.succeeded, counts.failed, counts.canceled, active].join(" ");
      // The first event tells the state that the page has just read.
      if (last.current !== null && last.current !== now) changed();
      last.current = now;
      return event;
    },
  );
  const isEnded = job && hasEnded(job.status);
  const wasEnded = useRef(isEnded);
  useEffect(() => {
    if (wasEnded.current && isEnded === false) resubscribe();
    if (wasEnded.current === false && isEnded) changed();
    wasEnded.current = isEnded;
  }, [isEnded, resubscribe, changed]);
}
