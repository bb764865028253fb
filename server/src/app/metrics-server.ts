import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import type { Registry } from "prom-client";
import type { Config } from "#app/config.ts";
import { refuseForeignHosts } from "#app/guard-requests.ts";

/** GET /metrics, in the format of Prometheus, for those who may. */
export function registerMetricsRoute(
  http: FastifyInstance,
  registry: Registry,
  mayRead: (request: FastifyRequest) => Promise<boolean>,
): void {
  http.get("/metrics", async (request, reply) => {
    if (!(await mayRead(request)))
      return reply
        .code(401)
        .send({ code: "UNAUTHENTICATED", message: "Metrics are for ADMIN, such as by an API key." });
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** For a worker, which has no other server: its own metrics, and a sign of life. */
export async function startMetricsServer(
  registry: Registry,
  port: number,
  config: Pick<Config, "host" | "auth" | "corsOrigins">,
): Promise<AsyncDisposable> {
  const http = fastify({ logger: false, forceCloseConnections: true });
  refuseForeignHosts(http, config);
  // A port of its own, which nobody opens but on purpose.
  registerMetricsRoute(http, registry, () => Promise.resolve(true));
  http.get("/healthz", () => ({ status: "ok" }));
  await http.listen({ port, host: config.host });
  return { [Symbol.asyncDispose]: () => http.close() };
}
