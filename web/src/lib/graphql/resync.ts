import type { Exchange, Operation } from "urql";
import { pipe, tap } from "wonka";

/** After `subscribe` calls back, every query that is on screen is fetched once more. */
export function resyncExchange(subscribe: (listener: () => void) => void): Exchange {
  return ({ client, forward }) => {
    const open = new Map<number, Operation>();
    subscribe(() => {
      for (const operation of open.values()) {
        client.reexecuteOperation(
          client.createRequestOperation("query", operation, {
            ...operation.context,
            requestPolicy: "network-only",
          }),
        );
      }
    });
    return (operations) =>
      forward(
        pipe(
          operations,
          tap((operation) => {
            if (operation.kind === "query") open.set(operation.key, operation);
            if (operation.kind === "teardown") open.delete(operation.key);
          }),
        ),
      );
  };
}
