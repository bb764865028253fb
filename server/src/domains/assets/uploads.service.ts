import type { Readable } from "node:stream";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireAsset, storeAsset } from "#domains/assets/assets.service.ts";
import { describe, isKnownBlob, recordBlob } from "#domains/assets/blobs.ts";
import { safeFilename } from "#domains/assets/logic/filename.ts";
import { quotaWindowMs, withinUploadQuota } from "#domains/assets/upload-quota.ts";
import { keepThumbnail } from "#domains/assets/thumbnails.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { UnreadableMediaError } from "#platform/media/inspect.ts";
import { makeThumbnail } from "#platform/media/thumbnail.ts";
import {
  type LocalFile,
  NotStoredError,
  type StoredBlob,
  TooFewBytesError,
  TooManyBytesError,
} from "#platform/storage/storage.ts";

type UploadDeps = Pick<Deps, "config" | "db" | "storage" | "signedUrls">;

/** How long an announced upload may take, and its URL lives. */
const uploadLifetimeSecs = 3600;

/** Forgets uploads whose time is over; what waits of them goes too. */
async function removeExpiredUploads({ db, storage }: Pick<Deps, "db" | "storage">): Promise<void> {
  const expired = await db.prisma.upload.findMany({
    where: { expiresAt: { lt: new Date() } },
    select: { id: true },
    take: 100,
  });
  if (expired.length === 0) return;
  for (const { id } of expired) await storage.deleteUpload(id);
  await db.prisma.upload.deleteMany({ where: { id: { in: expired.map(({ id }) => id) } } });
}

/** Announces a file. @throws ValidationError, NotFoundError (project), ConflictError (what the viewer may upload) */
export async function createUpload(
  { config, db, storage, signedUrls, operationMetrics }: UploadDeps & Pick<Deps, "operationMetrics">,
  viewer: Viewer,
  input: { filename: string; bytes: number; mime?: string | undefined; projectId?: string | undefined },
) {
  const checked = parseInput(
    z.object({
      filename: z.string().max(1_000).trim().min(1, "a file needs a name"),
      bytes: z
        .number()
        .int()
        .min(1, "the file is empty")
        .max(config.maxUploadBytes, `the file is larger than the limit of ${config.maxUploadBytes} bytes`),
      mime: storableText(200).optional(),
    }),
    input,
  );
  if (input.projectId) await requireExistingProject({ db }, viewer, input.projectId);
  await removeExpiredUploads({ db, storage });
  const data = {
    filename: safeFilename(checked.filename),
    bytes: checked.bytes,
    mime: checked.mime ?? null,
    projectId: input.projectId ?? null,
    createdById: viewer.userId,
    expiresAt: new Date(Date.now() + 2 * uploadLifetimeSecs * 1000),
  };
  const upload = await withinUploadQuota({ config, db }, viewer, checked.bytes, (tx) =>
    tx.upload.create({ data }),
  ).catch((error: unknown) => {
    if (error instanceof ConflictError) operationMetrics.refused("uploads");
    throw error;
  });
  return { upload, uploadUrl: signedUrls.sign(`/uploads/${upload.id}`, uploadLifetimeSecs) };
}

/**
 * Takes the bytes of an announced upload; the caller has verified the signed URL and who sends.
 * @throws NotFoundError, ValidationError when more or fewer bytes arrive than announced
 */
export async function receiveUpload(
  { db, storage }: UploadDeps,
  uploadId: string | undefined,
  body: Readable,
): Promise<void> {
  const upload = uploadId === undefined ? null : await db.prisma.upload.findUnique({ where: { id: uploadId } });
  if (!uploadId || !upload || upload.expiresAt < new Date()) throw new NotFoundError("The upload");
  if (upload.assetId) throw new ConflictError("The upload is complete already", "UPLOAD_COMPLETE");
  let stored: StoredBlob;
  try {
    stored = await storage.putUpload(uploadId, body, Number(upload.bytes));
  } catch (error) {
    if (error instanceof TooManyBytesError)
      throw ValidationError.at(["bytes"], `more bytes arrived than the ${upload.bytes} announced`, "UPLOAD_SIZE");
    if (error instanceof TooFewBytesError)
      throw ValidationError.at(
        ["bytes"],
        `${error.arrived} bytes arrived of the ${upload.bytes} announced`,
        "UPLOAD_SIZE",
      );
    throw error;
  }
  await db.prisma.upload.update({
    where: { id: uploadId },
    data: { receivedBytes: stored.bytes, sha256: stored.sha256 },
  });
}

