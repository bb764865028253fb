import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { freeFilename, safeFilename } from "#domains/assets/logic/filename.ts";
import type { GatheredInput } from "#domains/queue/submit/gather-inputs.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { openInside } from "#platform/storage/open-inside.ts";
import { StorageUnavailableError, type StoredBlob } from "#platform/storage/storage.ts";

/** Writes the rows of staged files in the transaction of their jobs. */
export type StoreStaged = (client: pg.PoolClient) => Promise<void>;

/**
 * Copies input files on the server into our storage, so that deleting or renaming them after the submit changes nothing;
 * or notes where they lie and what they were. Should the submit fail after all, only bytes without a row are left, for the clean-up to find.
 * @returns undefined when there is nothing to stage
 * @throws ValidationError when a file has changed since it was read
 */
export async function stageInputs(
  { config, storage }: Pick<Deps, "config" | "storage">,
  viewer: Viewer,
  inputs: readonly GatheredInput[],
  projectId: string | null,
  isCopied: boolean,
): Promise<StoreStaged | undefined> {
  // A folder of this submission's own: nobody else takes names in it.
  const folder = `staged/${uuidv7()}`;
  const taken = new Set<string>();
  const rows: object[] = [];
  for (const { dbId, sha256, filename, toStage } of inputs) {
    if (!toStage) continue;
    if (isCopied) await copy({ config, storage }, filename, sha256, toStage.path);
    const name = freeFilename(safeFilename(filename), taken);
    taken.add(name);
    const { mime, width, height, durationSecs: duration, fps } = toStage.media;
    rows.push({
      id: dbId,
      sha256,
      bytes: toStage.bytes,
      mime,
      width,
      height,
      duration,
      fps,
      filename: name,
      source_path: toStage.path,
      is_in_place: !isCopied,
      source_modified_at: toStage.modifiedAt,
    });
  }
  if (rows.length === 0) return undefined;
  return async (client) => {
    await client.query(storeStaged, [JSON.stringify(rows), folder, projectId, viewer.userId]);
  };
}

/** @throws ValidationError */
async function copy(
  { config, storage }: Pick<Deps, "config" | "storage">,
  filename: string,
  sha256: string,
  path: string,
): Promise<void> {
  const store = async (): Promise<StoredBlob> => {
    await using file = await openInside(config.inputRoots, path);
    return await storage.put(file.read(), config.maxUploadBytes);
  };
  const blob = await store().catch((error: Error) => {
    if (error instanceof StorageUnavailableError) throw error;
    throw ValidationError.at(["inputs"], `${filename} can't be read: ${error.message}`, "INPUT_UNREADABLE");
  });
  if (blob.sha256 !== sha256)
    throw ValidationError.at(["inputs"], `${filename} changed while it was read; submit again`, "INPUT_CHANGED");
}

const storeStaged = `
  WITH staged AS (
    SELECT * FROM json_to_recordset($1::json) AS s(
      id uuid, sha256 text, bytes bigint, mime text, width int, height int, duration float8, fps float8, filename text, source_path text,
      is_in_place boolean, source_modified_at timestamptz)
  ), stored AS (
    INSERT INTO blob (sha256, bytes, mime, width, height, duration_secs, fps)
    SELECT DISTINCT ON (sha256) sha256, bytes, mime, width, height, duration, fps FROM staged
    ON CONFLICT (sha256) DO NOTHING
  )
  INSERT INTO asset (id, sha256, kind, folder, filename, source_path, is_in_place, source_modified_at, project_id, created_by_id)
  SELECT id, sha256, 'STAGED', $2, filename, source_path, is_in_place, source_modified_at, $3::uuid, $4::uuid FROM staged`;
