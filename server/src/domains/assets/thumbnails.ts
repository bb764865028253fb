import type { Deps } from "#app/deps.ts";
import type { Blob } from "#platform/db/generated/client.ts";
import { makeThumbnail } from "#platform/media/thumbnail.ts";

const making = new Map<string, Promise<string | null>>();

/**
 * The hash of a blob's thumbnail, made when it is asked for the first time and kept. Null for what has no picture.
 * Requests for one blob at the same moment share the work.
 */
export function thumbnailOf(deps: Pick<Deps, "db" | "storage">, blob: Blob): Promise<string | null> {
  if (blob.thumbnailSha256) return Promise.resolve(blob.thumbnailSha256);
  let work = making.get(blob.sha256);
  if (!work) {
    work = make(deps, blob).finally(() => making.delete(blob.sha256));
    making.set(blob.sha256, work);
  }
  return work;
}

async function make({ db, storage }: Pick<Deps, "db" | "storage">, blob: Blob): Promise<string | null> {
  const bytes = await makeThumbnail(storage.localPath(blob.sha256), blob.mime);
  if (!bytes) return null;
  const stored = await storage.putBytes(bytes);
  await db.prisma.blob.createMany({
    data: [{ sha256: stored.sha256, bytes: stored.bytes, mime: "image/webp" }],
    skipDuplicates: true,
  });
  await db.prisma.blob.update({ where: { sha256: blob.sha256 }, data: { thumbnailSha256: stored.sha256 } });
  return stored.sha256;
}
