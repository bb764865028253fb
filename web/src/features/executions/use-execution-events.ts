"use client";

import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import { useThrottled } from "#lib/hooks/use-throttled.ts";

const ExecutionEvents = graphql(`
  subscription ExecutionEvents($ids: [ID!]!) {
    executionUpdated(ids: $ids) {
      executionId
      execution {
        id
        ...ExecutionSteps
      }
    }
  }
`);

/** Executions that one subscription can name. */
const limit = 50;

/**
 * Keeps state and progress of these executions up to date in the cache.
 * @param onChange called when anything of one of them is other than before, at most twice a second; first when the server
 *   says how they are, for that may be later than they were read
 */
export function useExecutionEvents(ids: readonly string[], onChange: () => void = ignore): void {
  const change = useThrottled(onChange, 500);
  const watched = ids.slice(0, limit);
  useSubscription(
    { query: ExecutionEvents, variables: { ids: watched }, pause: watched.length === 0 },
    (_previous, event) => {
      change();
      return event;
    },
  );
}

const ignore = (): void => undefined;
