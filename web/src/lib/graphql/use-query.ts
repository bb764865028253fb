"use client";

import { createContext, use, useCallback, useEffect, useRef } from "react";
import {
  type AnyVariables,
  createRequest,
  useQuery as useClientQuery,
  type UseQueryArgs,
  type UseQueryState,
} from "urql";

/** Asks the server again for the open query with a key. */
export const RefetchContext = createContext<(key: number) => void>(() => undefined);

/**
 * A query's state, and a function, the same for as long as the component lives, that asks the server for it again.
 *
 * The client's own way to ask again puts a new source into React's state from within an updater: while React puts off
 * another update of that component, every render makes a new source, which ends the request and begins another, without
 * end.
 */
export function useQuery<Data, Variables extends AnyVariables>(
  args: UseQueryArgs<Variables, Data>,
): [UseQueryState<Data, Variables>, () => void] {
  const [state] = useClientQuery(args);
  const latest = useRef(args);
  useEffect(() => {
    latest.current = args;
  });
  const refetch = use(RefetchContext);
  const ask = useCallback(() => {
    const { query, variables } = latest.current;
    refetch(createRequest(query, variables).key);
  }, [refetch]);
  return [state, ask];
}
