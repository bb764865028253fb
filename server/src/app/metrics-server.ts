import fastify, { type FastifyInstance } from "fastify";
import type { Registry } from "prom-client";

/** GET /metrics, in the format of Prometheus. */
export function registerMetricsRoute(http: FastifyInstance, registry: Registry): void {
  http.get("/metrics", async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}

/** For a worker, which has no other server: its own metrics, and a sign of life. */
export async function startMetricsServer(registry: Registry, port: number, host: string): Promise<AsyncDisposable> {
  const http = fastify({ logger: false, forceCloseConnections: true });
  registerMetricsRoute(http, registry);
  http.get("/healthz", () => ({ status: "ok" }));
  await http.listen({ port, host });
  return { [Symbol.asyncDispose]: () => http.close() };
}
