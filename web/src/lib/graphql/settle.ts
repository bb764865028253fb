import { type Exchange, makeOperation, type Operation, type OperationResult } from "urql";
import { makeSubject, map, merge, pipe, tap } from "wonka";

/** How often in a row a query is asked again without a complete answer before it is left as it is. */
const attempts = 5;

interface OpenQuery {
  operation: Operation;
  data: unknown;
  isSettled: boolean;
  repairs: number;
}

/**
 * Sees to it that every query on screen ends with a complete answer, or an error.
 *
 * The normalised cache drops a query that it has just run again because of another's result, and hides an answer
 * that a mutation, sent later but answered sooner, has invalidated meanwhile: nothing would ask for it again.
 *
 * @returns `outside`, which belongs in front of the cache, and `inside`, which belongs behind it
 */
export function settleExchanges(): { outside: Exchange; inside: Exchange } {
  const open = new Map<number, OpenQuery>();
  const requests = new Map<number, number>();
  const suspects = new Set<number>();
  const again = makeSubject<Operation>();

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
      const { operation } = query;
      again.next(makeOperation("query", operation, { ...operation.context, requestPolicy: "network-only" }));
    }
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
          if (kind === "teardown") requests.delete(key);
        }),
        forward,
        tap(({ operation: { kind, key }, hasNext }) => {
          if (kind !== "query" || hasNext) return;
          const left = (requests.get(key) ?? 1) - 1;
          if (left > 0) requests.set(key, left);
          else requests.delete(key);
          suspect(key);
        }),
      );

  return { outside, inside };
}
