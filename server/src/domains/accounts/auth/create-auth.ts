import { createHmac } from "node:crypto";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import { allowedOrigins } from "#domains/accounts/auth/allowed-origins.ts";
import { passwordLength } from "#domains/accounts/logic/passwords.ts";

/** Where the library finds the address of a client; what a client says of it is overwritten. */
export const addressHeader = "x-callsheet-address";

const daySecs = 86_400;

/** Name of the one identity provider, in the addresses that it is told. */
export const oidcProvider = "oidc";

/** Sessions of people who sign in, and the check of their passwords. Who is let in at all is up to what surrounds it. */
export function createAuth({ config, db, log }: Pick<Deps, "config" | "db" | "log">, secret: string) {
  const { publicUrl, oidc } = config.auth;
  return betterAuth({
    appName: "Callsheet",
    baseURL: publicUrl,
    basePath: "/auth",
    // A key of its own: what signs links must not sign cookies.
    secret: createHmac("sha256", secret).update("sessions").digest("base64url"),
    database: prismaAdapter(db.prisma, { provider: "postgresql" }),
    trustedOrigins: allowedOrigins(config) ?? [],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    session: { expiresIn: 14 * daySecs, updateAge: daySecs },
    // Attempts are counted in the database instead, over all processes (sign-in-attempts.service.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "error", log: (level, message) => log[level === "error" ? "error" : "debug"]({ level }, message) },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => isEnabled(db, userId),
          after: async ({ userId, ipAddress, userAgent }, context) => {
            if (context?.path?.startsWith("/callback")) await noteOidc(db, { userId, ipAddress, userAgent });
          },
        },
      },
    },
    // Where a provider's refusal is told; a page may name another one.
    onAPIError: { errorURL: `${publicUrl}/sign-in` },
    // Only for people who are there already, and whose provider vouches for the address: nobody signs up by it.
    plugins: oidc
      ? [
          genericOAuth({
            config: [
              {
                providerId: oidcProvider,
                name: oidc.name,
                discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
                clientId: oidc.clientId,
                clientSecret: oidc.clientSecret,
                scopes: ["openid", "email", "profile"],
                requireIdTokenVerification: true,
                disableSignUp: true,
                disableProviderLogout: true,
              },
            ],
          }),
        ]
      : [],
    advanced: {
      cookiePrefix: "callsheet",
      useSecureCookies: publicUrl.startsWith("https:"),
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
  });
}
export type Auth = ReturnType<typeof createAuth>;

/** False ends the sign-in, in the words of a wrong password. */
async function isEnabled({ prisma }: Deps["db"], id: string): Promise<boolean> {
  return (await prisma.user.count({ where: { id, disabledAt: null } })) === 1;
}

interface Came {
  userId: string;
  ipAddress?: string | null | undefined;
  userAgent?: string | null | undefined;
}

/** A sign-in at the provider that led to a session; those that fail do so there. */
async function noteOidc({ prisma }: Deps["db"], { userId, ipAddress, userAgent }: Came): Promise<void> {
  const user = await prisma.user.findUnique({ where: { id: userId }, select: { email: true } });
  await prisma.signInEvent.create({
    data: {
      method: "OIDC",
      outcome: "SUCCEEDED",
      userId,
      email: user?.email ?? null,
      address: ipAddress ?? "",
      userAgent: (userAgent ?? "").slice(0, 300),
    },
  });
}
