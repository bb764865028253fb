import type { Deps } from "#app/deps.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { ensureBlob } from "#domains/assets/blobs.ts";
import { freeFilename, splitName } from "#domains/assets/logic/filename.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { isUniqueViolation } from "#platform/db/conflicts.ts";
import type { AssetKind } from "#platform/db/generated/enums.ts";
import type { StoredBlob } from "#platform/storage/storage.ts";

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

/**
 * Looks at stored bytes and records them, so that assets can be made of them in a transaction.
 * @throws ValidationError when they are a damaged picture or clip
 */
export async function prepareBlob(deps: Pick<Deps, "db" | "storage">, blob: StoredBlob): Promise<void> {
  return ensureBlob(deps, blob);
}

async function takenNames(db: Deps["db"], folder: string, filename: string): Promise<Set<string>> {
  const { stem } = splitName(filename);
  const rows = await db.prisma.asset.findMany({
    where: { folder, filename: { startsWith: stem } },
    select: { filename: true },
  });
  return new Set(rows.map((row) => row.filename));
}

/** An asset that the viewer may see; null otherwise. */
export async function findAsset({ db }: Pick<Deps, "db">, viewer: Viewer, id: string) {
  return db.prisma.asset.findFirst({ where: { AND: [{ id }, ownedBy(viewer)] }, include: { blob: true } });
}

/** An asset whose bytes are there. @throws NotFoundError, ValidationError (ASSET_REMOVED) that name the field */
export async function requireAsset(deps: Pick<Deps, "db">, viewer: Viewer, id: string, path: string[]) {
  const asset = await findAsset(deps, viewer, id);
  if (!asset) throw new NotFoundError("The asset", path);
  requireBytes(asset, path);
  return asset;
}

/** @throws ValidationError (ASSET_REMOVED) when a clean-up took the bytes */
export function requireBytes(
  { filename, removedAt }: { filename: string; removedAt: Date | null },
  path: string[],
): void {
  if (removedAt === null) return;
  throw ValidationError.at(
    path,
    `a clean-up took the bytes of ${filename} on ${removedAt.toISOString().slice(0, 10)}; upload it again`,
    "ASSET_REMOVED",
  );
}
