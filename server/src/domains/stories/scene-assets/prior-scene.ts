import type { PrismaTx } from "#platform/db/client.ts";
import type { Scene, SceneAsset } from "#platform/db/generated/client.ts";

export type PriorScene = Scene & { assets: SceneAsset[] };

/** The scene before, with its instances in the order in which they were added; null for the first. */
export function priorScene(
  tx: Pick<PrismaTx, "scene">,
  { branchId, number }: Pick<Scene, "branchId" | "number">,
): Promise<PriorScene | null> {
  return tx.scene.findUnique({
    where: { branchId_number: { branchId, number: number - 1 } },
    include: { assets: { orderBy: { id: "asc" } } },
  });
}
