import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import { type ExecutionArgs, GraphQLError, type GraphQLFormattedError } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import type { Deps } from "#app/deps.ts";
import type { Authenticate } from "#app/server.ts";
import { maskError } from "#graphql/errors.ts";
import type { Context } from "#graphql/context.ts";
import type { Pipeline } from "#graphql/pipeline.ts";
import { stringifyJson } from "#lib/json.ts";

/** Largest message a client may send; the socket closes with 1009 beyond it. */
const maxMessageBytes = 1024 * 1024;
/** A client that reads this slowly is cut off, so that it can't fill our memory. */
const maxBufferedBytes = 8 * 1024 * 1024;

interface Options {
  deps: Deps;
  pipeline: Pipeline;
  authenticate: Authenticate;
}

/** graphql-transport-ws at /graphql, through the same pipeline as HTTP. */
export function registerWebSocket(server: Server, { deps, pipeline, authenticate }: Options) {
  const { log, config } = deps;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    const path = (request.url ?? "").split("?")[0];
    if (path !== "/graphql" || !originAllowed(request, config.corsOrigins)) {
      socket.end(`HTTP/1.1 ${path === "/graphql" ? "403 Forbidden" : "404 Not Found"}\r\nconnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit("connection", webSocket, request));
  });

  const mask = (errors: readonly (GraphQLError | GraphQLFormattedError)[]): GraphQLFormattedError[] =>
    errors.map((error) => maskError(error instanceof GraphQLError ? error : new GraphQLError(error.message), log, randomUUID()));

  const server$ = useServer<Record<string, unknown>, { request: IncomingMessage; socket: { bufferedAmount: number; close(code: number, reason: string): void } }>(
    {
      schema: pipeline.schema,
      onConnect: async ({ extra }) => (await authenticate(extra.request)) !== null,
      onSubscribe: async ({ extra }, _id, { query, operationName, variables }) => {
        const prepared = pipeline.prepare(query);
        if ("errors" in prepared) return prepared.errors.map(asValidationError);
        const context: Context = { deps, viewer: await authenticate(extra.request), requestId: randomUUID() };
        return {
          schema: pipeline.schema,
          document: prepared.document,
          operationName: operationName ?? null,
          variableValues: variables ?? {},
          contextValue: context,
        } satisfies ExecutionArgs;
      },
      execute: (args) => pipeline.execute(asOperation(args as ExecutionArgs)) as never,
      subscribe: (args) => pipeline.subscribe(asOperation(args as ExecutionArgs)) as never,
      onNext: ({ extra }, _id, _payload, _args, result) => {
        if (extra.socket.bufferedAmount > maxBufferedBytes) extra.socket.close(4429, "Too slow: messages pile up");
        return (result.errors ? { ...result, errors: mask(result.errors) } : result) as never;
      },
      onError: (_context, _id, _message, errors) => mask(errors) as never,
      jsonMessageReplacer: (_key, value: unknown) => (typeof value === "bigint" ? rawInteger(value) : value),
    },
    sockets,
  );
  return {
    close: async () => {
      await server$.dispose();
      sockets.close();
    },
  };
}

/** Seeds beyond 2^53 inside a graph: text is the only form that JSON.stringify can give here. */
function rawInteger(value: bigint): string {
  return stringifyJson(value);
}

function asOperation(args: ExecutionArgs) {
  return {
    document: args.document,
    operationName: args.operationName ?? undefined,
    variables: { ...args.variableValues },
    context: args.contextValue as Context,
  };
}

function asValidationError(error: GraphQLError): GraphQLError {
  if (error.extensions["code"] !== undefined) return error;
  return new GraphQLError(error.message, { ...(error.nodes ? { nodes: error.nodes } : {}), extensions: { code: "GRAPHQL_VALIDATION_FAILED" } });
}

/** Browsers name the page's origin: only our own pages may open a socket. Programs send none. */
function originAllowed(request: IncomingMessage, allowed: string[]): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  if (allowed.length > 0) return allowed.includes(origin);
  if (!URL.canParse(origin)) return false;
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(origin).hostname);
}
