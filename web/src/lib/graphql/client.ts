import { Client, fetchExchange, subscriptionExchange } from "urql";
import { exactFetch } from "#lib/graphql/big-integers.ts";
import { normalisedCache } from "#lib/graphql/cache.ts";
import { resyncExchange } from "#lib/graphql/resync.ts";
import { settleExchanges } from "#lib/graphql/settle.ts";
import type { Socket } from "#lib/graphql/socket.ts";

/** The GraphQL client of one browser tab; on the server there is no socket and nothing is sent. */
export function createGraphqlClient(socket: Socket | null, onResync: (listener: () => void) => void): Client {
  const settle = settleExchanges();
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    fetch: exactFetch,
    exchanges: [
      resyncExchange(onResync),
      settle.outside,
      normalisedCache(),
      settle.inside,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables, operationName }) => ({
          subscribe: (sink) => {
            if (!socket || !query) return { unsubscribe: () => undefined };
            const payload = { query, ...(variables && { variables }), ...(operationName && { operationName }) };
            return { unsubscribe: socket.client.subscribe(payload, sink as never) };
          },
        }),
      }),
    ],
  });
}
