import type { PrismaTx } from "#platform/db/client.ts";

/**
 * Waits for those who write overrides of the same targets, until the transaction ends: rows that do not exist yet can't be
 * locked. Several targets are locked in one order, so that two who lock many never wait for each other.
 */
export async function lockTargets(
  tx: PrismaTx,
  targets: readonly { targetId: string; sceneTypeId: string }[],
): Promise<void> {
  const keys = [...new Set(targets.map(({ targetId, sceneTypeId }) => `overrides ${targetId} ${sceneTypeId}`))];
  if (keys.length === 0) return;
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(key)
    FROM (SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest(${keys}::text[]) AS name ORDER BY key) AS sorted`;
}
