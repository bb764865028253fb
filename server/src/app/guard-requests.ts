import { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "#app/deps.ts";
import { isHostAllowed } from "#domains/accounts/auth/allowed-origins.ts";
import type { Authenticate } from "#domains/accounts/auth/authenticate.ts";
import type { ClientAddress } from "#domains/accounts/auth/client-address.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { payerOf, type RateLimitedError, takeRequest } from "#graphql/allowance.ts";
import { inScope } from "#platform/work/scope.ts";

/** How long a body may take to come, in ms. An upload may take its hour, but nothing of it that long. */
const usualBodyMs = 60_000;

/** What somebody who is not signed in may send: enough to ask who one is, too little to keep us busy. */
const maxBodyOfStrangers = 64 * 1024;

/** Refuses requests that were meant for another host, as those of a page elsewhere whose name was made to lead here. */
export function refuseForeignHosts(http: FastifyInstance, config: Parameters<typeof isHostAllowed>[1]): void {
  http.addHook("onRequest", async (request, reply) => {
    if (isHostAllowed(request.headers.host, config)) return undefined;
    const message =
      "Without a login this server answers to its addresses and to names of its own network only. " +
      "To reach it by another name, set CALLSHEET_PUBLIC_URL to that address.";
    return reply.code(403).send({ code: "FORBIDDEN", message });
  });
}

/** Lets no request take its time with its body. */
export function limitBodies(http: FastifyInstance, bodyMs: number = usualBodyMs): void {
  http.addHook("onRequest", (request, _reply, done) => {
    const { raw } = request;
    // What this process asks itself has no socket, and its body at once.
    if (lengthOf(request) > 0 && raw.socket instanceof Socket) {
      if (request.url.startsWith("/uploads/")) {
        raw.setTimeout(bodyMs, () => raw.destroy());
        raw.once("end", () => raw.setTimeout(0));
      } else {
        const timer = setTimeout(() => raw.complete || raw.destroy(), bodyMs);
        raw.once("end", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
      }
    }
    done();
  });
}

/** Who sends an operation, and whose limits it counts towards. */
export interface Sender {
  viewer: Viewer | null;
  payer: string;
}

export interface Turnstile {
  /** A hook of a route: refuses before the body is read. */
  admit: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;
  /** Whom the hook has let in. */
  senderOf: (request: FastifyRequest) => Sender;
}

/** Finds out who sends operations, and counts each, before anything of it is read. */
export function createTurnstile(
  deps: Deps,
  authenticate: Authenticate,
  addressOf: ClientAddress,
  answer: {
    limited: (reply: FastifyReply, refused: RateLimitedError) => FastifyReply;
    tooLarge: (reply: FastifyReply, message: string) => FastifyReply;
  },
): Turnstile {
  const senders = new WeakMap<FastifyRequest, Sender>();
  return {
    senderOf: (request) => senders.get(request) as Sender,
    admit: (request, reply) =>
      inScope({ ids: { requestId: request.id } }, async () => {
        const viewer = await authenticate(request.raw);
        const sender = { viewer, payer: payerOf(viewer, addressOf(request.raw)) };
        senders.set(request, sender);
        const refused = await takeRequest({ deps, payer: sender.payer });
        if (refused) return answer.limited(reply, refused);
        if (viewer === null && lengthOf(request) > maxBodyOfStrangers)
          return answer.tooLarge(
            reply,
            "Sign in first: without that a request says its length, and has at most 64 KiB.",
          );
        return undefined;
      }),
  };
}

/** Of its body, in bytes. One that is not said could be any. */
function lengthOf({ headers }: FastifyRequest): number {
  return headers["transfer-encoding"] === undefined ? Number(headers["content-length"] ?? 0) : Number.POSITIVE_INFINITY;
}
