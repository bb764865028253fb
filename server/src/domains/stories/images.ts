import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import { requireBytes } from "#domains/assets/assets.service.ts";

/**
 * For pictures that something of a project is to have.
 * @param pathOf where in the input each of them stands
 * @throws NotFoundError, ValidationError for what is no picture or has lost its bytes
 */
export async function requirePictures(
  tx: PrismaTx,
  projectId: string,
  ids: readonly string[],
  pathOf: (index: number) => string[],
): Promise<void> {
  if (ids.length === 0) return;
  const assets = await tx.asset.findMany({
    where: { id: { in: [...ids] }, projectId },
    select: { id: true, filename: true, removedAt: true, blob: { select: { mime: true } } },
  });
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  for (const [index, id] of ids.entries()) {
    const asset = byId.get(id);
    if (!asset) throw new NotFoundError("The asset, among the files of the project,", pathOf(index));
    if (!asset.blob.mime.startsWith("image/"))
      throw ValidationError.at(pathOf(index), `${asset.filename} is ${asset.blob.mime}; choose a picture`);
    requireBytes(asset, pathOf(index));
  }
}

/** The same for one that may be left out (undefined) or taken away (null). */
export async function requirePicture(
  tx: PrismaTx,
  projectId: string,
  id: string | null | undefined,
  path: string[],
): Promise<void> {
  if (id) await requirePictures(tx, projectId, [id], () => path);
}
