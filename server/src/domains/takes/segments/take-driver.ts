import type { Deps } from "#app/deps.ts";
import { type AdvanceDeps, advanceTake } from "#domains/takes/segments/advance-take.ts";
import { createDriver, type Driver } from "#platform/work/driver.ts";

/** Takes that one process brings forward at the same time; the work itself is done in media processes and on machines. */
const maxTurns = 4;

export function createTakeDriver(deps: AdvanceDeps & Pick<Deps, "log">): Driver {
  return createDriver({
    what: "a take",
    log: deps.log,
    maxTurns,
    restMs: deps.config.worker.lockDurationMs,
    advance: (takeId) => advanceTake(deps, takeId),
    findForgotten: (untouchedForMs) => findForgotten(deps, untouchedForMs),
  });
}

/** Takes under way for which no job runs and no person is waited for, and canceled ones whose job has not been told. */
async function findForgotten({ db }: Pick<Deps, "db">, untouchedForMs: number): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT t.id FROM take t LEFT JOIN job j ON j.id = t.job_id
     WHERE (t.status IN ('PENDING', 'GENERATING') AND (j.id IS NULL OR j.finished_at IS NOT NULL)
         OR t.status = 'CANCELED' AND t.canceled_at IS NOT NULL AND j.finished_at IS NULL AND j.id IS NOT NULL)
       AND t.updated_at <= now() - $1 * interval '1 millisecond'
       AND (j.finished_at IS NULL OR j.finished_at <= now() - $1 * interval '1 millisecond')
       AND NOT EXISTS (SELECT 1 FROM take_segment s WHERE s.take_id = t.id AND s.status = 'WAITING')
     ORDER BY t.id LIMIT 500`,
    [untouchedForMs],
  );
  return rows.map(({ id }) => id);
}
