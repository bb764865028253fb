import { z } from "zod";
import { list, url } from "#app/config-values.ts";
import { createClientAddress } from "#domains/accounts/auth/client-address.ts";

/** Who may come in, and how. */
export interface AuthSettings {
  /** `local`: one ADMIN without a login; `password`: people sign in. */
  mode: "local" | "password";
  /** Where people find the web client: links lead there, and its pages may use the API. */
  publicUrl: string;
  /** Hosts whose word on where a request comes from is taken, as proxy-addr names them. */
  trustedProxies: string[];
  /** An identity provider that people may sign in with; undefined: passwords only. */
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | undefined;
}

/** Of the environment, beside where the API listens. */
export const authVariables = {
  AUTH_MODE: z.enum(["local", "password"]).default("local"),
  CALLSHEET_PUBLIC_URL: url("http:", "https:").optional(),
  CALLSHEET_TRUSTED_PROXIES: list.default(["loopback"]),
  CALLSHEET_OIDC_ISSUER: url("http:", "https:").optional(),
  CALLSHEET_OIDC_CLIENT_ID: z.string().min(1).optional(),
  CALLSHEET_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  CALLSHEET_OIDC_NAME: z.string().min(1).max(60).default("single sign-on"),
};

type Values = z.infer<z.ZodObject<typeof authVariables>>;
type ListenValues = Values & { HOST: string; CALLSHEET_TRUST_NETWORK: boolean; WEB_PORT: number };

const loopback = new Set(["127.0.0.1", "::1", "localhost"]);

export function isLoopback(host: string): boolean {
  return loopback.has(host);
}

/** What would let strangers in, or nobody. */
export function authProblems(values: ListenValues): string[] {
  const { HOST, AUTH_MODE, CALLSHEET_PUBLIC_URL, CALLSHEET_TRUST_NETWORK } = values;
  const { CALLSHEET_OIDC_ISSUER: issuer, CALLSHEET_OIDC_CLIENT_ID: id, CALLSHEET_OIDC_CLIENT_SECRET: secret } = values;
  const isReachable = !isLoopback(HOST);
  const oidc = [issuer, id, secret].filter((value) => value !== undefined).length;
  return [
    AUTH_MODE === "local" &&
      isReachable &&
      !CALLSHEET_TRUST_NETWORK &&
      `HOST=${HOST}: local mode has no login and listens on this machine only; set AUTH_MODE=password so that people ` +
        `sign in, use 127.0.0.1, or set CALLSHEET_TRUST_NETWORK=true when everybody who reaches that address may do everything`,
    AUTH_MODE === "password" &&
      isReachable &&
      CALLSHEET_PUBLIC_URL === undefined &&
      `HOST=${HOST}: people come from elsewhere; set CALLSHEET_PUBLIC_URL to the address at which they find the web client`,
    unknownProxies(values.CALLSHEET_TRUSTED_PROXIES),
    oidc > 0 &&
      oidc < 3 &&
      "CALLSHEET_OIDC_ISSUER, CALLSHEET_OIDC_CLIENT_ID and CALLSHEET_OIDC_CLIENT_SECRET go together: set all, or none",
    oidc > 0 && AUTH_MODE === "local" && "An identity provider is configured and not used: set AUTH_MODE=password",
  ].filter((problem) => typeof problem === "string");
}

export function readAuth(values: ListenValues): AuthSettings {
  const { CALLSHEET_OIDC_ISSUER: issuer, CALLSHEET_OIDC_CLIENT_ID: id, CALLSHEET_OIDC_CLIENT_SECRET: secret } = values;
  return {
    mode: values.AUTH_MODE,
    publicUrl: new URL(values.CALLSHEET_PUBLIC_URL ?? `http://localhost:${values.WEB_PORT}`).origin,
    trustedProxies: values.CALLSHEET_TRUSTED_PROXIES,
    oidc:
      issuer && id && secret
        ? { issuer: issuer.replace(/\/+$/, ""), clientId: id, clientSecret: secret, name: values.CALLSHEET_OIDC_NAME }
        : undefined,
  };
}

function unknownProxies(proxies: string[]): string | undefined {
  try {
    createClientAddress(proxies);
    return undefined;
  } catch {
    return `CALLSHEET_TRUSTED_PROXIES=${proxies.join()}: name addresses, networks such as 10.0.0.0/8, loopback or uniquelocal`;
  }
}
