"use client";

import { useState } from "react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import { useThrottled } from "#lib/hooks/use-throttled.ts";

const TakeListEvents = graphql(`
  subscription TakeListEvents {
    takeUpdated {
      takeId
      take {
        id
        ...TakeCard
      }
    }
  }
`);

/** Keeps the takes on the page up to date; the number grows, at most once a second, when there are others than before. */
export function useTakeEvents(): number {
  const [revision, setRevision] = useState(0);
  const grow = useThrottled(() => setRevision((before) => before + 1), 1_000);
  useSubscription({ query: TakeListEvents }, (_previous, event) => {
    grow();
    return event;
  });
  return revision;
}
