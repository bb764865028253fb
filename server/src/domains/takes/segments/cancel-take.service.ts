import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { cancelJob } from "#domains/queue/jobs.service.ts";
import { dropAssets } from "#domains/takes/artifacts/store-file.ts";
import { lockTake } from "#domains/takes/segments/lock-take.ts";
import { stopSegments } from "#domains/takes/segments/stop-segments.ts";
import { visibleTakes } from "#domains/takes/visible-takes.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { Take } from "#platform/db/generated/client.ts";

export type CancelDeps = Pick<Deps, "db" | "bus" | "runQueue" | "runLog" | "log">;

/**
 * Cancels a take that is not rendered yet, whatever it is at: its job is stopped, a segment that waits for a frame waits no
 * more, and nothing goes on with it until somebody resumes it. One that is over stays as it is; repeats change nothing.
 * @throws NotFoundError
 */
export async function cancelTake(deps: CancelDeps, viewer: Viewer, takeId: string): Promise<Take> {
  const { prisma } = deps.db;
  const where = { AND: [{ id: takeId }, visibleTakes(viewer)] };
  if (!(await prisma.take.findFirst({ where, select: { id: true } }))) throw new NotFoundError("The take", ["takeId"]);
  const { jobId, frames } = await prisma.$transaction(async (tx) => {
    const locked = await lockTake(tx, takeId);
    if (locked?.status === "PENDING" || locked?.status === "GENERATING") {
      const data = { status: "CANCELED", canceledAt: new Date() } as const;
      const take = await tx.take.update({ where: { id: takeId }, data, select: { jobId: true } });
      return { jobId: take.jobId, frames: await stopSegments(tx, takeId) };
    }
    // Told at repeats, too: the first time may have been cut short.
    const before = locked?.canceledAt ? await tx.take.findUnique({ where: { id: takeId } }) : null;
    return { jobId: before?.jobId ?? null, frames: [] };
  });
  await dropAssets(deps, frames);
  const job = jobId ? await prisma.job.findUnique({ where: { id: jobId }, select: { finishedAt: true } }) : null;
  if (jobId && job?.finishedAt === null) await cancelJob(deps, viewer, jobId, "NOW");
  deps.bus.publish("take.changed", { takeId });
  const take = await prisma.take.findFirst({ where });
  if (!take) throw new NotFoundError("The take", ["takeId"]);
  return take;
}
