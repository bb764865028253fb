export interface ClientOptions {
  /** Where Callsheet is, such as http://localhost:4000; the end /graphql may be left out. */
  url: string;
  /** A key of a person, `cs_…`; none is needed in local mode. */
  apiKey?: string | undefined;
  /** Sends the hash of a document, and its text only when the server does not know it. */
  persisted?: boolean | undefined;
  /** How often an operation that was turned away with RATE_LIMITED is sent again after a wait; 3 unless said. */
  rateLimitRetries?: number | undefined;
  /** How often a lost WebSocket is opened again, in a row; 30 unless said. */
  reconnects?: number | undefined;
  /** Instead of JSON.parse for answers over HTTP: one that keeps integers beyond 2^53, which seeds in graphs may be. */
  parseJson?: ((text: string) => unknown) | undefined;
  /** Instead of the platform's. */
  fetch?: typeof fetch | undefined;
  /** Instead of the platform's WebSocket, or the package `ws` where the platform has none (Node 20). */
  webSocket?: unknown;
}

/** The address of the API, whatever of it was given. @throws TypeError for what is no address */
export function graphqlUrl(url: string): URL {
  const address = new URL(url);
  if (!/^https?:$/.test(address.protocol)) throw new TypeError(`${url} is not an address of HTTP`);
  const path = address.pathname.replace(/\/+$/, "");
  address.pathname = path.endsWith("/graphql") ? path : `${path}/graphql`;
  return address;
}
