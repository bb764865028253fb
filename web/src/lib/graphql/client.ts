import { Client, fetchExchange, subscriptionExchange } from "urql";
import { exactFetch } from "#lib/graphql/big-integers.ts";
import { normalisedCache } from "#lib/graphql/cache.ts";
import { createRefresh, type Refresh } from "#lib/graphql/refresh.ts";
import type { Socket } from "#lib/graphql/socket.ts";

export interface GraphqlClient extends Pick<Refresh, "refetch" | "refetchAll"> {
  client: Client;
}

/** The GraphQL client of one browser tab; on the server there is no socket and nothing is sent. */
export function createGraphqlClient(socket: Socket | null): GraphqlClient {
  const { outside, inside, ...refresh } = createRefresh();
  const client = new Client({
    url: "/graphql",
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    fetch: exactFetch,
    exchanges: [
      outside,
      normalisedCache(),
      inside,
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
  return { client, ...refresh };
}
