import type { Deps } from "#app/deps.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { inspectMedia, type MediaInfo, UnreadableMediaError } from "#platform/media/inspect.ts";
import type { StoredBlob } from "#platform/storage/storage.ts";

/** Records stored bytes, once for each content. @throws ValidationError when they are a damaged picture or clip */
export async function ensureBlob(deps: Pick<Deps, "db" | "storage">, blob: StoredBlob): Promise<void> {
  if (await isKnownBlob(deps, blob.sha256)) return;
  await using file = await deps.storage.localCopy(blob.sha256);
  await recordBlob(deps, blob, await describe(file.path));
}

/** Whether the bytes were looked at before. */
export async function isKnownBlob({ db }: Pick<Deps, "db">, sha256: string): Promise<boolean> {
  return (await db.prisma.blob.findUnique({ where: { sha256 }, select: { sha256: true } })) !== null;
}

/** What a file is. @throws ValidationError for a damaged picture or clip */
export async function describe(path: string): Promise<MediaInfo> {
  try {
    return await inspectMedia(path);
  } catch (error) {
    if (error instanceof UnreadableMediaError)
      throw ValidationError.at(["uploadId"], error.message, "UNREADABLE_MEDIA");
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
