import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeBranch } from "#domains/stories/change-branch.ts";
import { copyImage, requireLibraryAsset } from "#domains/stories/library-assets.service.ts";
import { matchAssets } from "#domains/stories/logic/match-assets.ts";
import { assetNameTaken, requireRoomForAsset } from "#domains/stories/project-assets.service.ts";
import { addInstance } from "#domains/stories/scene-assets/create-scene-asset.service.ts";
import { visibleOfProject } from "#domains/stories/visible-stories.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { ProjectAsset, SceneAsset } from "#platform/db/generated/client.ts";

type CloneDeps = Pick<Deps, "db" | "bus" | "storage">;

export interface AssetMatch {
  asset: ProjectAsset;
  /** From 0 to 1. */
  score: number;
}

/** Assets of a branch that a library asset may be already, the likeliest first. @throws NotFoundError */
export async function proposeMatches(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  { libraryAssetId, branchId }: { libraryAssetId: string; branchId: string },
): Promise<AssetMatch[]> {
  const wanted = await requireLibraryAsset(deps, libraryAssetId, ["libraryAssetId"]);
  const branch = await deps.db.prisma.branch.findFirst({
    where: { AND: [{ id: branchId }, visibleOfProject(viewer)] },
    include: { assets: true },
  });
  if (!branch) throw new NotFoundError("The branch", ["branchId"]);
  return matchAssets(wanted, branch.assets);
}

export interface Cloned {
  projectAsset: ProjectAsset;
  sceneAsset: SceneAsset | null;
  /** Whether the project asset was made, rather than linked to. */
  isNew: boolean;
}

/**
 * Brings an asset of the studio's library into a branch: links it to one that is there, or makes one with its text and
 * picture. With a scene it is added to that scene as well, all or nothing.
 * @throws NotFoundError (library asset, branch, match, scene), ConflictError (NAME_TAKEN; IN_SCENE), ValidationError
 */
export async function cloneLibraryAsset(
  deps: CloneDeps,
  viewer: Viewer,
  input: {
    libraryAssetId: string;
    branchId: string;
    /** A project asset that it is already. */
    linkToId?: string | undefined;
    sceneId?: string | undefined;
  },
): Promise<Cloned> {
  const { branchId, linkToId, sceneId } = input;
  const library = await requireLibraryAsset(deps, input.libraryAssetId, ["libraryAssetId"]);
  const where = { AND: [{ id: branchId }, visibleOfProject(viewer)] };
  const branch = await deps.db.prisma.branch.findFirst({ where });
  if (!branch) throw new NotFoundError("The branch", ["branchId"]);
  const { projectId } = branch;
  const image =
    linkToId === undefined && library.image
      ? await copyImage(deps, viewer, library.image, { projectId, folder: `uploads/${projectId}` })
      : null;
  return conflictOnUnique(
    () =>
      changeBranch(deps, viewer, branchId, ["branchId"], async (tx) => {
        const scene = sceneId === undefined ? null : await tx.scene.findUnique({ where: { id: sceneId, branchId } });
        if (sceneId !== undefined && !scene)
          throw new NotFoundError("The scene, among those of the branch,", ["sceneId"]);
        if (linkToId !== undefined) {
          const [linked] = await tx.projectAsset.updateManyAndReturn({
            where: { id: linkToId, branchId },
            data: { libraryAssetId: library.id },
          });
          if (!linked) throw new NotFoundError("The project asset, among those of the branch,", ["linkToId"]);
          return {
            projectAsset: linked,
            sceneAsset: scene && (await addInstance(tx, scene, linked, false)),
            isNew: false,
          };
        }
        await requireRoomForAsset(tx, branchId);
        const { type, name, description } = library;
        const projectAsset = await tx.projectAsset.create({
          data: { branchId, type, name, description, imageId: image?.id ?? null, libraryAssetId: library.id },
        });
        return { projectAsset, sceneAsset: scene && (await addInstance(tx, scene, projectAsset, false)), isNew: true };
      }),
    `${assetNameTaken}; link to it instead`,
    ["libraryAssetId"],
  );
}
