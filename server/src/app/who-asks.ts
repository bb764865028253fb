import type { Deps } from "#app/deps.ts";
import { type Authenticate, createAuthenticate } from "#domains/accounts/auth/authenticate.ts";
import { createClientAddress } from "#domains/accounts/auth/client-address.ts";
import { ensureLocalUser } from "#domains/accounts/local-user.ts";

/** How a request's sender is told, by the mode: in local mode it is always the one person. */
export async function whoAsks(deps: Deps): Promise<Authenticate> {
  const { auth, config } = deps;
  if (auth) return createAuthenticate(deps, auth, createClientAddress(config.auth.trustedProxies));
  const local = await ensureLocalUser(deps);
  return () => Promise.resolve(local);
}
