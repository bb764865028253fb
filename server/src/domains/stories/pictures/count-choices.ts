import type { PrismaTx } from "#platform/db/client.ts";

/** How often people have chosen an image for each of these states. Changes are never deleted, so that a count tells of news. */
export async function countChoices(
  tx: Pick<PrismaTx, "sceneAssetChange">,
  sceneAssetIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.sceneAssetChange.groupBy({
    by: ["sceneAssetId"],
    where: { sceneAssetId: { in: [...sceneAssetIds] }, field: "IMAGE", origin: "PERSON" },
    _count: true,
  });
  return new Map(rows.map((row) => [row.sceneAssetId, row._count]));
}
