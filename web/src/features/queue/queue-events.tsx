"use client";

import { memo, useRef } from "react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import { useThrottled } from "#lib/hooks/use-throttled.ts";

const QueueEventsSubscription = graphql(`
  subscription QueueEvents {
    queueUpdated {
      job {
        id
        status
        ...JobCard
      }
    }
  }
`);

/**
 * Keeps every job on the page up to date; `onListChanged` is called when a job appeared or changed its status, for
 * then lists and counts are no longer right. A component of its own, since it renders with every event.
 */
export const QueueEvents = memo(function QueueEvents({ onListChanged }: { onListChanged: () => void }) {
  const changed = useThrottled(onListChanged, 1_000);
  const statuses = useRef(new Map<string, string>());
  useSubscription({ query: QueueEventsSubscription }, (_previous, event) => {
    const { id, status } = event.queueUpdated.job;
    if (statuses.current.get(id) !== status) {
      statuses.current.set(id, status);
      changed();
    }
    return event;
  });
  return null;
});
