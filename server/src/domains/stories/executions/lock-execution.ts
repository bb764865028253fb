import type { PrismaTx } from "#platform/db/client.ts";
import type { Execution } from "#platform/db/generated/client.ts";

/**
 * Locks an execution's row until the transaction ends, and tells how it stands. Whoever writes an execution and its parts in
 * one transaction takes the execution first, so that no two wait for each other.
 */
export async function lockExecution(
  tx: PrismaTx,
  id: string,
): Promise<Pick<Execution, "status" | "canceledAt" | "pausesForChoice"> | null> {
  const rows = await tx.$queryRaw<Pick<Execution, "status" | "canceledAt" | "pausesForChoice">[]>`
    SELECT status, canceled_at AS "canceledAt", pauses_for_choice AS "pausesForChoice"
    FROM execution WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}
