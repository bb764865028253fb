import type { Prisma, Take } from "#platform/db/generated/client.ts";

/**
 * Locks a take's row until the transaction ends, and tells how it stands. Whoever writes a take and its segments in one
 * transaction takes the take first, so that no two wait for each other.
 */
export async function lockTake(
  tx: Prisma.TransactionClient,
  takeId: string,
): Promise<Pick<Take, "status" | "canceledAt"> | null> {
  const rows = await tx.$queryRaw<Pick<Take, "status" | "canceledAt">[]>`
    SELECT status, canceled_at AS "canceledAt" FROM take WHERE id = ${takeId}::uuid FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}
