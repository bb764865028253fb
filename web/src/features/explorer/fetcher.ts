import type { GraphiQLProps } from "graphiql";
import { chooseOperation } from "#features/explorer/operation.ts";
import { exactFetch } from "#lib/graphql/big-integers.ts";
import type { Socket } from "#lib/graphql/socket.ts";

type Fetcher = GraphiQLProps["fetcher"];

/**
 * Queries and mutations by HTTP, subscriptions over the tab's live connection: the same two ways as the rest of the client,
 * with the same session.
 */
export function createFetcher(socket: Socket | null): Fetcher {
  return async ({ query, variables, operationName }) => {
    const { name, isSubscription } = chooseOperation(query, operationName);
    const payload = { query, ...(variables && { variables }), ...(name && { operationName: name }) };
    if (isSubscription) {
      if (!socket) throw new Error("The live connection is not open.");
      return socket.client.iterate(payload);
    }
    const response = await exactFetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
      body: JSON.stringify(payload),
    });
    return response.json();
  };
}
