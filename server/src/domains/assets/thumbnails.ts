import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deps } from "#app/deps.ts";
import type { Blob } from "#platform/db/generated/client.ts";
import { makeThumbnail } from "#platform/media/thumbnail.ts";
import { StorageUnavailableError } from "#platform/storage/storage.ts";

type ThumbnailDeps = Pick<Deps, "db" | "storage" | "media" | "log">;
const making = new Map<string, Promise<string | null>>();

/**
 * The hash of a blob's thumbnail, made when it is asked for the first time and kept. Null for what has no picture.
 * Requests for one blob at the same moment share the work.
 */
export function thumbnailOf(deps: ThumbnailDeps, blob: Blob): Promise<string | null> {
  if (blob.thumbnailSha256) return Promise.resolve(blob.thumbnailSha256);
  let work = making.get(blob.sha256);
  if (!work) {
    work = make(deps, blob).finally(() => making.delete(blob.sha256));
    making.set(blob.sha256, work);
  }
  return work;
}

async function make(deps: ThumbnailDeps, { sha256, mime }: Blob): Promise<string | null> {
  try {
    await using file = await deps.storage.localCopy(sha256);
    const bytes = mime.startsWith("video/") ? await posterOf(deps, file.path) : await makeThumbnail(file.path, mime);
    return bytes && (await keepThumbnail(deps, sha256, bytes));
  } catch (error) {
    if (error instanceof StorageUnavailableError) throw error;
    // Machines can write pictures and clips that are cut short: they have none then.
    deps.log.warn({ err: error, sha256 }, "no thumbnail");
    return null;
  }
}

async function posterOf({ media }: Pick<Deps, "media">, path: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "callsheet-poster-"));
  try {
    const to = join(folder, "poster.webp");
    await media.poster(path, to);
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Stores a thumbnail and notes it at the blob that it is of. */
export async function keepThumbnail(
  { db, storage }: Pick<Deps, "db" | "storage">,
  ofSha256: string,
  bytes: Uint8Array,
): Promise<string> {
  const stored = await storage.putBytes(bytes);
  await db.prisma.blob.createMany({
    data: [{ sha256: stored.sha256, bytes: stored.bytes, mime: "image/webp" }],
    skipDuplicates: true,
  });
  await db.prisma.blob.update({ where: { sha256: ofSha256 }, data: { thumbnailSha256: stored.sha256 } });
  return stored.sha256;
}
