import type { Deps } from "#app/deps.ts";
import { cancelJob } from "#domains/queue/jobs.service.ts";
import { nextStep, type SegmentState } from "#domains/takes/logic/take-step.ts";
import { collectArtifacts } from "#domains/takes/artifacts/collect-artifacts.ts";
import { type BoundaryDeps, takeBoundary } from "#domains/takes/segments/boundary.ts";
import { collectSegment } from "#domains/takes/segments/collect-segment.ts";
import { finishTake } from "#domains/takes/segments/finish-take.ts";
import { type DrivenSegment, type DrivenTake, loadDrivenTake, viewerOf } from "#domains/takes/segments/load-take.ts";
import { writeWhileOpen } from "#domains/takes/segments/lock-take.ts";
import { submitSegment } from "#domains/takes/segments/submit-segment.ts";
import { isOpen, openTake } from "#domains/takes/take-record.ts";
import type { TakeDeps } from "#domains/takes/takes.service.ts";
import type { Prisma } from "#platform/db/generated/client.ts";

export type AdvanceDeps = TakeDeps & BoundaryDeps & Pick<Deps, "runLog">;

/**
 * Does all that can be done for a take now: reads where it stands, takes the next step, and looks again. It can be called
 * at any time, twice, late, or after a crash between any two steps; each step is a compare-and-set.
 */
export async function advanceTake(deps: AdvanceDeps, takeId: string): Promise<void> {
  const tell = (): void => deps.bus.publish("take.changed", { takeId });
  for (;;) {
    const take = await loadDrivenTake(deps, takeId);
    if (take?.canceledAt) return stopJob(deps, take);
    if (!take || !isOpen(take)) return;
    if (take.segments.length === 0) {
      await settleSingle(deps, take);
      return tell();
    }
    const step = nextStep(take.segments.map(stateOf));
    if (step.kind === "nothing") return;
    if (step.kind === "finish") {
      await finishTake(deps, take);
      return tell();
    }
    const segment = take.segments.find(({ id }) => id === step.segmentId) as DrivenSegment;
    switch (step.kind) {
      case "submit":
        await submitSegment(deps, take, segment);
        break;
      case "collect":
        if (!(await collectSegment(deps, take, segment))) return tell();
        break;
      case "takeBoundary":
        await takeBoundary(deps, take, segment);
        break;
      case "fail":
        await failSegment(deps, take, segment, step.status);
        return tell();
    }
    tell();
  }
}

function stateOf({ id, status, job, boundaryAssetId }: DrivenSegment): SegmentState {
  return {
    id,
    status,
    job: job && { status: job.status, isFinished: job.finishedAt !== null },
    hasBoundary: boundaryAssetId !== null,
  };
}

/** A take of one run that the workflow manages. */
async function settleSingle(deps: AdvanceDeps, take: DrivenTake): Promise<void> {
  if (!take.job?.finishedAt) return;
  const { id: jobId, status } = take.job;
  if (status === "SUCCEEDED" || status === "PARTIAL") return collectArtifacts(deps, take, jobId);
  await deps.db.prisma.take.updateMany({
    // A retry may have brought the job back to life since it was read.
    where: { ...openTake(take.id), job: { status } },
    data: { status: status === "CANCELED" ? "CANCELED" : "FAILED" },
  });
}

async function failSegment(
  deps: Pick<AdvanceDeps, "db">,
  take: DrivenTake,
  { id, job }: DrivenSegment,
  status: "FAILED" | "CANCELED",
): Promise<void> {
  const isStill: Prisma.TakeSegmentWhereInput = { id, job: { status: job?.status ?? "FAILED" } };
  await writeWhileOpen(deps, take.id, async (tx) => {
    const { count } = await tx.takeSegment.updateMany({ where: isStill, data: { status } });
    if (count > 0) await tx.take.update({ where: { id: take.id }, data: { status } });
  });
}

/** Who canceled a take may have been cut short before its job was told. */
async function stopJob(deps: AdvanceDeps, take: DrivenTake): Promise<void> {
  if (take.job && take.job.finishedAt === null) await cancelJob(deps, viewerOf(take), take.job.id, "NOW");
}
