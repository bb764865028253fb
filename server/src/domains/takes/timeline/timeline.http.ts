import type { FastifyInstance } from "fastify";
import { ZipFile } from "yazl";
import type { Deps } from "#app/deps.ts";
import type { Authenticate } from "#domains/accounts/auth/authenticate.ts";
import { viewerOfLink } from "#domains/accounts/auth/signed-link.ts";
import { maySeeProject } from "#domains/accounts/viewer.ts";
import { toEdl, toOtio } from "#domains/takes/logic/edit-list.ts";
import { loadRecipes } from "#domains/takes/recipes/recipe.service.ts";
import { type ProjectTimeline, timelineOf } from "#domains/takes/timeline/timeline.service.ts";
import { DomainError } from "#lib/domain-error.ts";
import { stringifyJson } from "#lib/json.ts";

type LinkRequest = { Params: { projectId: string } };

/**
 * GET /timelines/:projectId/:filename, by signed URL to who may see it: a zip with a project's approved takes in `media/`, their recipes beside
 * them, and the timeline as OTIO and EDL. It is put together while it is sent.
 */
export function registerTimelineRoute(server: FastifyInstance, deps: Deps, authenticate: Authenticate): void {
  server.get<LinkRequest>("/timelines/:projectId/:filename", async (request, reply) => {
    const viewer = await viewerOfLink(request, reply, deps, authenticate);
    if (!viewer) return reply;
    if (!maySeeProject(viewer, request.params.projectId))
      return reply.code(404).send({ code: "NOT_FOUND", message: "There is no such project." });
    try {
      const timeline = await timelineOf(deps, request.params.projectId);
      const zip = await zipOf(deps, timeline);
      return reply
        .headers({
          "content-type": "application/zip",
          "content-disposition": "attachment",
          "cache-control": "no-store",
        })
        .send(zip.outputStream);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return reply.code(409).send({ code: error.code, message: error.message });
    }
  });
}

async function zipOf(deps: Deps, timeline: ProjectTimeline): Promise<ZipFile> {
  const zip = new ZipFile();
  const addText = (text: string, name: string): void => zip.addBuffer(Buffer.from(text), name);
  addText(stringifyJson(toOtio(timeline), 2), "timeline.otio");
  addText(toEdl(timeline), "timeline.edl");
  const recipes = await loadRecipes(
    deps,
    timeline.clips.map(({ takeId }) => takeId),
  );
  for (const { filename, sha256, takeId, bytes } of timeline.clips) {
    // Clips are packed already: trying to make them smaller would only take time.
    const options = { size: bytes, compress: false };
    zip.addReadStreamLazy(`media/${filename}`, options, (open) => open(null, deps.storage.read(sha256)));
    addText(stringifyJson(recipes.get(takeId), 2), `media/${filename}.json`);
  }
  zip.on("error", (error) => {
    deps.log.error({ err: error }, "a timeline could not be sent whole");
    (zip.outputStream as unknown as { destroy(error: unknown): void }).destroy(error);
  });
  zip.end();
  return zip;
}
