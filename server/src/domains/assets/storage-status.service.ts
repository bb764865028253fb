import type { Deps } from "#app/deps.ts";
import type { AssetKind } from "#platform/db/generated/enums.ts";

export interface StorageStatus {
  kind: "disk" | "s3";
  isReachable: boolean;
  files: number;
  bytes: number;
}

/** What is stored, as the database knows it: a bucket would have to be listed from end to end. */
export async function storageStatus({
  db,
  storage,
  log,
}: Pick<Deps, "db" | "storage" | "log">): Promise<StorageStatus> {
  const [{ rows }, isReachable] = await Promise.all([
    db.pool.query<{ files: number; bytes: string }>(
      `SELECT count(*)::int AS files, coalesce(sum(b.bytes), 0)::text AS bytes FROM blob b
       WHERE b.removed_at IS NULL
         OR EXISTS (SELECT 1 FROM asset a WHERE a.sha256 = b.sha256 AND a.removed_at IS NULL)`,
    ),
    storage.check().then(
      () => true,
      (error: unknown) => {
        log.warn({ err: error }, "the storage does not answer");
        return false;
      },
    ),
  ]);
  return { kind: storage.kind, isReachable, files: rows[0]?.files ?? 0, bytes: Number(rows[0]?.bytes ?? 0) };
}

export interface StorageUse {
  /** Null: bytes that nothing refers to. */
  kind: AssetKind | null;
  files: number;
  bytes: number;
}

/**
 * What is stored, by kind, the most first. Each content counts once, for the first that has it; together they are what
 * storageStatus tells.
 */
export async function storageUse({ db }: Pick<Deps, "db">): Promise<StorageUse[]> {
  const { rows } = await db.pool.query<{ kind: AssetKind | null; files: number; bytes: string }>(
    `WITH owner AS (
       SELECT DISTINCT ON (sha256) sha256, kind FROM asset
       WHERE removed_at IS NULL AND NOT is_in_place ORDER BY sha256, id
     ),
     stored AS (
       SELECT b.bytes, coalesce(owner.kind, CASE WHEN EXISTS (SELECT 1 FROM blob t WHERE t.thumbnail_sha256 = b.sha256)
                                             THEN 'THUMBNAIL'::"AssetKind" END) AS kind
       FROM blob b LEFT JOIN owner USING (sha256)
       WHERE b.removed_at IS NULL
         OR EXISTS (SELECT 1 FROM asset a WHERE a.sha256 = b.sha256 AND a.removed_at IS NULL)
     )
     SELECT kind, count(*)::int AS files, sum(bytes)::text AS bytes FROM stored GROUP BY kind ORDER BY sum(bytes) DESC, kind`,
  );
  return rows.map(({ bytes, ...row }) => ({ ...row, bytes: Number(bytes) }));
}

/** Where the files lie: a folder of the server, or a bucket with the beginning of its keys. */
export function storagePlace({ config }: Pick<Deps, "config">): string {
  return config.s3 ? `s3://${config.s3.bucket}/${config.s3.prefix}` : config.assetsDir;
}
