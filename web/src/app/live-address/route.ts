import type { LiveAddress } from "#lib/graphql/live-address.ts";

// Read when it is asked for, not when the client was built.
export const dynamic = "force-dynamic";

/** Where browsers find the API's WebSocket, when that is not the page's own address. */
export function GET(): Response {
  const url = process.env["CALLSHEET_WS_URL"] || null;
  return Response.json({ url } satisfies LiveAddress, { headers: { "cache-control": "no-store" } });
}
