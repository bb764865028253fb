import type { IncomingMessage } from "node:http";
import { fromNodeHeaders } from "better-auth/node";
import type { Deps } from "#app/deps.ts";
import { viewerOfKey } from "#domains/accounts/api-keys.service.ts";
import type { ClientAddress } from "#domains/accounts/auth/client-address.ts";
import type { Auth } from "#domains/accounts/auth/create-auth.ts";
import { createKeyGuard } from "#domains/accounts/auth/key-guard.ts";
import { loadViewer } from "#domains/accounts/auth/load-viewer.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";

/**
 * Says who sends a request; local mode answers the same person for all.
 * @param params of a WebSocket's connection_init
 */
export type Authenticate = (
  request: Pick<IncomingMessage, "headers">,
  params?: Readonly<Record<string, unknown>>,
) => Promise<Viewer | null>;

/** By API key, when one is given, or by the cookie of a session. A wrong key is never made up for by a cookie. */
export function createAuthenticate(
  deps: Pick<Deps, "db" | "log" | "rateLimits" | "operationMetrics">,
  auth: Auth,
  addressOf: ClientAddress,
): Authenticate {
  const guard = createKeyGuard(deps.rateLimits.wrongKeys, () => deps.operationMetrics.refused("keys"));
  return async (request, params) => {
    const given = params?.["authorization"] ?? request.headers.authorization;
    if (given !== undefined) {
      const key = typeof given === "string" ? /^Bearer (\S+)$/i.exec(given)?.[1] : undefined;
      return key ? guard(addressOf(request as IncomingMessage), () => viewerOfKey(deps, key)) : null;
    }
    if (!request.headers.cookie) return null;
    // The client renews a session by asking for it; a request for data doesn't set cookies.
    const headers = fromNodeHeaders({ cookie: request.headers.cookie });
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    return found ? loadViewer(deps, found.user.id) : null;
  };
}
