import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "#app/deps.ts";
import type { Authenticate } from "#domains/accounts/auth/authenticate.ts";
import { viewerOfLink } from "#domains/accounts/auth/signed-link.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { receiveUpload } from "#domains/assets/uploads.service.ts";
import { thumbnailOf } from "#domains/assets/thumbnails.ts";
import { DomainError } from "#lib/domain-error.ts";
import { openInside } from "#platform/storage/open-inside.ts";

type LinkRequest = FastifyRequest<{ Params: { id: string } }>;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Types that a browser may show in place; all others are downloads, so that an upload can't run as a page of ours. */
const shownInline = /^(image\/(png|jpeg|webp|gif|avif)|video\/|audio\/)/;

/** PUT /uploads/:id, GET /assets/:id/:filename and GET /thumbnails/:id. All by signed URL, to who may see it. */
export function registerAssetRoutes(server: FastifyInstance, deps: Deps, authenticate: Authenticate): void {
  // In a scope of their own: whatever type a body says it is, it is streamed and not parsed.
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null));
    addRoutes(scope, deps, authenticate);
    done();
  });
}

function addRoutes(server: FastifyInstance, deps: Deps, authenticate: Authenticate): void {
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  const linked = async (request: LinkRequest, reply: FastifyReply): Promise<void> => {
    const viewer = await viewerOfLink(request, reply, deps, authenticate);
    if (viewer) viewers.set(request, viewer);
  };
  /** Prisma filter for the one thing that a link leads to. */
  const linkedTo = (request: LinkRequest) => ({
    AND: [
      { id: uuid.test(request.params.id) ? request.params.id : { in: [] } },
      ownedBy(viewers.get(request) as Viewer),
    ],
  });

  server.put(
    "/uploads/:id",
    { preHandler: linked, bodyLimit: deps.config.maxUploadBytes },
    async (request: LinkRequest, reply) => {
      try {
        const upload = await deps.db.prisma.upload.findFirst({ where: linkedTo(request), select: { id: true } });
        await receiveUpload(deps, upload?.id, request.raw);
        return await reply.code(204).send();
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const status = error.kind === "NotFoundError" ? 404 : error.kind === "ConflictError" ? 409 : 400;
        // What is left of the body is not read; keeping the connection would mistake it for the next request.
        return await reply
          .code(status)
          .header("connection", "close")
          .send({ code: error.code, message: error.message });
      }
    },
  );

  server.get("/assets/:id/:filename", { preHandler: linked }, async (request: LinkRequest, reply) => {
    const asset = await deps.db.prisma.asset.findFirst({ where: linkedTo(request), include: { blob: true } });
    if (!asset) return reply.code(404).send({ code: "NOT_FOUND", message: "The asset does not exist." });
    if (asset.removedAt) {
      return reply
        .code(410)
        .send({ code: "ASSET_REMOVED", message: `A clean-up took the bytes of ${asset.filename}; make it again.` });
    }
    const { mime } = asset.blob;
    const disposition = shownInline.test(mime) ? "inline" : "attachment";
    reply.header("content-disposition", `${disposition}; filename*=UTF-8''${encodeURIComponent(asset.filename)}`);
    const blob = { sha256: asset.sha256, bytes: Number(asset.blob.bytes), mime };
    if (!asset.isInPlace) return sendBlob(request, reply, blob, (range) => deps.storage.read(blob.sha256, range));
    const file = await openInside(deps.config.inputRoots, asset.sourcePath ?? "").catch(() => null);
    reply.raw.once("close", () => void file?.[Symbol.asyncDispose]());
    if (file?.stats.size !== blob.bytes || file.stats.mtime.getTime() !== asset.sourceModifiedAt?.getTime()) {
      return reply
        .code(410)
        .send({ code: "INPUT_CHANGED", message: `${asset.filename} is not where it was any more, or was changed.` });
    }
    return sendBlob(request, reply, blob, (range) => file.read(range));
  });

  server.get("/thumbnails/:id", { preHandler: linked }, async (request: LinkRequest, reply) => {
    const asset = await deps.db.prisma.asset.findFirst({ where: linkedTo(request), include: { blob: true } });
    const sha256 = asset ? await thumbnailOf(deps, asset.blob) : null;
    const blob = sha256 ? await deps.db.prisma.blob.findUnique({ where: { sha256 } }) : null;
    if (!blob) return reply.code(404).send({ code: "NOT_FOUND", message: "There is no thumbnail." });
    return sendBlob(request, reply, { sha256: blob.sha256, bytes: Number(blob.bytes), mime: blob.mime }, (range) =>
      deps.storage.read(blob.sha256, range),
    );
  });
}

/** Answers with a blob: ETag, conditional requests and a single byte range. */
function sendBlob(
  request: FastifyRequest,
  reply: FastifyReply,
  blob: { sha256: string; bytes: number; mime: string },
  read: (range?: { start: number; end: number }) => Readable,
) {
  const etag = `"${blob.sha256}"`;
  reply.headers({
    etag,
    "content-type": blob.mime,
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=31536000, immutable",
    "content-security-policy": "sandbox; default-src 'none'",
  });
  if (matches(request.headers["if-none-match"], etag)) return reply.code(304).send();
  const range = readRange(request.headers.range, blob.bytes);
  if (range === "unsatisfiable") {
    return reply.code(416).header("content-range", `bytes */${blob.bytes}`).send();
  }
  const condition = request.headers["if-range"];
  if (range && (condition === undefined || condition === etag)) {
    reply.code(206).headers({
      "content-range": `bytes ${range.start}-${range.end}/${blob.bytes}`,
      "content-length": range.end - range.start + 1,
    });
    return reply.send(read(range));
  }
  reply.header("content-length", blob.bytes);
  // Reading the file for HEAD only to throw it away would be a waste.
  return reply.send(request.method === "HEAD" ? Readable.from([]) : read());
}

/** Whether an If-None-Match header, which may be a list or `*`, names the entity tag. */
function matches(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((each) => each.trim() === "*" || each.trim().replace(/^W\//, "") === etag);
}

/** The first range of a Range header; undefined for none or for one that is not understood (RFC 9110 ignores those). */
export function readRange(
  header: string | undefined,
  bytes: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const last = bytes - 1;
  if (match[1] === "") {
    const suffix = Math.min(Number(match[2]), bytes);
    return suffix === 0 ? "unsatisfiable" : { start: bytes - suffix, end: last };
  }
  const start = Number(match[1]);
  const end = match[2] === "" ? last : Math.min(Number(match[2]), last);
  if (start > last) return "unsatisfiable";
  return start > end ? undefined : { start, end };
}
