import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";

export type DrivenPicture = NonNullable<Awaited<ReturnType<typeof loadPicture>>>;

/** A picture with all that bringing it forward needs; null when it is gone, with the state that it was for. */
export async function loadPicture({ db }: Pick<Deps, "db">, id: string) {
  return db.prisma.sceneAssetPicture.findUnique({
    where: { id },
    include: {
      job: true,
      createdBy: true,
      workflowVersion: { select: { workflowId: true, slots: { include: { slot: true } } } },
      sceneAsset: { include: { projectAsset: true, scene: { include: { branch: { include: { project: true } } } } } },
    },
  });
}

/** Who goes on with a picture while nobody asks: the person who asked for it, with eyes for its project alone. */
export function viewerOf({ createdBy, sceneAsset }: Pick<DrivenPicture, "createdBy" | "sceneAsset">): Viewer {
  const { id: userId, name } = createdBy;
  return { userId, name, role: "CREATOR", projectIds: [sceneAsset.scene.branch.projectId] };
}
