import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeScene, type StoryDeps } from "#domains/stories/change-branch.ts";
import { requireScene } from "#domains/stories/continuity/find-scene.ts";
import { isGated, type Missing, missingFor, nextStatus } from "#domains/stories/logic/readiness.ts";
import { ConflictError, ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Scene, SceneAsset } from "#platform/db/generated/client.ts";

export type NamedInstance = SceneAsset & { name: string };

export interface SceneReadiness {
  scene: Scene;
  missing: Missing<NamedInstance>[];
}

/** What has to be done before a scene's pictures can be rendered. @throws NotFoundError */
export async function sceneReadiness(deps: Pick<Deps, "db">, viewer: Viewer, sceneId: string): Promise<SceneReadiness> {
  const { branch, ...scene } = await requireScene(deps, viewer, sceneId);
  return { scene, missing: await missingOf(deps.db.prisma, scene, branch.projectId) };
}

/**
 * Moves a scene one step on: SCRIPT, ASSETS, READY, RENDERED.
 * @throws NotFoundError, ValidationError (NOT_READY) with an issue for each thing that is missing, ConflictError at the end
 */
export async function advanceScene(deps: StoryDeps, viewer: Viewer, sceneId: string): Promise<Scene> {
  return changeScene(deps, viewer, sceneId, ["sceneId"], async (tx, scene, { projectId }) => {
    const status = nextStatus(scene.status);
    if (status === null) throw new ConflictError("The scene is rendered: no step is left", "LAST_STATUS", ["sceneId"]);
    const missing = isGated(scene.status) ? await missingOf(tx, scene, projectId) : [];
    if (missing.length > 0)
      throw new ValidationError(
        missing.map(({ message }) => ({ path: ["sceneId"], message })),
        "NOT_READY",
      );
    return tx.scene.update({ where: { id: scene.id }, data: { status } });
  });
}

async function missingOf(
  tx: Pick<PrismaTx, "projectStory" | "sceneAsset">,
  { id }: Pick<Scene, "id">,
  projectId: string,
): Promise<Missing<NamedInstance>[]> {
  const story = await tx.projectStory.findUnique({ where: { projectId } });
  const instances = await tx.sceneAsset.findMany({
    where: { sceneId: id },
    orderBy: { id: "asc" },
    include: { projectAsset: { select: { name: true } } },
  });
  return missingFor(
    instances.map(({ projectAsset, ...instance }) => ({ ...instance, name: projectAsset.name })),
    (story?.lockedStyleId ?? null) !== null,
  );
}
