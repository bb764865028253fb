import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireJob } from "#domains/queue/jobs.service.ts";
import { ConflictError, ValidationError } from "#lib/domain-error.ts";
import type { Job } from "#platform/db/generated/client.ts";

/**
 * Moves the waiting runs of a job before those of another one with the same pool and priority, or behind all. The places in
 * the order stay; who has which changes. Fairness between people still comes first.
 * @throws NotFoundError, ConflictError when either has nothing that waits, ValidationError for another pool or priority
 */
export async function reorderJob(
  deps: Pick<Deps, "db" | "bus">,
  viewer: Viewer,
  id: string,
  beforeId: string | undefined,
): Promise<Job> {
  const job = await requireJob(deps, viewer, id);
  const before = beforeId === undefined ? undefined : await requireJob(deps, viewer, beforeId, ["before"]);
  if (job.pending === 0) throw nothingWaits(job, "id");
  if (before) {
    if (beforeId === id) throw ValidationError.at(["before"], "a job can't go before itself");
    if (before.pool !== job.pool || before.priority !== job.priority)
      throw ValidationError.at(["before"], "it has another pool or priority; change that of the job first");
    if (before.pending === 0) throw nothingWaits(before, "before");
  }
  await deps.db.pool.query(
    `WITH place AS (
       -- Runs from here on may get another place.
       SELECT min(seq) AS first FROM run WHERE status = 'PENDING' AND job_id IN ($1, $2)
     ), affected AS (
       SELECT id, seq, job_id FROM run
       WHERE status = 'PENDING' AND pool = $3 AND priority = $4 AND seq >= (SELECT first FROM place) ORDER BY id FOR UPDATE
     ), target AS (
       SELECT min(seq) AS seq FROM affected WHERE job_id = $2
     ), ordered AS (
       SELECT id, row_number() OVER (ORDER BY
         CASE WHEN job_id = $1 THEN 1 WHEN $2::uuid IS NULL OR seq < (SELECT seq FROM target) THEN 0 ELSE 2 END, seq) AS n
       FROM affected
     ), places AS (
       SELECT seq, row_number() OVER (ORDER BY seq) AS n FROM affected
     )
     UPDATE run SET seq = places.seq FROM ordered JOIN places USING (n)
     WHERE run.id = ordered.id AND run.seq <> places.seq`,
    [id, beforeId ?? null, job.pool, job.priority],
  );
  deps.bus.publish("job.changed", { jobId: id });
  return requireJob(deps, viewer, id);
}

function nothingWaits(job: Job, field: string): ConflictError {
  return new ConflictError(`No run of "${job.name}" waits any more`, "NOTHING_WAITS", [field]);
}
