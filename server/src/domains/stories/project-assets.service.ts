import { z } from "zod";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeBranch, changeProjectAsset, type StoryDeps } from "#domains/stories/change-branch.ts";
import { given } from "#lib/given.ts";
import { requirePicture } from "#domains/stories/images.ts";
import { ConflictError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { ProjectAsset } from "#platform/db/generated/client.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";

const maxAssets = 1_000;

/** Of assets of projects and of the studio's library alike. */
export const describedFields = z.object({
  name: storableText(200).trim().min(1, "an asset needs a name"),
  description: storableText(10_000).optional(),
});

export const assetNameTaken = "An asset of this type and name exists already in the branch";

export interface ProjectAssetInput {
  type?: ProjectAssetType | undefined;
  name?: string | undefined;
  description?: string | undefined;
  /** Null takes it away. */
  imageId?: string | null | undefined;
  isLocked?: boolean | undefined;
  isDeferred?: boolean | undefined;
}

/** @throws ValidationError when the branch is full */
export async function requireRoomForAsset(tx: PrismaTx, branchId: string): Promise<void> {
  if ((await tx.projectAsset.count({ where: { branchId } })) >= maxAssets)
    throw ValidationError.at(["branchId"], `a branch has at most ${maxAssets} assets`);
}

/** @throws NotFoundError (branch, image), ValidationError, ConflictError when type and name are taken */
export async function createProjectAsset(
  deps: StoryDeps,
  viewer: Viewer,
  input: ProjectAssetInput & { branchId: string; type: ProjectAssetType },
): Promise<ProjectAsset> {
  const fields = parseInput(describedFields, input);
  const { branchId, type, imageId, isLocked, isDeferred } = input;
  return conflictOnUnique(
    () =>
      changeBranch(deps, viewer, branchId, ["branchId"], async (tx, { projectId }) => {
        await requirePicture(tx, projectId, imageId, ["imageId"]);
        await requireRoomForAsset(tx, branchId);
        return tx.projectAsset.create({
          data: { branchId, type, ...given({ ...fields, imageId, isLocked, isDeferred }) },
        });
      }),
    assetNameTaken,
    ["name"],
  );
}

/** Fields left out stay. @throws NotFoundError (asset, image), ValidationError, ConflictError when the name is taken */
export async function updateProjectAsset(
  deps: StoryDeps,
  viewer: Viewer,
  id: string,
  input: ProjectAssetInput,
): Promise<ProjectAsset> {
  const fields = parseInput(describedFields.partial({ name: true }), input);
  const { type, imageId, isLocked, isDeferred } = input;
  return conflictOnUnique(
    () =>
      changeProjectAsset(deps, viewer, id, async (tx, _asset, { projectId }) => {
        await requirePicture(tx, projectId, imageId, ["imageId"]);
        return tx.projectAsset.update({
          where: { id },
          data: given({ ...fields, type, imageId, isLocked, isDeferred }),
        });
      }),
    assetNameTaken,
    ["name"],
  );
}

/** Files stay. @throws NotFoundError, ConflictError (IN_SCENES) while scenes have instances of it */
export async function deleteProjectAsset(deps: StoryDeps, viewer: Viewer, id: string): Promise<void> {
  await changeProjectAsset(deps, viewer, id, async (tx, { name }) => {
    const scenes = await tx.scene.findMany({
      where: { assets: { some: { projectAssetId: id } } },
      orderBy: { number: "asc" },
      select: { number: true },
      take: 21,
    });
    if (scenes.length > 0) {
      const numbers = scenes.slice(0, 20).map(({ number }) => number);
      const more = scenes.length > 20 ? " and more" : "";
      throw new ConflictError(
        `${name} is in scene ${numbers.join(", ")}${more}; take it out there first`,
        "IN_SCENES",
        ["id"],
      );
    }
    await tx.projectAsset.delete({ where: { id } });
  });
}
