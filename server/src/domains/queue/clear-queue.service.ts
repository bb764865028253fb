import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { poolName } from "#domains/machines/machines.service.ts";
import { transition } from "#domains/queue/transition.ts";
import { ConflictError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";

const fields = z.object({ expectedCount: z.number().int().min(0), pool: poolName.optional() });

/**
 * Cancels all runs that wait, of the whole queue or of one pool; those in hand go on.
 * @param input.expectedCount how many runs the caller saw waiting: should the queue have changed, nothing is canceled
 * @throws ConflictError with the present number, ValidationError
 */
export async function clearQueue(
  deps: Pick<Deps, "db" | "bus" | "runQueue" | "runLog">,
  viewer: Viewer,
  input: { expectedCount: number; pool?: string | undefined },
): Promise<{ canceledCount: number }> {
  const { expectedCount, pool } = parseInput(fields, input);
  const { rows } = await deps.db.pool.query<{ id: string }>(
    `SELECT id FROM run WHERE status = 'PENDING' AND ($1::text IS NULL OR pool = $1)`,
    [pool ?? null],
  );
  if (rows.length !== expectedCount) {
    throw new ConflictError(
      `${rows.length} runs wait, not ${expectedCount}; look again before you clear`,
      "QUEUE_CHANGED",
      ["expectedCount"],
    );
  }
  const moved = await transition(deps.db.pool, {
    runIds: rows.map(({ id }) => id),
    from: ["PENDING"],
    to: "CANCELED",
    set: { finished_at: { sql: "now()" } },
  });
  for (const run of moved) deps.runLog.add(run, "CANCELED", `${viewer.name} cleared the queue`);
  const jobs = new Map(moved.map(({ jobId, jobEnded }) => [jobId, jobEnded]));
  for (const [jobId, jobEnded] of jobs) {
    deps.bus.publish("job.changed", { jobId });
    if (jobEnded) await deps.runQueue.jobEnded(jobId);
  }
  return { canceledCount: moved.length };
}
