import type { FastifyInstance } from "fastify";
import { ZipFile } from "yazl";
import type { Deps } from "#app/deps.ts";
import type { Authenticate } from "#domains/accounts/auth/authenticate.ts";
import { viewerOfLink } from "#domains/accounts/auth/signed-link.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { executionMetadata } from "#domains/stories/executions/execution-metadata.ts";
import { executionFolder } from "#domains/stories/logic/execution-paths.ts";
import { executionTimeline } from "#domains/stories/logic/execution-timeline.ts";
import { toEdl, toOtio } from "#domains/takes/logic/edit-list.ts";
import { stringifyJson } from "#lib/json.ts";

type LinkRequest = { Params: { executionId: string } };

/**
 * GET /executions/:executionId/:filename, by signed URL to who may see it: a zip with all files of an execution that there are, in their
 * layout. It is put together while it is sent.
 */
export function registerExecutionRoute(server: FastifyInstance, deps: Deps, authenticate: Authenticate): void {
  server.get<LinkRequest>("/executions/:executionId/:filename", async (request, reply) => {
    const viewer = await viewerOfLink(request, reply, deps, authenticate);
    if (!viewer) return reply;
    const zip = await zipOf(deps, viewer, request.params.executionId);
    if (!zip) return reply.code(404).send({ code: "NOT_FOUND", message: "There is no such execution." });
    return reply
      .headers({
        "content-type": "application/zip",
        "content-disposition": "attachment",
        "cache-control": "no-store",
      })
      .send(zip.outputStream);
  });
}

async function zipOf(deps: Deps, viewer: Viewer, id: string): Promise<ZipFile | null> {
  const order = { orderBy: { order: "asc" as const } };
  const execution = await deps.db.prisma.execution.findFirst({
    where: { id, branch: ofProject(viewer) },
    include: { scenes: order, transitions: order },
  });
  if (!execution) return null;
  const root = executionFolder(execution);
  const assets = await deps.db.prisma.asset.findMany({
    where: {
      folder: { in: [root, `${root}/input`, `${root}/images`, `${root}/videos`] },
      filename: { not: "metadata.json" },
      removedAt: null,
    },
    orderBy: [{ folder: "asc" }, { filename: "asc" }],
    include: { blob: true },
  });
  const zip = new ZipFile();
  for (const { folder, filename, sha256, blob } of assets) {
    // Pictures and clips are packed already: trying to make them smaller would only take time.
    const options = { size: Number(blob.bytes), compress: false };
    zip.addReadStreamLazy(`${folder}/${filename}`, options, (open) => open(null, deps.storage.read(sha256)));
  }
  // As of now: files may have come, or been made again, since the film was joined.
  const metadata = stringifyJson(await executionMetadata(deps, id), 2);
  const addText = (text: string, name: string): void => zip.addBuffer(Buffer.from(text), `${root}/${name}`);
  addText(metadata, "metadata.json");
  const timeline = executionTimeline(execution.execId, execution.scenes, execution.transitions);
  if (timeline) {
    addText(stringifyJson(toOtio(timeline), 2), "timeline.otio");
    addText(toEdl(timeline), "timeline.edl");
  }
  zip.on("error", (error) => {
    deps.log.error({ err: error, executionId: id }, "an execution could not be sent whole");
    (zip.outputStream as unknown as { destroy(error: unknown): void }).destroy(error);
  });
  zip.end();
  return zip;
}
