import type { Deps } from "#app/deps.ts";
import { lockTake } from "#domains/takes/segments/lock-take.ts";

/** A job has ended: the take that it is of goes on, fails, or comes up for review. Told twice, nothing happens. */
export async function takeJobEnded(deps: Pick<Deps, "db" | "bus" | "takeDriver">, jobId: string): Promise<void> {
  const takeId = await takeOfJob(deps, jobId);
  if (takeId === null) return;
  await failEnded(deps, takeId, jobId);
  deps.bus.publish("take.changed", { takeId });
  deps.takeDriver.wake(takeId);
}

/** A retry goes on with the job of a take that had ended badly. */
export async function takeJobReopened(deps: Pick<Deps, "db" | "bus">, jobId: string): Promise<void> {
  const takeId = await takeOfJob(deps, jobId);
  if (takeId === null) return;
  const data = { status: "GENERATING" } as const;
  const ended = { status: { in: ["FAILED" as const, "CANCELED" as const] } };
  await deps.db.prisma.$transaction(async (tx) => {
    await lockTake(tx, takeId);
    const where = { id: takeId, jobId, ...ended };
    const { count } = await tx.take.updateMany({ where, data: { ...data, canceledAt: null } });
    if (count > 0) await tx.takeSegment.updateMany({ where: { jobId, ...ended }, data });
  });
  deps.bus.publish("take.changed", { takeId });
}

/** Whoever canceled a job sees its take canceled at once: that costs nothing, unlike what follows a success. */
async function failEnded({ db }: Pick<Deps, "db">, takeId: string, jobId: string): Promise<void> {
  const { status } = await db.prisma.job.findUniqueOrThrow({ where: { id: jobId }, select: { status: true } });
  if (status !== "FAILED" && status !== "CANCELED") return;
  const isStill = { jobId, job: { status }, status: { in: ["PENDING" as const, "GENERATING" as const] } };
  await db.prisma.$transaction(async (tx) => {
    await lockTake(tx, takeId);
    await tx.takeSegment.updateMany({ where: isStill, data: { status } });
    await tx.take.updateMany({ where: { id: takeId, ...isStill }, data: { status } });
  });
}

/** Most jobs are no take's: one cheap look says so. */
async function takeOfJob({ db }: Pick<Deps, "db">, jobId: string): Promise<string | null> {
  const { rows } = await db.pool.query<{ takeId: string }>({
    name: "take-of-job",
    text: `SELECT take_id AS "takeId" FROM take_segment WHERE job_id = $1
           UNION ALL SELECT id FROM take WHERE job_id = $1 LIMIT 1`,
    values: [jobId],
  });
  return rows[0]?.takeId ?? null;
}
