import type { Deps } from "#app/deps.ts";
import { settlePicture } from "#domains/stories/pictures/settle-picture.ts";
import { type PictureDeps, submitPicture } from "#domains/stories/pictures/submit-picture.ts";
import { createDriver, type Driver } from "#platform/work/driver.ts";

/** Each is a few statements, and those of one branch wait for each other anyway. */
const maxTurns = 2;

/** Submits pictures that wait for their job, and writes down what became of those whose job is over. */
export function createPictureDriver(deps: PictureDeps): Driver {
  return createDriver({
    what: "a picture of a scene asset",
    log: deps.log,
    maxTurns,
    restMs: deps.config.worker.lockDurationMs,
    advance: async (id) => {
      await submitPicture(deps, id);
      await settlePicture(deps, id);
    },
    findForgotten: (untouchedForMs) => findForgotten(deps, untouchedForMs),
  });
}

/** Pictures without a job, or whose job is over without their knowing. */
async function findForgotten({ db }: Pick<Deps, "db">, untouchedForMs: number): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT p.id FROM scene_asset_picture p LEFT JOIN job j ON j.id = p.job_id
     WHERE p.status IN ('PENDING', 'GENERATING') AND (p.status = 'PENDING' OR j.finished_at IS NOT NULL)
       AND p.updated_at <= now() - $1 * interval '1 millisecond'
       AND (j.finished_at IS NULL OR j.finished_at <= now() - $1 * interval '1 millisecond')
     ORDER BY p.id LIMIT 500`,
    [untouchedForMs],
  );
  return rows.map(({ id }) => id);
}
