import { randomUUID } from "node:crypto";
import { ApolloServer, type GraphQLRequestContext, type GraphQLResponse, HeaderMap } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import cors from "@fastify/cors";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { DocumentNode, FormattedExecutionResult } from "graphql";
import type { Deps } from "#app/deps.ts";
import { createTurnstile, limitBodies, refuseForeignHosts } from "#app/guard-requests.ts";
import { registerHealthRoutes } from "#app/health-routes.ts";
import { requestIdOf } from "#app/request-id.ts";
import { registerMetricsRoute } from "#app/metrics-server.ts";
import { prepareRetirement } from "#app/retirement.ts";
import { setSafeHeaders } from "#app/safe-headers.ts";
import { readTrustedDocuments } from "#app/trusted-documents.ts";
import { registerWebSocket, type SocketLimits } from "#app/websocket.ts";
import { allowedOrigins } from "#domains/accounts/auth/allowed-origins.ts";
import { registerAuthRoutes, registerAuthStatus } from "#domains/accounts/auth/auth.http.ts";
import type { Authenticate } from "#domains/accounts/auth/authenticate.ts";
import { createClientAddress } from "#domains/accounts/auth/client-address.ts";
import { hasRole } from "#domains/accounts/viewer.ts";
import { registerAssetRoutes } from "#domains/assets/assets.http.ts";
import { registerRecipeRoute } from "#domains/takes/recipes/recipes.http.ts";
import { registerExecutionRoute } from "#domains/stories/executions/executions.http.ts";
import { registerTimelineRoute } from "#domains/takes/timeline/timeline.http.ts";
import { registerPreviewRoute } from "#domains/queue/previews.http.ts";
import type { Context } from "#graphql/context.ts";
import { type ErrorCode, isErrorCode } from "#graphql/errors.ts";
import { createPipeline, type Pipeline } from "#graphql/pipeline.ts";
import { schema } from "#graphql/schema.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";
import { traced } from "#platform/tracing/tracing.ts";
import { inScope } from "#platform/work/scope.ts";
import { isDatabaseOutage } from "#platform/db/outage.ts";
import { StorageUnavailableError } from "#platform/storage/storage.ts";

/** Largest GraphQL request: a workflow of 5 MiB, escaped, with room to spare. */
const maxBodyBytes = 12 * 1024 * 1024;

/** Names of files stand in paths, where each of their up to 180 bytes can take three characters. */
const maxParamLength = 1_000;

const ofContent = ["content-type", "content-length", "content-range", "content-disposition", "accept-ranges", "etag"];

export interface ApiServer extends AsyncDisposable {
  http: FastifyInstance;
  pipeline: Pipeline;
  /** Tells balancers, by /readyz, to ask others from now on; all requests are still answered. */
  retire(): void;
  /** Starts to listen. @returns the port */
  listen(port: number, host: string): Promise<number>;
}

