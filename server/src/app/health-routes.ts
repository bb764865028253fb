import type { FastifyInstance } from "fastify";
import type { Deps } from "#app/deps.ts";

/** A store that says nothing for so long is away, in ms: whoever asks has a limit of its own. */
const checkMs = 3_000;

/** GET /healthz: the process lives. GET /readyz: it can do its work, and shall be given some. */
export function registerHealthRoutes(http: FastifyInstance, deps: Deps, isRetiring: () => boolean): void {
  http.get("/healthz", () => ({ status: "ok" }));
  http.get("/readyz", async (_request, reply) => {
    if (isRetiring()) return reply.code(503).send({ status: "stopping", away: [] });
    const checks: Record<string, Promise<unknown>> = {
      database: deps.db.pool.query("SELECT 1"),
      queue: deps.queueBackend.check(),
      storage: deps.storage.check(),
    };
    const results = await Promise.allSettled(Object.values(checks).map(soon));
    const away = Object.keys(checks).filter((_name, index) => results[index]?.status === "rejected");
    if (away.length === 0) return { status: "ready" };
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    deps.log.warn({ err: reasons[0], away }, "not ready");
    return reply.code(503).send({ status: "not ready", away });
  });
}

async function soon(check: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${checkMs} ms`)), checkMs);
  });
  try {
    await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}
