import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import { type ExecutionArgs, GraphQLError } from "graphql";
import { type WebSocket, WebSocketServer } from "ws";
import { handleProtocols } from "graphql-ws";
import type { Deps } from "#app/deps.ts";
import { createGraphqlSockets, writePayload } from "#app/graphql-socket.ts";
import { OpenCounts, whenOver } from "#app/open-counts.ts";
import { finishMs } from "#app/retirement.ts";
import { watchAccess } from "#app/socket-access.ts";
import { isHostAllowed, isOriginAllowed } from "#domains/accounts/auth/allowed-origins.ts";
import type { ClientAddress } from "#domains/accounts/auth/client-address.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Authenticate } from "#domains/accounts/auth/authenticate.ts";
import { payerOf, takeRequest } from "#graphql/allowance.ts";
import { findOperation } from "#graphql/admission.ts";
import type { Context } from "#graphql/context.ts";
import type { Pipeline } from "#graphql/pipeline.ts";
import { InFlight } from "#lib/in-flight.ts";
import { within } from "#lib/within.ts";

export interface SocketLimits {
  /** Largest message a client may send, in bytes; the socket closes with 1009 beyond it. */
  maxMessageBytes: number;
  /** A client that lets more bytes than this pile up is cut off, so that it can't fill our memory. */
  maxBufferedBytes: number;
  /** Operations at once on one socket. */
  maxOperations: number;
  connectionInitTimeoutMs: number;
}
const defaults: SocketLimits = {
  maxMessageBytes: 1024 * 1024,
  maxBufferedBytes: 8 * 1024 * 1024,
  maxOperations: 200,
  connectionInitTimeoutMs: 3_000,
};
/** The protocol's own codes say nothing about readers that are too slow, or too many. */
const tryAgainLater = 1013;
/** Clients of graphql-ws connect again after it, by themselves. */
const goingAway = 1001;

interface Options {
  deps: Deps;
  pipeline: Pipeline;
  authenticate: Authenticate;
  addressOf: ClientAddress;
}

interface Extra {
  request: IncomingMessage;
  socket: WebSocket;
  /** Whose it is, once that is known: subscriptions count towards the person's limit, not that of each key. */
  owner?: string;
}

interface SocketContext extends Context {
  owner: string;
}

/** How a connection says who it is: by its cookie, or by an API key. */
type Params = Readonly<Record<string, unknown>> | null | undefined;

