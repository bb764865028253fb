import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { dropAssets } from "#domains/takes/artifacts/store-file.ts";
import { lockTake } from "#domains/takes/segments/lock-take.ts";
import { stopSegments } from "#domains/takes/segments/stop-segments.ts";
import { visibleTakes } from "#domains/takes/visible-takes.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Take } from "#platform/db/generated/client.ts";
import type { SegmentStatus } from "#platform/db/generated/enums.ts";

/** What a reviewer may say; REVIEW takes back what was said. */
export type ReviewVerdict = "APPROVED" | "REJECTED" | "REVIEW";

const reviewable = ["REVIEW", "APPROVED", "REJECTED"] as const;

/**
 * Writes down what a person thinks of a take. One that waits for a frame can be rejected, too: it goes on no more.
 * @throws NotFoundError, ConflictError (code NOT_REVIEWABLE), ValidationError
 */
export async function reviewTake(
  { db, bus }: Pick<Deps, "db" | "bus">,
  viewer: Viewer,
  { takeId, verdict, note }: { takeId: string; verdict: ReviewVerdict; note?: string | undefined },
): Promise<Take> {
  const checked = parseInput(z.object({ note: storableText(5_000).trim().optional() }), { note });
  const where = { AND: [{ id: takeId }, visibleTakes(viewer)] };
  const { take, frames } = await db.prisma.$transaction(async (tx) => {
    const locked = await lockTake(tx, takeId);
    const before = locked && (await tx.take.findFirst({ where, include: { segments: { select: { status: true } } } }));
    if (!before) throw new NotFoundError("The take", ["takeId"]);
    requireReviewable(before, verdict);
    const data = {
      status: verdict,
      reviewNote: checked.note || null,
      reviewedById: viewer.userId,
      reviewedAt: new Date(),
    };
    const after = await tx.take.update({ where: { id: takeId }, data });
    return { take: after, frames: before.status === "GENERATING" ? await stopSegments(tx, takeId) : [] };
  });
  await dropAssets({ db }, frames);
  bus.publish("take.changed", { takeId });
  return take;
}

function requireReviewable(
  { status, segments }: Pick<Take, "status"> & { segments: { status: SegmentStatus }[] },
  verdict: ReviewVerdict,
): void {
  const refuse = (why: string): never => {
    throw new ConflictError(why, "NOT_REVIEWABLE", ["takeId"]);
  };
  const isWaiting = status === "GENERATING" && segments.some((segment) => segment.status === "WAITING");
  if (isWaiting && verdict !== "REJECTED")
    refuse(
      "The take waits for a frame; pick one (pickBoundaryFrame) and review it when it is rendered, or reject it now",
    );
  if (!isWaiting && !(reviewable as readonly string[]).includes(status))
    refuse(`The take is ${status}; it can be reviewed once it is rendered`);
  if (status === "REJECTED" && verdict !== "REJECTED" && segments.some((segment) => segment.status !== "DONE"))
    refuse("The take was rejected before it was rendered; let it go on (resumeTake) first");
}
