import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { visibleOfBranch, visibleOfProject, visibleOfScene } from "#domains/stories/visible-stories.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Branch, ProjectAsset, Scene, SceneAsset } from "#platform/db/generated/client.ts";

export type StoryDeps = Pick<Deps, "db" | "bus">;

/** For how long a copy of a whole branch may take, and those who write after it wait for their turn, in ms. */
const patience = { timeout: 60_000, maxWait: 30_000 };

/**
 * Writes in a branch, in one transaction: whoever else writes there waits until it ends, so that numbers, names and what
 * follows from earlier scenes are never read in between. Tells the change once it is written.
 * @throws NotFoundError
 */
export async function changeBranch<Result>(
  { db, bus }: StoryDeps,
  viewer: Viewer,
  branchId: string,
  path: string[],
  work: (tx: PrismaTx, branch: Branch) => Promise<Result>,
): Promise<Result> {
  const result = await db.prisma.$transaction(async (tx) => {
    const [branch] = await tx.branch.updateManyAndReturn({
      where: { AND: [{ id: branchId }, visibleOfProject(viewer)] },
      data: { updatedAt: new Date() },
    });
    if (!branch) throw new NotFoundError("The branch", path);
    return work(tx, branch);
  }, patience);
  bus.publish("branch.changed", { branchId });
  return result;
}

/** Like changeBranch, for a scene's branch; the scene is as it is once nobody else writes. @throws NotFoundError */
export async function changeScene<Result>(
  deps: StoryDeps,
  viewer: Viewer,
  sceneId: string,
  path: string[],
  work: (tx: PrismaTx, scene: Scene, branch: Branch) => Promise<Result>,
): Promise<Result> {
  const where = { AND: [{ id: sceneId }, visibleOfBranch(viewer)] };
  const found = await deps.db.prisma.scene.findFirst({ where, select: { branchId: true } });
  if (!found) throw new NotFoundError("The scene", path);
  return changeBranch(deps, viewer, found.branchId, path, async (tx, branch) => {
    const scene = await tx.scene.findUnique({ where: { id: sceneId } });
    if (!scene) throw new NotFoundError("The scene", path);
    return work(tx, scene, branch);
  });
}

/** Like changeScene, for a project asset. @throws NotFoundError */
export async function changeProjectAsset<Result>(
  deps: StoryDeps,
  viewer: Viewer,
  id: string,
  work: (tx: PrismaTx, asset: ProjectAsset, branch: Branch) => Promise<Result>,
): Promise<Result> {
  const where = { AND: [{ id }, visibleOfBranch(viewer)] };
  const found = await deps.db.prisma.projectAsset.findFirst({ where, select: { branchId: true } });
  if (!found) throw new NotFoundError("The project asset", ["id"]);
  return changeBranch(deps, viewer, found.branchId, ["id"], async (tx, branch) => {
    const asset = await tx.projectAsset.findUnique({ where: { id } });
    if (!asset) throw new NotFoundError("The project asset", ["id"]);
    return work(tx, asset, branch);
  });
}

/** Like changeScene, for instances of one branch. @throws NotFoundError that names the first that is not there */
export async function changeSceneAssets<Result>(
  deps: StoryDeps,
  viewer: Viewer,
  ids: readonly string[],
  pathOf: (index: number) => string[],
  work: (tx: PrismaTx, instances: SceneAsset[], branch: Branch) => Promise<Result>,
): Promise<Result> {
  const where = { AND: [{ id: { in: [...ids] } }, visibleOfScene(viewer)] };
  const found = await deps.db.prisma.sceneAsset.findMany({
    where,
    select: { id: true, scene: { select: { branchId: true } } },
  });
  const branchOf = new Map(found.map(({ id, scene }) => [id, scene.branchId]));
  const branchId = branchOf.get(ids[0] ?? "");
  const missing = ids.findIndex((id) => branchId === undefined || branchOf.get(id) !== branchId);
  if (missing >= 0 || branchId === undefined) throw new NotFoundError("The scene asset", pathOf(Math.max(missing, 0)));
  return changeBranch(deps, viewer, branchId, pathOf(0), async (tx, branch) => {
    const rows = await tx.sceneAsset.findMany({ where: { id: { in: [...ids] } } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const instances = ids.map((id, index) => {
      const instance = byId.get(id);
      if (!instance) throw new NotFoundError("The scene asset", pathOf(index));
      return instance;
    });
    return work(tx, instances, branch);
  });
}
