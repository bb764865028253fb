import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { visibleOfBranch, visibleOfProject } from "#domains/stories/visible-stories.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { Branch, Scene } from "#platform/db/generated/client.ts";

/** A scene that the viewer may see. @throws NotFoundError */
export async function requireScene(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
): Promise<Scene & { branch: Branch }> {
  const where = { AND: [{ id }, visibleOfBranch(viewer)] };
  const scene = await db.prisma.scene.findFirst({ where, include: { branch: true } });
  if (!scene) throw new NotFoundError("The scene", ["sceneId"]);
  return scene;
}

/** A branch that the viewer may see. @throws NotFoundError */
export async function requireBranch({ db }: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<Branch> {
  const branch = await db.prisma.branch.findFirst({ where: { AND: [{ id }, visibleOfProject(viewer)] } });
  if (!branch) throw new NotFoundError("The branch", ["branchId"]);
  return branch;
}
