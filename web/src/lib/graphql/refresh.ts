import { type Exchange, makeOperation, type Operation, type OperationResult } from "urql";
import { isSignedOut } from "#lib/graphql/session.ts";
import { makeSubject, map, merge, pipe, tap } from "wonka";

/** How often in a row a query is asked again without a complete answer before it is left as it is. */
const attempts = 5;

interface OpenQuery {
  operation: Operation;
  data: unknown;
  isSettled: boolean;
  repairs: number;
}

/** Asks the server again for what is on screen, and leaves no query there without an answer. */
export interface Refresh {
  /** Belongs in front of the normalised cache. */
  outside: Exchange;
  /** Belongs behind the cache. */
  inside: Exchange;
  /**
   * Asks again for the open query with this key; what is under way is waited for first, for its answer may be older
   * than the reason to ask.
   */
  refetch: (key: number) => void;
  /** Every open query. */
  refetchAll: () => void;
}

/**
 * The normalised cache drops a query that it has just run again because of another's result, hides an answer that a
 * mutation answered in the same moment has invalidated, and takes the answers of two mutations in the order in which
 * they come. Nothing would ask for any of it again: this does.
 */
export function createRefresh(): Refresh {
  const open = new Map<number, OpenQuery>();
  /** How many requests are under way, by the query's key. */
  const requests = new Map<number, number>();
  /** To be asked again as soon as the requests under way have been answered. */
  const wanted = new Set<number>();
  const suspects = new Set<number>();
  /** How many mutations are under way, and whether two of them have been at the same time. */
  let changes = 0;
  let haveCrossed = false;
  const again = makeSubject<Operation>();

  const send = ({ operation }: OpenQuery) =>
    again.next(makeOperation("query", operation, { ...operation.context, requestPolicy: "network-only" }));
  const suspect = (key: number) => {
    // The client runs what the cache asks for in the next microtask: that counts as under way.
    if (suspects.size === 0) queueMicrotask(() => queueMicrotask(repair));
    suspects.add(key);
  };
  const repair = () => {
    const keys = [...suspects];
    suspects.clear();
    for (const key of keys) {
      const query = open.get(key);
      if (!query || query.isSettled || requests.has(key) || query.repairs >= attempts) continue;
      query.repairs += 1;
      send(query);
    }
  };
  const refetch = (key: number) => {
    const query = open.get(key);
    if (!query) return;
    query.repairs = 0;
    if (requests.has(key)) wanted.add(key);
    else send(query);
  };
  const refetchAll = () => [...open.keys()].forEach(refetch);
  const beginChange = () => {
    haveCrossed ||= changes > 0;
    changes += 1;
  };
  const endChange = () => {
    changes -= 1;
    // Whose answer came last need not be who was done last: what is shown now may be how it was between the two.
    if (changes > 0 || !haveCrossed) return;
    haveCrossed = false;
    queueMicrotask(refetchAll);
  };
  const outside: Exchange =
    ({ forward }) =>
    (operations) => {
      const noted = pipe(
        operations,
        tap((operation) => {
          const { key, kind } = operation;
          if (kind === "teardown") open.delete(key);
          if (kind !== "query" || operation.context.requestPolicy === "cache-only") return;
          open.set(key, { data: undefined, repairs: 0, ...open.get(key), operation, isSettled: false });
          suspect(key);
        }),
      );
      return pipe(
        forward(merge([noted, again.source])),
        map((result): OperationResult => {
          const query = open.get(result.operation.key);
          if (!query || result.hasNext) return result;
          if (query.data != null && isSignedOut(result.error)) {
            // The page stays as it is under the request to sign in again, with all that was typed.
            query.isSettled = true;
            const { error: _error, ...kept } = result;
            return { ...kept, data: query.data };
          }
          const isHidden = result.data == null && !result.error;
          query.isSettled = !isHidden && !result.stale;
          if (query.isSettled) query.repairs = 0;
          else suspect(result.operation.key);
          if (isHidden) return { ...result, data: query.data, stale: true };
          query.data = result.data;
          return result;
        }),
      );
    };

  const inside: Exchange =
    ({ forward }) =>
    (operations) =>
      pipe(
        operations,
        tap(({ kind, key }) => {
          if (kind === "query") requests.set(key, (requests.get(key) ?? 0) + 1);
          if (kind === "mutation") beginChange();
          if (kind !== "teardown") return;
          requests.delete(key);
          wanted.delete(key);
        }),
        forward,
        tap(({ operation: { kind, key }, hasNext }) => {
          if (kind === "mutation" && !hasNext) endChange();
          // What is under way was asked for before the change: its answer may lack it, and nothing else would ask again.
          if (kind === "mutation") for (const asked of requests.keys()) wanted.add(asked);
          if (kind !== "query" || hasNext) return;
          const left = (requests.get(key) ?? 1) - 1;
          if (left > 0) {
            requests.set(key, left);
            return;
          }
          requests.delete(key);
          if (wanted.delete(key)) queueMicrotask(() => refetch(key));
          else suspect(key);
        }),
      );

  return { outside, inside, refetch, refetchAll };
}
