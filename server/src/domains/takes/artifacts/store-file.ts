import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deps } from "#app/deps.ts";
import { storeAsset } from "#domains/assets/assets.service.ts";
import { isReferenceViolation } from "#platform/db/conflicts.ts";
import type { AssetKind } from "#platform/db/generated/enums.ts";

/** A clip of hours, in bytes. */
const maxBytes = 32 * 1024 ** 3;

export interface FileOwner {
  takeId: string;
  projectId: string;
  createdById: string;
}

/** Stores a file that was made for a take. @returns the asset's id */
export async function storeTakeFile(
  deps: Pick<Deps, "db" | "storage">,
  owner: FileOwner,
  { path, filename, kind }: { path: string; filename: string; kind: AssetKind },
): Promise<string> {
  const blob = await deps.storage.put(createReadStream(path), maxBytes);
  const { takeId, projectId, createdById } = owner;
  const asset = await storeAsset(deps, { blob, kind, folder: `takes/${takeId}`, filename, projectId, createdById });
  return asset.id;
}

/** Removes assets that are of no further use to a take. What somebody has taken for something else meanwhile stays. */
export async function dropAssets({ db }: Pick<Deps, "db">, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await db.pool.query("DELETE FROM asset WHERE id = $1", [id]).catch((error: unknown) => {
      if (!isReferenceViolation(error)) throw error;
    });
}

/** Files that were made for a take and that it has no use for now: of work that was cut short, or a clip that was joined anew. */
export async function findLeftovers({ db }: Pick<Deps, "db">, takeId: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT a.id FROM asset a WHERE a.folder = $1
       AND NOT EXISTS (SELECT 1 FROM take_segment s WHERE s.boundary_asset_id = a.id)
       AND NOT EXISTS (SELECT 1 FROM take_segment s WHERE s.output_asset_id = a.id)
       AND NOT EXISTS (SELECT 1 FROM take_segment s WHERE s.seed_asset_id = a.id)
       AND NOT EXISTS (SELECT 1 FROM boundary_candidate c WHERE c.asset_id = a.id)`,
    [`takes/${takeId}`],
  );
  return rows.map(({ id }) => id);
}

/** A folder of this machine that is gone when the work is over. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "callsheet-take-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
