"use client";

import { useRef } from "react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import type { SystemEventsSubscription } from "#gql/graphql.ts";

const SystemEvents = graphql(`
  subscription SystemEvents {
    systemUpdated {
      machines {
        id
        ...MachineRow
      }
      pools {
        ...PoolItem
      }
    }
  }
`);

/**
 * Keeps every machine on the page up to date; `onListChanged` is called when one came or went.
 * @returns the pools as they were told last, undefined before that: they have no identity in the cache
 */
export function useSystemEvents(
  onListChanged: () => void,
): SystemEventsSubscription["systemUpdated"]["pools"] | undefined {
  const known = useRef<string | null>(null);
  const [{ data }] = useSubscription({ query: SystemEvents }, (_previous: unknown, event: SystemEventsSubscription) => {
    const ids = event.systemUpdated.machines.map((machine) => machine.id).join();
    if (known.current !== null && known.current !== ids) onListChanged();
    known.current = ids;
    return event;
  });
  return data?.systemUpdated.pools;
}
