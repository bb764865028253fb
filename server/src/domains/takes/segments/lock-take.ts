import type { Deps } from "#app/deps.ts";
import { isOpen } from "#domains/takes/take-record.ts";
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

/**
 * Writes to a take that goes on, in a transaction that nobody who decides about the take gets into. What a driver read
 * before may be out of date by then.
 * @returns what `write` returns; null, with nothing written, when the take was decided, canceled or deleted meanwhile
 */
export async function writeWhileOpen<Result>(
  { db }: Pick<Deps, "db">,
  takeId: string,
  write: (tx: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result | null> {
  return db.prisma.$transaction(async (tx) => {
    const take = await lockTake(tx, takeId);
    return take && isOpen(take) ? write(tx) : null;
  });
}