/** @param socketLimits differ from the usual in tests only */
export async function createApiServer(
  deps: Deps,
  authenticate: Authenticate,
  socketLimits?: Partial<SocketLimits>,
): Promise<ApiServer> {
  const { config, log } = deps;
  const trusted = config.trustedDocuments.length > 0 ? await readTrustedDocuments(config.trustedDocuments) : null;
  const pipeline = createPipeline(schema, config.limits, config.introspection, trusted);
  const addressOf = createClientAddress(config.auth.trustedProxies);
  const apollo = createApollo(pipeline, deps);
  await apollo.start();

  const http = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    return503OnClosing: false,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength },
    // Addresses that no route can be looked up for: no hook has seen these requests.
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      reply.header("x-content-type-options", "nosniff");
      void reply.code(400).send({ code: "BAD_REQUEST", message: "This is no address of the API." });
    },
  });
  const retirement = prepareRetirement(http);
  http.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const away = whatIsAway(error);
    const status = away ? 503 : (error.statusCode ?? 500);
    if (status >= 500)
      log.error({ err: error, requestId: request.id, url: request.url.split("?")[0] }, "request failed");
    // What was said of the file that can't be sent is not true of this answer.
    for (const name of ofContent) reply.removeHeader(name);
    reply.header("cache-control", "no-store");
    if (away) {
      const message = `The ${away.toLowerCase()} does not answer; try again in a moment.`;
      reply.header("retry-after", "5");
      if (request.url.startsWith("/graphql")) return sendGraphqlError(reply, status, "UNAVAILABLE", message);
      return reply.code(status).send({ code: `${away}_UNAVAILABLE`, message });
    }
    const message = status >= 500 ? `Something went wrong here; look for ${request.id} in the log.` : error.message;
    const code = status >= 500 ? "INTERNAL" : "BAD_REQUEST";
    if (request.url.startsWith("/graphql")) return sendGraphqlError(reply, status, code, message);
    return reply.code(status).send({ code, message });
  });
  http.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: "NOT_FOUND", message: "There is nothing at this address." }),
  );
  http.addHook("onRequest", (request, reply, done) =>
    setSafeHeaders(request.raw, reply.raw, (error) => done(error as Error | undefined)),
  );
  await http.register(cors, {
    origin: allowedOrigins(config) ?? [/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/],
    credentials: true,
    exposedHeaders: ["x-request-id", "retry-after"],
    methods: ["GET", "POST", "PUT", "OPTIONS"],
  });
  http.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    done();
  });
  refuseForeignHosts(http, config);
  limitBodies(http);
  // After the body has come: what listens to its events would be outside.
  http.addHook("preHandler", (request, _reply, done) => inScope({ ids: { requestId: request.id } }, () => done()));
  http.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "none";
    deps.operationMetrics.answered({
      method: request.method,
      route,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    done();
  });
  // Bodies are parsed where they are used: uploads stream, GraphQL wants to answer broken JSON in its own way.
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => done(null, body));
  http.addContentTypeParser("*", (_request, _payload, done) => done(null));

  const turnstile = createTurnstile(deps, authenticate, addressOf, {
    limited: (reply, { message, retryAfter }) =>
      sendGraphqlError(reply.header("retry-after", String(retryAfter)), 429, "RATE_LIMITED", message, { retryAfter }),
    tooLarge: (reply, message) => sendGraphqlError(reply, 413, "UNAUTHENTICATED", message),
  });
  const answerGraphql = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const requestId = request.id;
    const body = parseBody(request.body);
    if (body instanceof SyntaxError) {
      return sendGraphqlError(reply, 400, "BAD_REQUEST", "The request body is not JSON.");
    }
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
    if (isDeliberateGet(request)) headers.set("apollo-require-preflight", "true");
    const url = request.raw.url ?? "";
    const verdict: Context["verdict"] = {};
    const context: Context = { deps, ...turnstile.senderOf(request), requestId, verdict };
    const response = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method,
        headers,
        body,
        search: url.includes("?") ? url.slice(url.indexOf("?")) : "",
      },
      context: () => Promise.resolve(context),
    });
    for (const [name, value] of response.headers) reply.header(name, value);
    if (response.body.kind !== "complete") throw new Error("incremental delivery is not used");
    if (!verdict.refused) return reply.code(response.status ?? 200).send(response.body.string);
    return reply.code(429).header("retry-after", String(verdict.refused.retryAfter)).send(response.body.string);
  };
  http.route({
    method: ["GET", "POST"],
    url: "/graphql",
    onRequest: turnstile.admit,
    handler: (request, reply) => {
      const from = request.headers;
      const attributes = { "http.request.method": request.method, "http.route": "/graphql" };
      return traced(`${request.method} /graphql`, { kind: "server", from, attributes }, async (span) => {
        const answer = await answerGraphql(request, reply);
        span.setAttribute("http.response.status_code", reply.statusCode);
        return answer;
      });
    },
  });
  registerHealthRoutes(http, deps, retirement.isRetiring);
  registerAuthStatus(http, deps);
  if (deps.auth) registerAuthRoutes(http, deps, deps.auth, addressOf);
  registerMetricsRoute(http, deps.metrics, async (request) => hasRole(await authenticate(request.raw), "ADMIN"));
  registerAssetRoutes(http, deps, authenticate);
  registerRecipeRoute(http, deps, authenticate);
  registerTimelineRoute(http, deps, authenticate);
  registerExecutionRoute(http, deps, authenticate);
  registerPreviewRoute(http, deps, authenticate);
  const sockets = registerWebSocket(http.server, { deps, pipeline, authenticate, addressOf }, socketLimits);

  return {
    http,
    pipeline,
    retire: retirement.begin,
    listen: async (port, host) => {
      const address = await http.listen({ port, host });
      return Number(new URL(address).port);
    },
    [Symbol.asyncDispose]: async () => {
      await sockets.close();
      await retirement.close();
      await apollo.stop();
    },
  };
}

