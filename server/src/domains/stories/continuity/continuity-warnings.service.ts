import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireBranch } from "#domains/stories/continuity/find-scene.ts";
import { type ContinuityWarning, continuityWarnings } from "#domains/stories/logic/continuity-warnings.ts";
import { textsOfShots } from "#domains/stories/logic/shots.ts";
import { shotsOf } from "#domains/stories/scenes.service.ts";

/** More than these nobody mends at once. */
export const maxWarnings = 1_000;

/** What does not fit together in a branch, in story order, the first of it. @throws NotFoundError */
export async function branchWarnings(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  branchId: string,
): Promise<ContinuityWarning[]> {
  await requireBranch({ db }, viewer, branchId);
  const [assets, scenes, removals] = await Promise.all([
    db.prisma.projectAsset.findMany({ where: { branchId } }),
    db.prisma.scene.findMany({
      where: { branchId },
      orderBy: { number: "asc" },
      include: { assets: { orderBy: { id: "asc" } } },
    }),
    db.prisma.sceneAssetChange.findMany({
      where: { field: "TAGS", sceneAsset: { scene: { branchId } } },
      select: { sceneAssetId: true, before: true, after: true },
    }),
  ]);
  const removedTags = new Map<string, Set<string>>();
  for (const { sceneAssetId, before, after } of removals) {
    const removed = removedTags.get(sceneAssetId) ?? new Set<string>();
    removedTags.set(sceneAssetId, removed);
    for (const tag of tagsIn(before)) if (!tagsIn(after).includes(tag)) removed.add(tag);
  }
  const warnings = continuityWarnings(
    scenes.map(({ assets: instances, ...scene }) => ({
      id: scene.id,
      number: scene.number,
      texts: [scene.scriptExcerpt, ...textsOfShots(shotsOf(scene))],
      instances: instances.map((instance) => ({
        ...instance,
        removedTags: [...(removedTags.get(instance.id) ?? [])],
      })),
    })),
    new Map(assets.map((asset) => [asset.id, asset])),
  );
  return warnings.slice(0, maxWarnings);
}

/** Tags as a change keeps them. */
function tagsIn(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}
