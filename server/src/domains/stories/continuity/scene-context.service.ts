import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireScene } from "#domains/stories/continuity/find-scene.ts";
import { effectiveDescription, effectiveImage } from "#domains/stories/logic/scene-state.ts";
import { priorScene } from "#domains/stories/scene-assets/prior-scene.ts";
import type { Scene } from "#platform/db/generated/client.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";

export interface ContextAsset {
  sceneAssetId: string;
  projectAssetId: string;
  name: string;
  type: ProjectAssetType;
  description: string;
  statusTags: string[];
  /** The instance's, else the project asset's. */
  imageId: string | null;
}

/** What a prompt writer needs to know of a scene. */
export interface SceneContext {
  scene: Scene;
  /** Null for the first. */
  prior: Scene | null;
  assets: ContextAsset[];
}

/** @throws NotFoundError */
export async function sceneContext({ db }: Pick<Deps, "db">, viewer: Viewer, sceneId: string): Promise<SceneContext> {
  const { branch: _branch, ...scene } = await requireScene({ db }, viewer, sceneId);
  const [prior, instances] = await Promise.all([
    priorScene(db.prisma, scene),
    db.prisma.sceneAsset.findMany({
      where: { sceneId },
      include: { projectAsset: true },
      orderBy: [{ projectAsset: { type: "asc" } }, { projectAsset: { name: "asc" } }],
    }),
  ]);
  return {
    scene,
    prior,
    assets: instances.map(({ projectAsset, ...instance }) => ({
      sceneAssetId: instance.id,
      projectAssetId: projectAsset.id,
      name: projectAsset.name,
      type: projectAsset.type,
      description: effectiveDescription(instance, projectAsset),
      statusTags: instance.statusTags,
      imageId: effectiveImage(instance, projectAsset),
    })),
  };
}
