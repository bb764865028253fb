import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { LocalCache } from "#platform/storage/local-cache.ts";
import { RemovalMarks } from "#platform/storage/removal-marks.ts";
import { isMissing, isNotOffered } from "#platform/storage/s3-errors.ts";
import { type S3Object, S3Objects, type S3Options, type S3Settings } from "#platform/storage/s3-objects.ts";
import { blobKey, NotStoredError, type Storage, TooFewBytesError, uploadKey } from "#platform/storage/storage.ts";

export interface CacheSettings {
  directory: string;
  maxBytes: number;
}

/**
 * Files in a bucket of an S3-compatible service. What streams in is written to this machine first: its hash, which is its
 * key, is known at the end only, and a request that fails can be made again. An object is seen once it is whole.
 */
export async function openS3Storage(
  settings: S3Settings,
  cacheSettings: CacheSettings,
  options: S3Options = {},
): Promise<Storage> {
  const cache = await LocalCache.open(cacheSettings.directory, cacheSettings.maxBytes);
  const objects = await S3Objects.open(settings, options);
  const marks = new RemovalMarks(objects);

  /** Stores a blob unless it is there; in any case it is there and counts as touched afterwards. */
  const keep = async (sha256: string, write: () => Promise<void>): Promise<void> => {
    for (;;) {
      // Copied onto itself it counts as touched.
      if (!(await objects.copy(blobKey(sha256), blobKey(sha256)))) await write();
      const wasMarked = await marks.wait(sha256);
      if (!wasMarked && (await objects.head(blobKey(sha256)))) return;
    }
  };

  const read = (key: string, sha256: string, range = { start: 0 }): Readable =>
    Readable.from(orNotStored(objects.chunks(key, range), sha256), { objectMode: false });

  return {
    kind: "s3",
    check: () => objects.check(),
    put: async (body, limit) => {
      const receiving = cache.receive(body, limit).catch((error: unknown) => {
        body.destroy();
        throw error;
      });
      await using file = await receiving;
      await keep(file.sha256, () => objects.putFile(blobKey(file.sha256), file.path));
      await file.keep();
      return { sha256: file.sha256, bytes: file.bytes };
    },
    putBytes: async (bytes) => {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      await keep(sha256, () => objects.putBytes(blobKey(sha256), bytes));
      return { sha256, bytes: bytes.length };
    },
    read: (sha256, range) => read(blobKey(sha256), sha256, range),
    bytes: (sha256) => buffer(read(blobKey(sha256), sha256)),
    localCopy: (sha256) => cache.use(sha256, () => read(blobKey(sha256), sha256)),
    has: async (sha256) => (await objects.head(blobKey(sha256))) !== null,
    delete: async (sha256) => {
      await objects.delete(blobKey(sha256));
      await cache.forget(sha256);
    },
    remove: async (sha256, untouchedForMs) => {
      const state = async (signal?: AbortSignal): Promise<"gone" | "touched" | "untouched"> => {
        const found = await objects.head(blobKey(sha256), signal);
        return found ? (isUntouched(found, untouchedForMs) ? "untouched" : "touched") : "gone";
      };
      const before = await state();
      if (before === "touched") return false;
      await cache.forget(sha256);
      if (before === "gone") return true;
      return marks.during(sha256, async (signal) => {
        const now = await state(signal);
        if (now === "untouched") await objects.delete(blobKey(sha256), signal);
        return now !== "touched";
      });
    },
    async *listUntouched(untouchedForMs) {
      for await (const found of objects.list("blobs/")) {
        const sha256 = found.key.slice(found.key.lastIndexOf("/") + 1);
        if (/^[0-9a-f]{64}$/.test(sha256) && isUntouched(found, untouchedForMs)) yield { sha256, bytes: found.bytes };
      }
    },
    sweepTemporary: async (untouchedForMs) => {
      const before = new Date(Date.now() - untouchedForMs);
      const { files, bytes } = await cache.sweep(untouchedForMs);
      // How large half an upload is would have to be asked for each of its parts. Where they can't be listed the service
      // ends them by itself.
      const halves = await objects.abortUploads(before).catch((error: unknown) => {
        if (isNotOffered(error)) return 0;
        throw error;
      });
      await marks.sweep(before);
      return { files: files + halves, bytes };
    },
    putUpload: async (uploadId, body, bytes) => {
      await using file = await cache.receive(body, bytes);
      if (file.bytes < bytes) throw new TooFewBytesError(file.bytes, bytes);
      await objects.putFile(uploadKey(uploadId, file.sha256), file.path);
      await file.keep();
      return { sha256: file.sha256, bytes: file.bytes };
    },
    localUpload: async (uploadId, sha256) => {
      const key = uploadKey(uploadId, sha256);
      if (!(await objects.head(key))) throw new NotStoredError(sha256);
      return cache.use(sha256, () => read(key, sha256));
    },
    adoptUpload: async (uploadId, sha256) => {
      await keep(sha256, async () => {
        const isThere = await objects.copy(uploadKey(uploadId, sha256), blobKey(sha256));
        // Somebody else may have adopted it at the same moment.
        if (!isThere && !(await objects.head(blobKey(sha256)))) throw new NotStoredError(sha256);
      });
      await removeUpload(uploadId);
    },
    deleteUpload: (uploadId) => removeUpload(uploadId),
    [Symbol.asyncDispose]: () => Promise.resolve(objects[Symbol.dispose]()),
  };

  async function removeUpload(uploadId: string): Promise<void> {
    for await (const { key } of objects.list(`uploads/${uploadId}/`)) await objects.delete(key);
  }
}

function isUntouched({ modifiedAt }: S3Object, untouchedForMs: number): boolean {
  return Date.now() - modifiedAt.getTime() >= untouchedForMs;
}

async function* orNotStored(chunks: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw isMissing(error) ? new NotStoredError(sha256) : error;
  }
}
