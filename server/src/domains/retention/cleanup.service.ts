import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { type Found, findCandidates, markRemoved } from "#domains/retention/find-candidates.ts";
import { readRules } from "#domains/retention/retention-rules.service.ts";
import { removeStrays } from "#domains/retention/remove-strays.ts";
import { ConflictError } from "#lib/domain-error.ts";
import type { Cleanup } from "#platform/db/generated/client.ts";

export type CleanupDeps = Pick<Deps, "config" | "db" | "storage" | "log">;

/** Files of a dry run that are named, the largest first. */
export const namedFiles = 200;
/** Rows that one statement changes. */
const batch = 500;
/** Held by the clean-up that is under way. */
const cleanupLock = 7_268_432_012;
/** Whoever stores bytes again touches them; what was touched this lately is left to the next clean-up. */
const untouchedForMs = 3_600_000;

/** What a clean-up would take now. Changes nothing. */
export async function planCleanup(deps: Pick<CleanupDeps, "config" | "db">): Promise<Found> {
  return findCandidates(deps.db.pool, await readRules(deps), namedFiles);
}

/**
 * Takes the bytes of files that nobody needs any more, and of what was left behind: first the rows, then the bytes, so that
 * one that was cut off is taken up by the next. A file that can't be deleted is noted and does not stop the others.
 * @param expectedFiles how many candidates somebody saw and agreed to; anything unless given
 * @throws ConflictError (CLEANUP_RUNNING, PLAN_CHANGED)
 */
export async function cleanUp(deps: CleanupDeps, viewer: Viewer | null, expectedFiles?: number): Promise<Cleanup> {
  const { db, log } = deps;
  const client = await db.pool.connect();
  try {
    const { rows } = await client.query<{ isOurs: boolean }>(`SELECT pg_try_advisory_lock(${cleanupLock}) AS "isOurs"`);
    if (!rows[0]?.isOurs)
      throw new ConflictError("A clean-up is under way already; wait for its end", "CLEANUP_RUNNING");
    try {
      const rules = await readRules(deps);
      await refuseOtherPlan(deps, expectedFiles);
      const { id } = await db.prisma.cleanup.create({ data: { startedById: viewer?.userId ?? null } });
      while ((await markRemoved(db.pool, rules, id, batch)) > 0) continue;
      const bytes = await removeBytes(deps, id);
      const strays = await removeStrays(deps, id);
      const done = await db.prisma.cleanup.update({
        where: { id },
        data: {
          finishedAt: new Date(),
          files: bytes.files + strays.files,
          bytes: bytes.bytes + strays.bytes,
          failures: bytes.failures + strays.failures,
        },
      });
      log.info({ cleanupId: id, files: done.files, bytes: Number(done.bytes), failures: done.failures }, "cleaned up");
      return done;
    } finally {
      await client.query(`SELECT pg_advisory_unlock(${cleanupLock})`);
    }
  } finally {
    client.release();
  }
}

/** Nobody loses files that were no candidates yet when the clean-up was agreed to. */
async function refuseOtherPlan(deps: CleanupDeps, expectedFiles: number | undefined): Promise<void> {
  if (expectedFiles === undefined) return;
  const { files } = await planCleanup(deps);
  if (files === expectedFiles) return;
  throw new ConflictError(
    `${files} files could go by now, not ${expectedFiles}; nothing was deleted. Look again, then clean up`,
    "PLAN_CHANGED",
    ["expectedFiles"],
  );
}

export interface Removed {
  files: number;
  bytes: number;
  failures: number;
}

/** Deletes the bytes that only removed assets have. */
async function removeBytes({ db, storage, log }: CleanupDeps, cleanupId: string): Promise<Removed> {
  const total: Removed = { files: 0, bytes: 0, failures: 0 };
  for (let after = ""; ;) {
    const { rows } = await db.pool.query<{ sha256: string; bytes: string }>(
      `SELECT b.sha256, b.bytes::text FROM blob b
       JOIN LATERAL (
         SELECT max(a.removed_at) AS last_removed, bool_and(a.removed_at IS NOT NULL) AS all_removed
         FROM asset a WHERE a.sha256 = b.sha256 AND NOT a.is_in_place
       ) used ON used.all_removed
       WHERE b.sha256 > $1 AND (b.removed_at IS NULL OR b.removed_at < used.last_removed)
       ORDER BY b.sha256 LIMIT $2`,
      [after, batch],
    );
    if (rows.length === 0) return total;
    after = rows.at(-1)?.sha256 ?? after;
    const gone: string[] = [];
    for (const { sha256, bytes } of rows) {
      try {
        if (!(await storage.remove(sha256, untouchedForMs))) continue;
        gone.push(sha256);
        total.files += 1;
        total.bytes += Number(bytes);
      } catch (error) {
        total.failures += 1;
        log.error({ err: error, sha256 }, "a file can't be deleted");
        const problem = error instanceof Error ? error.message : String(error);
        await db.prisma.cleanupItem.updateMany({ where: { cleanupId, sha256 }, data: { error: problem } });
      }
    }
    await db.prisma.blob.updateMany({ where: { sha256: { in: gone } }, data: { removedAt: new Date() } });
  }
}