/**
 * Makes the asset of a received upload; running it again gives the same asset.
 * @throws NotFoundError, ConflictError when no bytes have arrived, ValidationError for a damaged picture or clip
 */
export async function completeUpload(deps: UploadDeps, viewer: Viewer, uploadId: string) {
  const { db, storage } = deps;
  const upload = await db.prisma.upload.findFirst({ where: { id: uploadId, createdById: viewer.userId } });
  if (!upload) throw new NotFoundError("The upload", ["uploadId"]);
  if (upload.assetId) return requireAsset(deps, viewer, upload.assetId, ["uploadId"]);
  if (!upload.sha256) {
    throw new ConflictError("The bytes have not arrived; PUT them to the uploadUrl first", "UPLOAD_INCOMPLETE", [
      "uploadId",
    ]);
  }
  const blob = { sha256: upload.sha256, bytes: Number(upload.bytes) };
  try {
    const found = (await isKnownBlob(deps, blob.sha256)) ? null : await lookAt(deps, uploadId, blob.sha256);
    await storage.adoptUpload(uploadId, blob.sha256);
    if (found) await recordBlob(deps, blob, found.info);
    if (found?.thumbnail) await keepThumbnail(deps, blob.sha256, found.thumbnail);
  } catch (error) {
    if (error instanceof NotStoredError)
      throw new ConflictError("The bytes are no longer there; PUT them to the uploadUrl again", "UPLOAD_INCOMPLETE", [
        "uploadId",
      ]);
    if (!(error instanceof ValidationError)) throw error;
    // A damaged file is of no use to anybody, and neither is its upload.
    await storage.deleteUpload(uploadId);
    await db.prisma.upload.deleteMany({ where: { id: uploadId } });
    throw error;
  }
  const asset = await storeAsset(deps, {
    blob,
    kind: "UPLOAD",
    folder: `uploads/${upload.projectId ?? upload.createdById}`,
    filename: upload.filename,
    projectId: upload.projectId,
    createdById: upload.createdById,
  });
  const { count } = await db.prisma.upload.updateMany({
    where: { id: uploadId, assetId: null },
    // It counts towards what may be uploaded within a day.
    data: { assetId: asset.id, expiresAt: new Date(Date.now() + quotaWindowMs) },
  });
  if (count === 1) return asset;
  // Somebody completed it at the same moment: theirs stays.
  await db.prisma.asset.delete({ where: { id: asset.id } });
  const { assetId } = await db.prisma.upload.findUniqueOrThrow({ where: { id: uploadId } });
  return requireAsset(deps, viewer, assetId ?? "", ["uploadId"]);
}

/** Looks at an upload where it waits: a damaged file never becomes a blob. @throws ValidationError */
async function lookAt({ storage }: Pick<Deps, "storage">, uploadId: string, sha256: string) {
  await using file = await storage.localUpload(uploadId, sha256).catch((error: unknown): Promise<LocalFile> => {
    // Another request may have made it a blob a moment ago.
    if (error instanceof NotStoredError) return storage.localCopy(sha256);
    throw error;
  });
  const info = await describe(file.path);
  // Headers can be whole where the picture is not: making the thumbnail at once shows it.
  return { info, thumbnail: await readable(info.mime, () => makeThumbnail(file.path, info.mime)) };
}

/** @throws ValidationError when the work fails, which reads a picture */
async function readable<T>(mime: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw ValidationError.at(["uploadId"], new UnreadableMediaError(mime, error).message, "UNREADABLE_MEDIA");
  }
}
