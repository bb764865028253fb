import { Client, type Exchange, fetchExchange, subscriptionExchange } from "urql";
import { pipe, tap } from "wonka";
import { exactFetch } from "#lib/graphql/big-integers.ts";
import { normalisedCache } from "#lib/graphql/cache.ts";
import { createRefresh, type Refresh } from "#lib/graphql/refresh.ts";
import type { Session } from "#lib/graphql/session.ts";
import type { Socket } from "#lib/graphql/socket.ts";

export interface GraphqlClient extends Pick<Refresh, "refetch" | "refetchAll"> {
  client: Client;
}

/** The GraphQL client of one browser tab; on the server there is no socket and nothing is sent. */
export function createGraphqlClient(socket: Socket | null, session?: Session): GraphqlClient {
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
      heardBy(session),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables, operationName }) => ({
          subscribe: (sink) => {
            if (!socket || !query) return { unsubscribe: () => undefined };
            const payload = { query, ...(variables && { variables }), ...(operationName && { operationName }) };
            return { unsubscribe: socket.subscribe(payload, sink as never) };
          },
        }),
      }),
    ],
  });
  return { client, ...refresh };
}

/** Lets the session know of every answer over HTTP, without holding it up. */
const heardBy =
  (session: Session | undefined): Exchange =>
  ({ forward }) =>
  (operations) =>
    pipe(
      forward(operations),
      tap(({ operation: { kind }, error }) => {
        if (kind === "query" || kind === "mutation") session?.hear(error);
      }),
    );
