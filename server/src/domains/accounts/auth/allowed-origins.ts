import type { Config } from "#app/config.ts";

const ofThisMachine = ["localhost", "127.0.0.1", "[::1]"];

/** Pages that may use the API with a person's cookie; null: any of this machine, whatever its port. */
export function allowedOrigins({ auth, corsOrigins }: Pick<Config, "auth" | "corsOrigins">): string[] | null {
  if (auth.mode === "local") return corsOrigins.length > 0 ? corsOrigins : null;
  const { protocol, hostname, port } = new URL(auth.publicUrl);
  const names = ofThisMachine.includes(hostname) ? ofThisMachine : [hostname];
  const own = names.map((name) => `${protocol}//${name}${port && `:${port}`}`);
  return [...new Set([...own, ...corsOrigins])];
}

/** Whether the page may. Programs name no origin. */
export function isOriginAllowed(origin: string | undefined, config: Pick<Config, "auth" | "corsOrigins">): boolean {
  if (origin === undefined) return true;
  const allowed = allowedOrigins(config);
  if (allowed) return allowed.includes(origin);
  return URL.canParse(origin) && ofThisMachine.includes(new URL(origin).hostname);
}
