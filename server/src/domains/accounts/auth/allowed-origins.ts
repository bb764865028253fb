import { isIP } from "node:net";
import type { Config } from "#app/config.ts";

type Settings = Pick<Config, "auth" | "corsOrigins">;

const ofThisMachine = ["localhost", "127.0.0.1", "[::1]"];

/** Names under which the public DNS knows nobody (RFC 6761, 6762, 8375, and the ones that are reserved for private use). */
const ofOwnNetwork = /^[^.]+$|\.(localhost|local|lan|internal|home\.arpa)$/;

/** Pages that may use the API with a person's cookie; null: any of this machine, whatever its port. */
export function allowedOrigins({ auth, corsOrigins }: Settings): string[] | null {
  if (auth.mode === "local") return corsOrigins.length > 0 ? corsOrigins : null;
  const { protocol, hostname, port } = new URL(auth.publicUrl);
  const names = ofThisMachine.includes(hostname) ? ofThisMachine : [hostname];
  const own = names.map((name) => `${protocol}//${name}${port && `:${port}`}`);
  return [...new Set([...own, ...corsOrigins])];
}

/**
 * Whether the page may. Programs name no origin.
 * @param host that it asks, as its request names it
 */
export function isOriginAllowed(origin: string | undefined, host: string | undefined, config: Settings): boolean {
  if (origin === undefined) return true;
  const allowed = allowedOrigins(config);
  if (allowed?.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (allowed === null && ofThisMachine.includes(page.hostname)) return true;
  // The web client of this very host, whatever people call it.
  return config.auth.mode === "local" && page.host === host && isHostAllowed(host, config);
}

/**
 * Whether a request may have been meant for us. Where nobody signs in, a page elsewhere could make its own name lead here and
 * then ask as one of ours (DNS rebinding); addresses, names of one's own network and those of the configuration can't be taken
 * for that. Where people sign in, their cookies are for one host anyway.
 * @param host as the request names it
 */
export function isHostAllowed(host: string | undefined, { auth, corsOrigins }: Settings): boolean {
  if (auth.mode !== "local") return true;
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  if (isIP(hostname.replace(/^\[|\]$/g, "")) > 0 || ofOwnNetwork.test(hostname)) return true;
  return [auth.publicUrl, ...corsOrigins].some((url) => URL.canParse(url) && new URL(url).hostname === hostname);
}
