import type { Deps } from "#app/deps.ts";
import { type AdvanceDeps, advanceExecution } from "#domains/stories/executions/advance-execution.ts";
import { createDriver, type Driver } from "#platform/work/driver.ts";

/** Executions that one process brings forward at the same time; the work itself is done in media processes and on machines. */
const maxTurns = 4;

export function createExecutionDriver(deps: AdvanceDeps & Pick<Deps, "config">): Driver {
  return createDriver({
    what: "an execution",
    log: deps.log,
    maxTurns,
    restMs: deps.config.worker.lockDurationMs,
    advance: (executionId) => advanceExecution(deps, executionId),
    findForgotten: (untouchedForMs) => findForgotten(deps, untouchedForMs),
  });
}

/** Executions for which something can be done that nobody has touched, and canceled ones whose jobs have not been told. */
async function findForgotten({ db }: Pick<Deps, "db">, untouchedForMs: number): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `WITH part AS (
       SELECT p.execution_id, p.stage, p.status, p.updated_at, j.id AS job_id, j.finished_at FROM (
         SELECT execution_id, 'IMAGES' AS stage, status, updated_at, job_id FROM execution_scene
         UNION ALL SELECT execution_id, 'VIDEOS', status, updated_at, job_id FROM execution_transition
       ) p LEFT JOIN job j ON j.id = p.job_id
     )
     SELECT e.id FROM execution e
     WHERE e.updated_at <= now() - $1 * interval '1 millisecond' AND (
       e.status = 'STITCHING'
       OR e.status IN ('IMAGES', 'VIDEOS') AND (
         EXISTS (SELECT 1 FROM part WHERE execution_id = e.id AND stage = e.status::text
           AND updated_at <= now() - $1 * interval '1 millisecond'
           AND (status = 'PENDING' OR status = 'GENERATING' AND (job_id IS NULL
             OR finished_at <= now() - $1 * interval '1 millisecond')))
         OR NOT EXISTS (SELECT 1 FROM part WHERE execution_id = e.id AND stage = e.status::text
           AND (status IN ('PENDING', 'GENERATING') OR updated_at > now() - $1 * interval '1 millisecond')))
       OR e.status = 'CANCELED' AND e.canceled_at IS NOT NULL
         AND EXISTS (SELECT 1 FROM part WHERE execution_id = e.id AND job_id IS NOT NULL AND finished_at IS NULL))
     ORDER BY e.id LIMIT 500`,
    [untouchedForMs],
  );
  return rows.map(({ id }) => id);
}
