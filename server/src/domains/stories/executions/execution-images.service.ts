import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { sceneSlug } from "#domains/stories/logic/slugs.ts";
import { visibleOfBranch } from "#domains/stories/visible-stories.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { ExecutionImage, ExecutionScene } from "#platform/db/generated/client.ts";

export interface SceneImages {
  scene: ExecutionScene;
  images: ExecutionImage[];
}

/** Images of an execution that are there, by order and variant, in groups by scene. @throws NotFoundError */
export async function findExecutionImages(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  {
    execId,
    sceneOrder,
    sceneName,
  }: { execId: string; sceneOrder?: number | undefined; sceneName?: string | undefined },
): Promise<SceneImages[]> {
  const where = { AND: [{ execId: execId.replaceAll("\0", "") }, visibleOfBranch(viewer)] };
  const execution = await db.prisma.execution.findFirst({ where, select: { id: true } });
  if (!execution) throw new NotFoundError("The execution", ["execId"]);
  const scenes = await db.prisma.executionScene.findMany({
    where: {
      executionId: execution.id,
      ...(sceneOrder === undefined ? {} : { order: sceneOrder }),
      ...(sceneName === undefined ? {} : { slug: sceneSlug(sceneName) }),
    },
    orderBy: { order: "asc" },
    include: { images: { where: { assetId: { not: null } }, orderBy: { variant: "asc" } } },
  });
  return scenes.flatMap(({ images, ...scene }) => (images.length > 0 ? [{ scene, images }] : []));
}
