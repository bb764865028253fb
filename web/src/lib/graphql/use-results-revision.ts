"use client";

import { useRef, useState } from "react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import { useThrottled } from "#lib/hooks/use-throttled.ts";

const ResultEvents = graphql(`
  subscription ResultEvents {
    queueUpdated {
      job {
        id
        status
        counts {
          succeeded
        }
      }
    }
  }
`);

/** A number that grows when a run has given a new result or a job has ended, at most every two seconds. */
export function useResultsRevision(): number {
  const [revision, setRevision] = useState(0);
  const grow = useThrottled(() => setRevision((before) => before + 1), 2_000);
  const seen = useRef(new Map<string, string>());
  useSubscription({ query: ResultEvents }, (_previous, event) => {
    const { id, status, counts } = event.queueUpdated.job;
    const state = `${status} ${counts.succeeded}`;
    // A short job may have its result before the first that is heard of it.
    const isNews = seen.current.has(id) ? seen.current.get(id) !== state : counts.succeeded > 0;
    if (isNews) grow();
    seen.current.set(id, state);
    return event;
  });
  return revision;
}