function createApollo(pipeline: Pipeline, deps: Deps): ApolloServer<Context> {
  const { config, log } = deps;
  return new ApolloServer<Context>({
    schema: pipeline.schema,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: pipeline.maxTokens },
    validationRules: pipeline.rules,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    stringifyResult: stringifyJson,
    // What comes from the pipeline is fit for clients; the rest are Apollo's own refusals, and bugs.
    formatError: (formatted, error) =>
      isErrorCode(formatted.extensions?.["code"])
        ? formatted
        : pipeline.present(error, { deps, requestId: randomUUID() }),
    // Cache hints are not used, and their plugin would wrap every field's resolver.
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      // In place of Apollo's own execution: see docs/decisions/one-pipeline.md.
      { requestDidStart: () => Promise.resolve({ responseForOperation: (request) => answerBy(pipeline, request) }) },
    ],
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (text) => log.warn(text),
      error: (text) => log.error(text),
    },
  });
}

/** An operation's answer, for Apollo to send: 400 where nothing was executed, 500 where that could not even be decided. */
async function answerBy(
  pipeline: Pipeline,
  { document, request, contextValue }: GraphQLRequestContext<Context>,
): Promise<GraphQLResponse> {
  const answer = (singleResult: FormattedExecutionResult, status?: number): GraphQLResponse => ({
    http: { headers: new HeaderMap(), ...(status ? { status } : {}) },
    body: { kind: "single", singleResult },
  });
  try {
    const { errors, ...result } = await pipeline.execute({
      document: document as DocumentNode,
      operationName: request.operationName,
      variables: request.variables ?? {},
      context: contextValue,
    });
    if (!errors) return answer(result);
    const formatted = errors.map((error) => error.toJSON());
    return answer({ ...result, errors: formatted }, result.data === undefined ? 400 : undefined);
  } catch (error) {
    return answer({ errors: [pipeline.present(error, contextValue)] }, 500);
  }
}

/**
 * A GET whose Accept names what GraphQL answers, from no page of another site: a program's, not that of an image, a form or
 * a script tag somewhere. Others need the header that Apollo asks for against forged requests.
 */
function isDeliberateGet({ method, headers }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"] ?? "none";
  return (
    method === "GET" &&
    /application\/(graphql-response\+)?json/.test(headers.accept ?? "") &&
    (site === "none" || site === "same-origin") &&
    headers.origin === undefined
  );
}

function whatIsAway(error: Error): "STORAGE" | "DATABASE" | null {
  if (error instanceof StorageUnavailableError) return "STORAGE";
  return isDatabaseOutage(error) ? "DATABASE" : null;
}

function sendGraphqlError(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  message: string,
  more: object = {},
): FastifyReply {
  return reply
    .code(status)
    .type("application/json; charset=utf-8")
    .send(stringifyJson({ errors: [{ message, extensions: { code, ...more } }] }));
}

/** Large integers in variables stay exact. @returns a SyntaxError for text that is no JSON */
function parseBody(body: unknown): unknown {
  if (typeof body !== "string" || body === "") return "";
  try {
    return parseJson(body);
  } catch (error) {
    return error;
  }
}
