import type { Deps } from "#app/deps.ts";
import { readHistories, readPlaces, type VersionOnPool } from "#domains/queue/estimates/run-history.ts";
import { activeStatuses } from "#domains/queue/logic/run-status.ts";

/** Runs of a job that are not over; those in hand count for what is left of them. */
interface OpenJob extends VersionOnPool {
  jobId: string;
  open: number;
}

export interface Remaining {
  /** Seconds of execution until its last run is done, by the medians of earlier runs; null without history or places. */
  byJob: ReadonlyMap<string, number | null>;
  byPool: ReadonlyMap<string, number | null>;
}

/**
 * How long what is open takes on the places of its pool, with nothing else in the way. Three statements, whatever the number
 * of jobs.
 * @param jobIds only these; all open ones unless given
 */
export async function readRemaining(deps: Pick<Deps, "db">, jobIds?: readonly string[]): Promise<Remaining> {
  const { rows } = await deps.db.pool.query<OpenJob>({
    name: "open-jobs",
    text: `SELECT job.id AS "jobId", job.workflow_version_id AS "versionId", job.pool,
             job.pending + CASE WHEN job.active + job.canceling > 0 THEN coalesce((
               SELECT sum(1 - progress) FROM run WHERE job_id = job.id AND status = ANY($2::"RunStatus"[])), 0) ELSE 0 END AS open
           FROM job WHERE job.status IN ('RUNNING', 'PENDING', 'PAUSED') AND ($1::uuid[] IS NULL OR job.id = ANY($1))`,
    values: [jobIds ?? null, activeStatuses],
  });
  const [historyOf, places] = await Promise.all([readHistories(deps, rows), readPlaces(deps)]);
  const byJob = new Map<string, number | null>();
  const byPool = new Map<string, number | null>();
  for (const job of rows) {
    const median = historyOf(job).all?.p50 ?? null;
    const onPool = places.get(job.pool) ?? 0;
    const isKnown = median !== null && onPool > 0;
    // A job of one run does not get faster by more machines.
    byJob.set(job.jobId, isKnown ? (job.open * median) / Math.min(onPool, Math.max(1, Math.ceil(job.open))) : null);
    const before = byPool.get(job.pool);
    byPool.set(job.pool, isKnown && before !== null ? (before ?? 0) + (job.open * median) / onPool : null);
  }
  return { byJob, byPool };
}

const throughputMinutes = 10;

/** Runs that succeeded in the last minutes, as runs per minute, by pool. */
export async function readThroughput({ db }: Pick<Deps, "db">): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.pool.query<{ pool: string; perMinute: number }>({
    name: "throughput",
    text: `SELECT pool, count(*)::float8 / ${throughputMinutes} AS "perMinute" FROM run
           WHERE status = 'SUCCEEDED' AND finished_at > now() - interval '${throughputMinutes} minutes' GROUP BY pool`,
  });
  return new Map(rows.map(({ pool, perMinute }) => [pool, perMinute]));
}
