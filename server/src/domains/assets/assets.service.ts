import type { Readable } from "node:stream";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { freeFilename, safeFilename, splitName } from "#domains/assets/logic/filename.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { isUniqueViolation } from "#platform/db/conflicts.ts";
import type { AssetKind } from "#platform/db/generated/enums.ts";
import { inspectMedia, UnreadableMediaError } from "#platform/media/inspect.ts";
import { type StoredBlob, TooManyBytesError } from "#platform/storage/storage.ts";

type AssetDeps = Pick<Deps, "config" | "db" | "storage" | "signedUrls">;

/** How long an announced upload may take, and its URL lives. */
const uploadLifetimeSecs = 3600;

/** Announces a file. @throws ValidationError, NotFoundError (project) */
export async function createUpload(
  { config, db, signedUrls }: AssetDeps,
  viewer: Viewer,
  input: { filename: string; bytes: number; mime?: string | undefined; projectId?: string | undefined },
) {
  const checked = parseInput(
    z.object({
      filename: z.string().trim().min(1, "a file needs a name").max(1_000),
      bytes: z
        .number()
        .int()
        .min(1, "the file is empty")
        .max(config.maxUploadBytes, `the file is larger than the limit of ${config.maxUploadBytes} bytes`),
      mime: z.string().max(200).optional(),
    }),
    input,
  );
  if (input.projectId) await requireExistingProject({ db }, viewer, input.projectId);
  const upload = await db.prisma.upload.create({
    data: {
      filename: safeFilename(checked.filename),
      bytes: checked.bytes,
      mime: checked.mime ?? null,
      projectId: input.projectId ?? null,
      createdById: viewer.userId,
      expiresAt: new Date(Date.now() + 2 * uploadLifetimeSecs * 1000),
    },
  });
  return { upload, uploadUrl: signedUrls.sign(`/uploads/${upload.id}`, uploadLifetimeSecs) };
}

/**
 * Takes the bytes of an announced upload; the caller has verified the signed URL.
 * @throws NotFoundError, ValidationError when more or fewer bytes arrive than announced
 */
export async function receiveUpload({ db, storage }: AssetDeps, uploadId: string, body: Readable): Promise<void> {
  const upload = await db.prisma.upload.findUnique({ where: { id: uploadId } });
  if (!upload || upload.expiresAt < new Date()) throw new NotFoundError("The upload");
  if (upload.assetId) throw new ConflictError("The upload is complete already", "UPLOAD_COMPLETE");
  let stored: StoredBlob;
  try {
    stored = await storage.putUpload(uploadId, body, Number(upload.bytes));
  } catch (error) {
    if (!(error instanceof TooManyBytesError)) throw error;
    throw ValidationError.at(["bytes"], `more bytes arrived than the ${upload.bytes} announced`, "UPLOAD_SIZE");
  }
  if (BigInt(stored.bytes) !== upload.bytes) {
    await storage.deleteUpload(uploadId);
    throw ValidationError.at(["bytes"], `${stored.bytes} bytes arrived of the ${upload.bytes} announced`, "UPLOAD_SIZE");
  }
  await storage.adoptUpload(uploadId, stored.sha256);
  await db.prisma.upload.update({
    where: { id: uploadId },
    data: { receivedBytes: stored.bytes, sha256: stored.sha256 },
  });
}

/**
 * Makes the asset of a received upload; running it again gives the same asset.
 * @throws NotFoundError, ConflictError when no bytes have arrived, ValidationError for a damaged picture or clip
 */
export async function completeUpload(deps: AssetDeps, viewer: Viewer, uploadId: string) {
  const upload = await deps.db.prisma.upload.findFirst({ where: { id: uploadId, createdById: viewer.userId } });
  if (!upload) throw new NotFoundError("The upload", ["uploadId"]);
  if (upload.assetId) return deps.db.prisma.asset.findUniqueOrThrow({ where: { id: upload.assetId }, include: { blob: true } });
  if (!upload.sha256) {
    throw new ConflictError("The bytes have not arrived; PUT them to the uploadUrl first", "UPLOAD_INCOMPLETE", ["uploadId"]);
  }
  const asset = await storeAsset(deps, {
    blob: { sha256: upload.sha256, bytes: Number(upload.bytes) },
    kind: "UPLOAD",
    folder: `uploads/${upload.projectId ?? upload.createdById}`,
    filename: upload.filename,
    projectId: upload.projectId,
    createdById: upload.createdById,
  });
  await deps.db.prisma.upload.update({ where: { id: uploadId }, data: { assetId: asset.id } });
  return asset;
}

export interface NewAsset {
  blob: StoredBlob;
  kind: AssetKind;
  /** Logical folder; names are unique in it. */
  folder: string;
  filename: string;
  sourcePath?: string | null;
  projectId: string | null;
  createdById: string | null;
}

/**
 * Records stored bytes as an asset, under the first free name of its folder.
 * @throws ValidationError when the bytes are a damaged picture or clip
 */
export async function storeAsset({ db, storage }: Pick<Deps, "db" | "storage">, asset: NewAsset) {
  await ensureBlob({ db, storage }, asset.blob);
  for (;;) {
    const filename = freeFilename(asset.filename, await takenNames(db, asset.folder, asset.filename));
    try {
      return await db.prisma.asset.create({
        data: {
          sha256: asset.blob.sha256,
          kind: asset.kind,
          folder: asset.folder,
          filename,
          sourcePath: asset.sourcePath ?? null,
          projectId: asset.projectId,
          createdById: asset.createdById,
        },
        include: { blob: true },
      });
    } catch (error) {
      // Somebody took the name in between: look again.
      if (!isUniqueViolation(error)) throw error;
    }
  }
}

async function takenNames(db: Deps["db"], folder: string, filename: string): Promise<Set<string>> {
  const { stem } = splitName(filename);
  const rows = await db.prisma.asset.findMany({
    where: { folder, filename: { startsWith: stem } },
    select: { filename: true },
  });
  return new Set(rows.map((row) => row.filename));
}

async function ensureBlob({ db, storage }: Pick<Deps, "db" | "storage">, blob: StoredBlob): Promise<void> {
  if (await db.prisma.blob.findUnique({ where: { sha256: blob.sha256 }, select: { sha256: true } })) return;
  let info: Awaited<ReturnType<typeof inspectMedia>>;
  try {
    info = await inspectMedia(storage.localPath(blob.sha256));
  } catch (error) {
    if (error instanceof UnreadableMediaError) throw ValidationError.at(["uploadId"], error.message, "UNREADABLE_MEDIA");
    throw error;
  }
  await db.prisma.blob.createMany({
    data: [{ sha256: blob.sha256, bytes: blob.bytes, ...info }],
    skipDuplicates: true,
  });
}

/** An asset that the viewer may see; null otherwise. */
export async function findAsset({ db }: Pick<Deps, "db">, viewer: Viewer, id: string) {
  return db.prisma.asset.findFirst({ where: { AND: [{ id }, ownedBy(viewer)] }, include: { blob: true } });
}

/** @throws NotFoundError that names the field */
export async function requireAsset(deps: Pick<Deps, "db">, viewer: Viewer, id: string, path: string[]) {
  const asset = await findAsset(deps, viewer, id);
  if (!asset) throw new NotFoundError("The asset", path);
  return asset;
}
