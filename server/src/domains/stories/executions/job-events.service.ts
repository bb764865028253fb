import type { Deps } from "#app/deps.ts";
import { lockExecution } from "#domains/stories/executions/lock-execution.ts";

/** A job has ended: the execution that it is a part of goes on. Told twice, nothing happens. */
export async function executionJobEnded(
  deps: Pick<Deps, "db" | "bus" | "executionDriver">,
  jobId: string,
): Promise<void> {
  const part = await partOfJob(deps, jobId);
  if (!part) return;
  deps.bus.publish("execution.changed", { executionId: part.executionId });
  deps.executionDriver.wake(part.executionId);
}

/** A retry goes on with the job of a part that had ended badly: so does the execution. */
export async function executionJobReopened(deps: Pick<Deps, "db" | "bus">, jobId: string): Promise<void> {
  const part = await partOfJob(deps, jobId);
  if (!part) return;
  const { executionId, stage } = part;
  const ended = ["FAILED" as const, "CANCELED" as const];
  await deps.db.prisma.$transaction(async (tx) => {
    const execution = await lockExecution(tx, executionId);
    const change = { where: { jobId, status: { in: ended } }, data: { status: "GENERATING" as const, error: null } };
    const { count } =
      stage === "IMAGES" ? await tx.executionScene.updateMany(change) : await tx.executionTransition.updateMany(change);
    if (count === 0 || (execution?.status !== "FAILED" && execution?.status !== "CANCELED")) return;
    const data = { status: stage, canceledAt: null, finishedAt: null, error: null };
    await tx.execution.update({ where: { id: executionId }, data });
  });
  deps.bus.publish("execution.changed", { executionId });
}

/** Most jobs are no execution's: one cheap look says so. */
async function partOfJob(
  { db }: Pick<Deps, "db">,
  jobId: string,
): Promise<{ executionId: string; stage: "IMAGES" | "VIDEOS" } | null> {
  const { rows } = await db.pool.query<{ executionId: string; stage: "IMAGES" | "VIDEOS" }>({
    name: "execution-of-job",
    text: `SELECT execution_id AS "executionId", 'IMAGES' AS stage FROM execution_scene WHERE job_id = $1
           UNION ALL SELECT execution_id, 'VIDEOS' FROM execution_transition WHERE job_id = $1 LIMIT 1`,
    values: [jobId],
  });
  return rows[0] ?? null;
}
