import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireScene } from "#domains/stories/continuity/find-scene.ts";
import { inheritedStates, startingStates } from "#domains/stories/logic/inheritance.ts";
import { effectiveDescription } from "#domains/stories/logic/scene-state.ts";
import { type DiffEntry, stateDiff } from "#domains/stories/logic/state-diff.ts";
import { priorScene } from "#domains/stories/scene-assets/prior-scene.ts";
import type { ProjectAsset, Scene, SceneAsset } from "#platform/db/generated/client.ts";

/** One asset between a scene and the one before. */
export interface AssetDiff extends Omit<DiffEntry<SceneAsset>, "projectAssetId"> {
  projectAsset: ProjectAsset;
  /** The scene's own instance; null as long as the scene has none of it. */
  current: SceneAsset | null;
  descriptionBefore: string | null;
  descriptionAfter: string | null;
}

export interface ContinuityDiff {
  scene: Scene;
  /** Null for the first scene. */
  prior: Scene | null;
  /** The scene has assets already: what it has is compared. Else what it would inherit. */
  hasInstances: boolean;
  entries: AssetDiff[];
  /** Assets to be designed later, which the first scene is not given by itself. */
  notReady: ProjectAsset[];
}

/** What a scene has, or would inherit, against the scene before, asset by asset. @throws NotFoundError */
export async function continuityDiff(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  sceneId: string,
): Promise<ContinuityDiff> {
  const { branch, ...scene } = await requireScene({ db }, viewer, sceneId);
  const [prior, own, assets] = await Promise.all([
    priorScene(db.prisma, scene),
    db.prisma.sceneAsset.findMany({ where: { sceneId }, orderBy: { id: "asc" } }),
    db.prisma.projectAsset.findMany({ where: { branchId: branch.id }, orderBy: [{ type: "asc" }, { name: "asc" }] }),
  ]);
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const before = prior?.assets ?? [];
  const start = startingStates(assets);
  const after = own.length > 0 ? own : scene.number === 1 ? start.states : inheritedStates(before, byId, new Map());
  const ownOf = new Map(own.map((instance) => [instance.projectAssetId, instance]));
  const entries = stateDiff(before, after).flatMap(({ projectAssetId, ...entry }): AssetDiff[] => {
    const projectAsset = byId.get(projectAssetId);
    if (!projectAsset) return [];
    return [
      {
        ...entry,
        projectAsset,
        current: ownOf.get(projectAssetId) ?? null,
        descriptionBefore: entry.before && effectiveDescription(entry.before, projectAsset),
        descriptionAfter: entry.after && effectiveDescription(entry.after, projectAsset),
      },
    ];
  });
  const notReady = own.length > 0 || scene.number > 1 ? [] : start.notReady.flatMap(({ id }) => byId.get(id) ?? []);
  return { scene, prior, hasInstances: own.length > 0, entries, notReady };
}
