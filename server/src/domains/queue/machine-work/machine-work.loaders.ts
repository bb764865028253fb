import { activeStatuses } from "#domains/queue/logic/run-status.ts";
import { runColumns, type RunRow } from "#domains/queue/queue.loaders.ts";
import { defineListLoader, defineLoader } from "#graphql/loader.ts";
import { isoTimestamps } from "#platform/db/iso-timestamps.ts";

/** Runs of one machine that are told at most: as many as it can have places. */
const maxRuns = 64;

/** Runs in hand that the viewer may see, by machine, the first claimed first. */
export const currentRunsLoader = defineListLoader<RunRow & { machineId: string }>(
  async ({ deps, viewer }, machineIds) => {
    if (!viewer) return [];
    const { rows } = await deps.db.pool.query<RunRow & { machineId: string }>({
      text: `SELECT run.* FROM unnest($1::uuid[]) AS m(id)
             CROSS JOIN LATERAL (
               SELECT ${runColumns} FROM run
               WHERE run.machine_id = m.id AND run.status = ANY($2::"RunStatus"[])
                 AND ($3::uuid[] IS NULL OR EXISTS (
                   SELECT 1 FROM job WHERE job.id = run.job_id
                     AND (job.project_id = ANY($3) OR (job.project_id IS NULL AND job.created_by_id = $4::uuid))))
               ORDER BY run.started_at, run.id LIMIT ${maxRuns}
             ) run`,
      values: [machineIds, activeStatuses, viewer.projectIds === "all" ? null : viewer.projectIds, viewer.userId],
      types: isoTimestamps,
    });
    return rows;
  },
  (row) => row.machineId,
);

/** What machines got done in the last minutes. */
export interface MachineRate {
  succeeded: number;
  failed: number;
}

export const rateMinutes = 10;

/** Runs that ended in the last minutes, by machine. */
export const machineRateLoader = defineLoader<MachineRate>(async ({ deps }, machineIds) => {
  const { rows } = await deps.db.pool.query<MachineRate & { id: string }>({
    name: "machine-rates",
    // Two halves, so that each goes by its own index and old runs cost nothing.
    text: `SELECT machine_id AS id, sum(succeeded)::int AS succeeded, sum(failed)::int AS failed FROM (
             SELECT machine_id, 1 AS succeeded, 0 AS failed FROM run
             WHERE status = 'SUCCEEDED' AND finished_at > now() - interval '${rateMinutes} minutes'
             UNION ALL
             SELECT machine_id, 0, 1 FROM run
             WHERE status = 'FAILED' AND finished_at > now() - interval '${rateMinutes} minutes'
           ) ended WHERE machine_id = ANY($1::uuid[]) GROUP BY machine_id`,
    values: [machineIds],
  });
  return new Map(rows.map(({ id, ...rate }) => [id, rate]));
});
