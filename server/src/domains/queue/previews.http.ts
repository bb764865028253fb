import type { FastifyInstance } from "fastify";
import type { Deps } from "#app/deps.ts";
import type { Authenticate } from "#domains/accounts/auth/authenticate.ts";
import { viewerOfLink } from "#domains/accounts/auth/signed-link.ts";
import { ownedBy } from "#domains/accounts/viewer.ts";

/** GET /previews/:runId, by signed URL: the latest preview frame of a run in progress. */
export function registerPreviewRoute(server: FastifyInstance, deps: Deps, authenticate: Authenticate): void {
  server.get<{ Params: { runId: string } }>("/previews/:runId", async (request, reply) => {
    const viewer = await viewerOfLink(request, reply, deps, authenticate);
    if (!viewer) return reply;
    const preview = await deps.db.prisma.runPreview.findFirst({
      where: { runId: request.params.runId, run: { job: ownedBy(viewer) } },
    });
    if (!preview) return reply.code(404).send({ code: "NOT_FOUND", message: "There is no preview now." });
    return reply
      .headers({ "content-type": preview.mime, "cache-control": "no-store" })
      .send(Buffer.from(preview.bytes));
  });
}
