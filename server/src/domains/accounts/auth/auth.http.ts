import { fromNodeHeaders } from "better-auth/node";
import { z } from "zod";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "#app/deps.ts";
import { acceptLink, lookAtLink } from "#domains/accounts/account-links.service.ts";
import { isOriginAllowed } from "#domains/accounts/auth/allowed-origins.ts";
import type { ClientAddress } from "#domains/accounts/auth/client-address.ts";
import { addressHeader, type Auth, oidcProvider } from "#domains/accounts/auth/create-auth.ts";
import { type Attempt, beginAttempt, retryAfterSecs } from "#domains/accounts/auth/sign-in-attempts.service.ts";
import { needsFirstAdmin } from "#domains/accounts/first-admin.service.ts";
import { password } from "#domains/accounts/logic/passwords.ts";
import { DomainError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { isJsonObject, type JsonObject, type JsonValue, parseJson, stringifyJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";

/** Longer than any form of these routes, in characters. */
const maxFormLength = 16_384;

const newPassword = z.object({ newPassword: password });

type AuthDeps = Pick<Deps, "config" | "db" | "bus" | "log">;

/** GET /auth/status: how people come in, for a page that has to know before anybody has. */
export function registerAuthStatus(server: FastifyInstance, deps: AuthDeps): void {
  server.get("/auth/status", async (_request, reply) => {
    const { mode, oidc } = deps.config.auth;
    return reply.header("cache-control", "no-store").send({
      mode,
      needsSetup: mode === "password" && (await needsFirstAdmin(deps)),
      identityProvider: oidc ? { name: oidc.name } : null,
    });
  });
}

/** Signing in and out, and the links of invitations and resets. What is not listed here of the library's is not reachable. */
export function registerAuthRoutes(
  server: FastifyInstance,
  deps: AuthDeps,
  auth: Auth,
  addressOf: ClientAddress,
): void {
  const ask = (request: FastifyRequest, body?: object): Promise<Response> =>
    auth.handler(toRequest(request, deps, addressOf, body));
  // The library's own check of where a page comes from leaves some of these out.
  server.addHook("onRequest", async (request, reply) => {
    if (request.method !== "POST" || !request.url.startsWith("/auth/")) return;
    if (!isOriginAllowed(request.headers.origin, request.headers.host, deps.config))
      await reply.code(403).send({ code: "FORBIDDEN", message: "This page may not sign anybody in or out." });
  });
  // Before anything is written down about it, or handed to the library.
  server.addHook("preHandler", async (request, reply) => {
    if (request.method !== "POST" || !request.url.startsWith("/auth/") || formOf(request)) return;
    await reply
      .code(400)
      .send({ code: "BAD_REQUEST", message: "The body must be a JSON object of short, single values." });
  });
  const attemptOf = (request: FastifyRequest, method: Attempt["method"], email: string | null): Attempt => ({
    method,
    email,
    address: addressOf(request.raw),
    userAgent: request.headers["user-agent"] ?? "",
  });
  const sessionOf = (request: FastifyRequest) =>
    auth.api.getSession({ headers: fromNodeHeaders(request.headers), query: { disableRefresh: true } });

  server.get("/auth/get-session", async (request, reply) => {
    const response = await ask(request);
    // The library takes the cookie of a session that is over away. By then the browser may have the next one's, as after
    // a change of the password.
    const cookies = response.headers.getSetCookie().filter((cookie) => !/;\s*max-age=0(;|$)/i.test(cookie));
    return pass(response, reply, cookies);
  });

  server.post("/auth/sign-in/email", async (request, reply) => {
    const body = bodyOf(request);
    const email = typeof body["email"] === "string" ? body["email"].trim() : "";
    const attempt = await beginAttempt(deps, attemptOf(request, "PASSWORD", email));
    if (!attempt) return tooMany(reply);
    const response = await ask(request, { ...body, email });
    const answer = (await response
      .clone()
      .json()
      .catch(() => null)) as { user?: { id?: string } } | null;
    await attempt.end(response.ok ? (answer?.user?.id ?? null) : null);
    if (response.ok || response.status === 403) return pass(response, reply);
    // One answer for all reasons, so that nobody learns who has an account, or whose is disabled.
    return reply
      .code(401)
      .send({ code: "INVALID_EMAIL_OR_PASSWORD", message: "The e-mail address or the password is wrong." });
  });

  if (deps.config.auth.oidc) {
    server.post("/auth/sign-in/social", async (request, reply) => {
      const { callbackURL, errorCallbackURL } = bodyOf(request);
      return pass(await ask(request, { provider: oidcProvider, callbackURL, errorCallbackURL }), reply);
    });
    server.get(`/auth/callback/${oidcProvider}`, async (request, reply) => pass(await ask(request), reply));
  }

  server.post("/auth/change-password", async (request, reply) => {
    const session = await sessionOf(request);
    if (!session) return reply.code(401).send({ code: "UNAUTHENTICATED", message: "Sign in first." });
    try {
      // Before it counts as an attempt: it says nothing of who asks.
      parseInput(newPassword, bodyOf(request));
    } catch (error) {
      return refuse(error, reply);
    }
    const attempt = await beginAttempt(deps, attemptOf(request, "PASSWORD_CHANGE", session.user.email));
    if (!attempt) return tooMany(reply);
    const response = await ask(request);
    await attempt.end(response.ok ? session.user.id : null);
    if (response.ok) deps.bus.publish("access.changed", { userId: session.user.id });
    return pass(response, reply);
  });

  for (const path of ["/auth/sign-out", "/auth/revoke-sessions"]) {
    server.post(path, async (request, reply) => {
      const session = await sessionOf(request);
      const response = await ask(request);
      if (session) deps.bus.publish("access.changed", { userId: session.user.id });
      return pass(response, reply);
    });
  }

  server.post("/auth/links/look", (request, reply) =>
    withLink(deps, attemptOf(request, "LINK", null), reply, async () => lookAtLink(deps, bodyOf(request)["token"])),
  );
  server.post("/auth/links/accept", (request, reply) =>
    withLink(deps, attemptOf(request, "LINK", null), reply, async (came) => {
      const { token, password, name, email } = bodyOf(request);
      const person = await acceptLink(deps, { token, password, name, email });
      came(person.userId);
      return { email: person.email };
    }),
  );
}

/** Answers with what the work gives, or with its expected failure; a link that is none counts as an attempt. */
async function withLink(
  deps: AuthDeps,
  attempted: Attempt,
  reply: FastifyReply,
  work: (came: (userId: string) => void) => Promise<object>,
): Promise<FastifyReply> {
  const attempt = await beginAttempt(deps, attempted);
  if (!attempt) return tooMany(reply);
  let userId: string | undefined;
  let isKnown = true;
  try {
    return reply.header("cache-control", "no-store").send(await work((id) => (userId = id)));
  } catch (error) {
    isKnown = !(error instanceof NotFoundError);
    return await refuse(error, reply);
  } finally {
    await (userId !== undefined || !isKnown ? attempt.end(userId ?? null) : attempt.forget());
  }
}

/** Answers with an expected failure. @throws every other one */
function refuse(error: unknown, reply: FastifyReply): FastifyReply {
  if (!(error instanceof DomainError)) throw error;
  const status = error.kind === "NotFoundError" ? 404 : error.kind === "ConflictError" ? 409 : 400;
  const issues = error instanceof ValidationError ? { issues: error.issues } : {};
  return reply.code(status).send({ code: error.code, message: error.message, ...issues });
}

function tooMany(reply: FastifyReply): FastifyReply {
  return reply
    .code(429)
    .header("retry-after", String(retryAfterSecs))
    .send({ code: "RATE_LIMITED", message: "Too many attempts; try again in a quarter of an hour." });
}

/** What was sent, nothing included; null when it is no form. */
function formOf({ body }: FastifyRequest): JsonObject | null {
  if (typeof body !== "string" || body === "") return {};
  if (body.length > maxFormLength) return null;
  try {
    const form = parseJson(body);
    return isJsonObject(form) && Object.values(form).every(isSingle) ? form : null;
  } catch {
    return null;
  }
}

const isSingle = (value: JsonValue): boolean => typeof value !== "object" || value === null;

const bodyOf = (request: FastifyRequest): JsonObject => formOf(request) ?? {};

/** @param body in place of the one that came */
function toRequest(
  request: FastifyRequest,
  { config }: AuthDeps,
  addressOf: ClientAddress,
  body: object = bodyOf(request),
): Request {
  const headers = fromNodeHeaders(request.headers);
  headers.delete("content-length");
  headers.set(addressHeader, addressOf(request.raw));
  const url = new URL(request.url, config.auth.publicUrl);
  if (request.method !== "POST") return new Request(url, { method: request.method, headers });
  headers.set("content-type", "application/json");
  return new Request(url, { method: "POST", headers, body: stringifyJson(body) });
}

async function pass(
  response: Response,
  reply: FastifyReply,
  cookies: readonly string[] = response.headers.getSetCookie(),
): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== "set-cookie") reply.header(name, value);
  for (const cookie of cookies) reply.header("set-cookie", cookie);
  reply.header("cache-control", "no-store");
  return reply.send(await response.text());
}
