import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { lockTake } from "#domains/takes/segments/lock-take.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { maxSeed } from "#domains/workflows/logic/parameter.ts";
import type { Prisma, Take } from "#platform/db/generated/client.ts";
import { currentRequestId } from "#platform/work/scope.ts";

const seedInput = z.object({
  seed: z.bigint().min(0n, "seeds are 0 to 2^64−1").max(maxSeed, "seeds are 0 to 2^64−1").optional(),
});

/**
 * Makes a segment of a take that nobody has decided about anew, from the frame before it, and joins the clip again. Segments
 * after it stay and become stale where their first frame is another one now, unless they are made anew, too.
 * @throws NotFoundError, ValidationError, ConflictError (code TAKE_DECIDED)
 */
export async function remakeSegment(
  deps: Pick<Deps, "db" | "bus" | "takeDriver">,
  viewer: Viewer,
  input: { segmentId: string; seed?: bigint | undefined; withFollowing: boolean },
): Promise<Take> {
  const { seed } = parseInput(seedInput, { seed: input.seed });
  const { prisma } = deps.db;
  const segment = await prisma.takeSegment.findFirst({
    where: { id: input.segmentId, take: { character: ofProject(viewer) } },
  });
  if (!segment) throw new NotFoundError("The segment", ["segmentId"]);
  const { takeId, index } = segment;
  await prisma.$transaction(async (tx) => {
    const locked = await lockTake(tx, takeId);
    if (locked?.status !== "REVIEW")
      throw new ConflictError(
        `The take is ${locked?.status ?? "gone"}; a segment is made anew while its take is rendered and undecided: ` +
          "wait for it, or take the review back (reviewTake)",
        "TAKE_DECIDED",
        ["segmentId"],
      );
    const take = await tx.take.findUniqueOrThrow({ where: { id: takeId }, select: { request: true } });
    // Another seed is another graph than that of the take that it repeats.
    const { sameGraphsAs, ...request } = take.request as Prisma.JsonObject;
    const isOther = seed !== undefined && sameGraphsAs !== undefined;
    const going = { status: "GENERATING", requestId: currentRequestId() } as const;
    await tx.take.update({ where: { id: takeId }, data: { ...going, ...(isOther ? { request } : {}) } });
    const chosen = { takeId, index: input.withFollowing ? { gte: index } : index };
    await tx.takeSegment.updateMany({ where: chosen, data: unmade });
    if (seed !== undefined) await tx.takeSegment.update({ where: { id: segment.id }, data: { seed: seed.toString() } });
  });
  deps.bus.publish("take.changed", { takeId });
  deps.takeDriver.wake(takeId);
  return prisma.take.findUniqueOrThrow({ where: { id: takeId } });
}

const unmade = {
  status: "PENDING",
  jobId: null,
  seedAssetId: null,
  outputAssetId: null,
  durationSecs: null,
  boundaryAssetId: null,
  boundaryIndex: null,
  boundarySecs: null,
} as const;
