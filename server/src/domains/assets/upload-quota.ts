import type { Deps } from "#app/deps.ts";
import type { Config } from "#app/config.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { ConflictError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";

/** For how long a finished upload counts, in ms. */
export const quotaWindowMs = 24 * 3_600_000;

/**
 * Announces so many bytes more, if the viewer may.
 * @throws ConflictError UPLOAD_QUOTA, TOO_MANY_UPLOADS
 */
export async function withinUploadQuota<Result>(
  { config: { limits }, db }: Pick<Deps, "config" | "db">,
  viewer: Viewer,
  bytes: number,
  announce: (tx: PrismaTx) => Promise<Result>,
): Promise<Result> {
  if (limits.uploadBytesPerDay === null && limits.maxOpenUploads === null) return announce(db.prisma);
  return db.prisma.$transaction(async (tx) => {
    await requireUploadQuota(tx, limits, viewer, bytes);
    return announce(tx);
  });
}

/** Until the transaction ends nobody else announces for the same person. */
async function requireUploadQuota(
  tx: PrismaTx,
  { uploadBytesPerDay, maxOpenUploads }: Config["limits"],
  viewer: Viewer,
  bytes: number,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`uploads of ${viewer.userId}`}, 0))`;
  const since = new Date(Date.now() - quotaWindowMs);
  const ofViewer = { createdById: viewer.userId, expiresAt: { gt: new Date() } };
  const [open, lately] = await Promise.all([
    tx.upload.count({ where: { ...ofViewer, assetId: null } }),
    tx.upload.aggregate({ where: { ...ofViewer, createdAt: { gt: since } }, _sum: { bytes: true } }),
  ]);
  if (maxOpenUploads !== null && open >= maxOpenUploads)
    throw new ConflictError(
      `${open} uploads are announced and not complete, and no more are allowed; complete them, or wait two hours until they are forgotten`,
      "TOO_MANY_UPLOADS",
    );
  const used = Number(lately._sum.bytes ?? 0);
  if (uploadBytesPerDay !== null && used + bytes > uploadBytesPerDay)
    throw new ConflictError(
      `Within 24 hours ${uploadBytesPerDay} bytes may be uploaded, and ${used} were; upload later, or ask whoever keeps the server to raise CALLSHEET_UPLOAD_QUOTA_MIB`,
      "UPLOAD_QUOTA",
      ["bytes"],
    );
}
