import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { retryJob } from "#domains/queue/jobs.service.ts";
import type { CancelDeps } from "#domains/takes/segments/cancel-take.service.ts";
import { loadDrivenTake } from "#domains/takes/segments/load-take.ts";
import { lockTake } from "#domains/takes/segments/lock-take.ts";
import { visibleTakes } from "#domains/takes/visible-takes.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import type { Take } from "#platform/db/generated/client.ts";
import { currentRequestId } from "#platform/work/scope.ts";

/**
 * Lets a take go on where it was canceled, failed, or was rejected before it was rendered: a clip that is there is not
 * rendered again, frames to pick from are laid out anew, a job that was stopped or failed is retried. One under way stays as
 * it is.
 * @throws NotFoundError, ConflictError (codes TAKE_RENDERED, STILL_STOPPING, FILES_GONE)
 */
export async function resumeTake(
  deps: CancelDeps & Pick<Deps, "takeDriver">,
  viewer: Viewer,
  takeId: string,
): Promise<Take> {
  const { prisma } = deps.db;
  const visible = await prisma.take.count({ where: { AND: [{ id: takeId }, visibleTakes(viewer)] } });
  const take = visible > 0 ? await loadDrivenTake(deps, takeId) : null;
  if (!take) throw new NotFoundError("The take", ["takeId"]);
  const { status, job, segments } = take;
  if (status === "PENDING" || status === "GENERATING") return take;
  const isRendered = segments.length > 0 && segments.every((segment) => segment.status === "DONE");
  if (status === "REVIEW" || status === "APPROVED" || (status === "REJECTED" && (isRendered || segments.length === 0)))
    throw new ConflictError(
      `The take is rendered and ${status}; extend it (extendTake), or render it again (reproduceTake)`,
      "TAKE_RENDERED",
      ["takeId"],
    );
  if (segments.some(({ outputAsset }) => outputAsset?.removedAt))
    throw new ConflictError("Clips of the take were cleaned up; render it again (reproduceTake)", "FILES_GONE", [
      "takeId",
    ]);
  if (job && job.finishedAt === null && (await prisma.run.count({ where: { jobId: job.id, status: "CANCELING" } })) > 0)
    throw new ConflictError("The take's run is still being stopped; resume it in a moment", "STILL_STOPPING", [
      "takeId",
    ]);
  await prisma.$transaction(async (tx) => {
    // Somebody else may have resumed it, or made up their mind.
    if ((await lockTake(tx, takeId))?.status !== status) return;
    const going = { status: "GENERATING", canceledAt: null, requestId: currentRequestId() } as const;
    await tx.take.update({ where: { id: takeId }, data: { ...going, ...undecided } });
    const stopped = { takeId, status: { in: ["CANCELED" as const, "FAILED" as const] } };
    await tx.takeSegment.updateMany({ where: { ...stopped, outputAssetId: { not: null } }, data: { status: "DONE" } });
    await tx.takeSegment.updateMany({ where: { ...stopped, jobId: { not: null } }, data: { status: "GENERATING" } });
    await tx.takeSegment.updateMany({ where: stopped, data: { status: "PENDING" } });
  });
  if (job?.status === "CANCELED" || job?.status === "FAILED") await retryJob(deps, viewer, job.id, { newSeeds: false });
  deps.bus.publish("take.changed", { takeId });
  deps.takeDriver.wake(takeId);
  return prisma.take.findUniqueOrThrow({ where: { id: takeId } });
}

const undecided = { reviewNote: null, reviewedById: null, reviewedAt: null };
