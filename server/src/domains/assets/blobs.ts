import type { Deps } from "#app/deps.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { inspectMedia, type MediaInfo, UnreadableMediaError } from "#platform/media/inspect.ts";
import type { StoredBlob } from "#platform/storage/storage.ts";

/** Records stored bytes, once for each content. @throws ValidationError when they are a damaged picture or clip */
export async function ensureBlob(deps: Pick<Deps, "db" | "storage">, blob: StoredBlob): Promise<void> {
  const info = await describe(deps, blob.sha256, [deps.storage.localPath(blob.sha256)]);
  if (info) await recordBlob(deps, blob, info);
}

/**
 * What the bytes are, which lie at one of the paths; null when the blob is known already.
 * @throws ValidationError for a damaged picture or clip
 */
export async function describe(
  { db }: Pick<Deps, "db">,
  sha256: string,
  paths: string[],
): Promise<(MediaInfo & { path: string }) | null> {
  if (await db.prisma.blob.findUnique({ where: { sha256 }, select: { sha256: true } })) return null;
  const [path = "", ...others] = paths;
  try {
    return { ...(await inspectMedia(path)), path };
  } catch (error) {
    if (error instanceof UnreadableMediaError)
      throw ValidationError.at(["uploadId"], error.message, "UNREADABLE_MEDIA");
    if (others.length > 0 && (error as NodeJS.ErrnoException).code === "ENOENT")
      return describe({ db }, sha256, others);
    throw error;
  }
}

export async function recordBlob(
  { db }: Pick<Deps, "db">,
  blob: StoredBlob,
  { mime, width, height, durationSecs, fps }: MediaInfo,
): Promise<void> {
  await db.prisma.blob.createMany({
    data: [{ ...blob, mime, width, height, durationSecs, fps }],
    skipDuplicates: true,
  });
}
