import type { Deps } from "#app/deps.ts";

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
