import type { Prisma } from "#platform/db/generated/client.ts";

/**
 * Ends what a take is doing, in the transaction that ends the take: the segment under way, or the one that waits for a
 * person, is CANCELED, those after it stay PENDING.
 * @returns frames that were laid out, to be dropped afterwards
 */
export async function stopSegments(tx: Prisma.TransactionClient, takeId: string): Promise<string[]> {
  await tx.takeSegment.updateMany({
    where: { takeId, status: { in: ["GENERATING", "WAITING"] } },
    data: { status: "CANCELED" },
  });
  const ofTake = { segment: { takeId } };
  const candidates = await tx.boundaryCandidate.findMany({ where: ofTake, select: { assetId: true } });
  if (candidates.length > 0) await tx.boundaryCandidate.deleteMany({ where: ofTake });
  return candidates.map(({ assetId }) => assetId);
}
