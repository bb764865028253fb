import type { FastifyInstance } from "fastify";
import type { Deps } from "#app/deps.ts";

/** GET /previews/:runId, by signed URL: the latest preview frame of a run in progress. */
export function registerPreviewRoute(server: FastifyInstance, deps: Deps): void {
  server.get<{ Params: { runId: string }; Querystring: { expires?: string; signature?: string } }>(
    "/previews/:runId",
    async (request, reply) => {
      const path = request.url.split("?")[0] ?? "";
      if (!deps.signedUrls.verify(path, request.query)) {
        return reply.code(403).send({ code: "FORBIDDEN", message: "The link is wrong or has expired." });
      }
      const preview = await deps.db.prisma.runPreview.findUnique({ where: { runId: request.params.runId } });
      if (!preview) return reply.code(404).send({ code: "NOT_FOUND", message: "There is no preview now." });
      return reply
        .headers({ "content-type": preview.mime, "cache-control": "no-store", "x-content-type-options": "nosniff" })
        .send(Buffer.from(preview.bytes));
    },
  );
}