/** graphql-transport-ws at /graphql, through the same pipeline as HTTP. */
export function registerWebSocket(
  server: Server,
  { deps, pipeline, authenticate, addressOf }: Options,
  given: Partial<SocketLimits> = {},
) {
  const limits = { ...defaults, ...given };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.maxMessageBytes, handleProtocols });

  const { operationMetrics } = deps;
  const open = { sockets: new OpenCounts(), subscriptions: new OpenCounts() };
  const access = watchAccess(deps);
  const inFlight = new InFlight();
  let isClosing = false;
  const whoIs = ({ request }: Extra, params: Params) => authenticate(request, params ?? undefined);

  const graphql = createGraphqlSockets<Extra>(
    {
      schema: pipeline.schema,
      connectionInitWaitTimeout: limits.connectionInitTimeoutMs,
      onConnect: async ({ extra, connectionParams }) => {
        const viewer = await whoIs(extra, connectionParams);
        if (viewer && !keepOpen(extra, viewer)) return false;
        if (viewer) access.add(extra.socket, viewer, () => whoIs(extra, connectionParams));
        return viewer !== null;
      },
      onSubscribe: async ({ extra, subscriptions, connectionParams }, _id, { query, operationName, variables }) => {
        if (Object.keys(subscriptions).length > limits.maxOperations) {
          operationMetrics.refused("subscriptions");
          return [
            new GraphQLError(`At most ${limits.maxOperations} operations run on one socket.`, {
              extensions: { code: "RATE_LIMITED" },
            }),
          ];
        }
        const viewer = await whoIs(extra, connectionParams);
        const payer = payerOf(viewer, addressOf(extra.request));
        const refused = await takeRequest({ deps, payer });
        if (refused) return [refused];
        const prepared = pipeline.prepare(query);
        if ("errors" in prepared) return [...prepared.errors];
        const operation = findOperation(prepared.document, operationName ?? undefined);
        if (operation instanceof GraphQLError) return [operation];
        const context: SocketContext = { deps, viewer, requestId: randomUUID(), payer, owner: ownerOf(extra, viewer) };
        const args = {
          schema: pipeline.schema,
          document: prepared.document,
          contextValue: context,
          variableValues: variables ?? {},
        };
        return { ...args, operationName: operationName ?? null } satisfies ExecutionArgs;
      },
      execute: (args) => inFlight.track(pipeline.execute(asOperation(args))) as never,
      subscribe: (args) => subscribe(args) as never,
      onNext: ({ extra: { socket } }, _id, _payload, _args, result) => {
        if (socket.bufferedAmount > limits.maxBufferedBytes)
          socket.close(tryAgainLater, "Too slow: messages pile up unread");
        return writePayload(result);
      },
      onError: (_context, _id, _message, errors) =>
        errors.map((error) => pipeline.present(error, { deps, requestId: randomUUID() })),
    },
    deps.log,
  );

  /** @returns whether the viewer may have one more */
  function keepOpen(extra: Extra, viewer: Viewer): boolean {
    extra.owner = ownerOf(extra, viewer);
    const close = open.sockets.open(extra.owner, deps.config.limits.maxSockets);
    if (close) {
      extra.socket.once("close", close);
      return true;
    }
    operationMetrics.refused("sockets");
    extra.socket.close(tryAgainLater, "Too many sockets");
    return false;
  }

  function ownerOf({ request }: Extra, viewer: Viewer | null): string {
    return viewer ? `user:${viewer.userId}` : `address:${addressOf(request)}`;
  }

  async function subscribe(args: ExecutionArgs) {
    const { owner } = args.contextValue as SocketContext;
    const max = deps.config.limits.maxSubscriptions;
    const end = open.subscriptions.open(owner, max);
    if (!end) {
      operationMetrics.refused("subscriptions");
      const message = `At most ${max} subscriptions of one viewer run at once. End some first.`;
      return { errors: [new GraphQLError(message, { extensions: { code: "RATE_LIMITED" } })] };
    }
    const results = await pipeline.subscribe(asOperation(args)).catch((error: unknown) => {
      end();
      throw error;
    });
    if (!(Symbol.asyncIterator in results)) {
      end();
      return results;
    }
    operationMetrics.subscriptions(1);
    let isOpen = true;
    return whenOver(results, () => {
      if (isOpen) operationMetrics.subscriptions(-1);
      isOpen = false;
      end();
    });
  }

  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    const path = (request.url ?? "").split("?")[0];
    if (isClosing) {
      socket.end("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n");
      return;
    }
    const { origin, host } = request.headers;
    if (path !== "/graphql" || !isHostAllowed(host, deps.config) || !isOriginAllowed(origin, host, deps.config)) {
      socket.end(`HTTP/1.1 ${path === "/graphql" ? "403 Forbidden" : "404 Not Found"}\r\nconnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      operationMetrics.sockets(1);
      webSocket.once("close", () => operationMetrics.sockets(-1));
      graphql.open({ request, socket: webSocket });
    });
  });

  return {
    close: async () => {
      isClosing = true;
      // Queries and mutations under way get their answers; what is watched is told anew wherever the client connects next.
      await within(finishMs, inFlight.none());
      await new Promise((sent) => setImmediate(sent));
      access[Symbol.dispose]();
      for (const socket of sockets.clients) socket.close(goingAway, "Going away");
      // Whoever does not answer the close in time is not waited for.
      const timer = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), 1_000);
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      clearTimeout(timer);
    },
  };
}

function asOperation(args: ExecutionArgs) {
  return {
    document: args.document,
    operationName: args.operationName ?? undefined,
    variables: { ...args.variableValues },
    context: args.contextValue as Context,
  };
}
