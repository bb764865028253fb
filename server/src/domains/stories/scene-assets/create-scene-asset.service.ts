import { z } from "zod";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeScene, type StoryDeps } from "#domains/stories/change-branch.ts";
import { requirePicture } from "#domains/stories/images.ts";
import { baseState, followingState } from "#domains/stories/logic/inheritance.ts";
import { normaliseStatusTags } from "#domains/stories/logic/status-tags.ts";
import { storeStates } from "#domains/stories/scene-assets/store-states.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { ProjectAsset, Scene, SceneAsset } from "#platform/db/generated/client.ts";

export const stateFields = z.object({
  descriptionOverride: storableText(10_000)
    .trim()
    .nullable()
    .optional()
    // A text of nothing is none: then the project asset's stands.
    .transform((text) => (text === "" ? null : text)),
  statusTags: z
    .array(storableText(60))
    .max(100, "at most 100 tags")
    .transform((tags) => normaliseStatusTags(tags))
    .optional(),
  reason: storableText(1_000).trim().optional(),
});

export interface StateInput {
  /** Null takes it away. */
  descriptionOverride?: string | null | undefined;
  statusTags?: readonly string[] | undefined;
  imageId?: string | null | undefined;
  carryForward?: boolean | undefined;
}

/**
 * Adds an asset to a scene: as the project asset is, or as the last scene before left it. What else is given goes on top.
 * @throws NotFoundError (scene, asset, image), ValidationError, ConflictError (IN_SCENE) when it is there already
 */
export async function createSceneAsset(
  deps: StoryDeps,
  viewer: Viewer,
  input: StateInput & { sceneId: string; projectAssetId: string; fromLastAppearance: boolean },
): Promise<SceneAsset> {
  const { descriptionOverride, statusTags } = parseInput(stateFields, input);
  return changeScene(deps, viewer, input.sceneId, ["sceneId"], async (tx, scene, { projectId }) => {
    const asset = await tx.projectAsset.findUnique({ where: { id: input.projectAssetId, branchId: scene.branchId } });
    if (!asset) throw new NotFoundError("The project asset, among those of the branch,", ["projectAssetId"]);
    await requirePicture(tx, projectId, input.imageId, ["imageId"]);
    return addInstance(tx, scene, asset, input.fromLastAppearance, {
      ...(descriptionOverride === undefined ? {} : { descriptionOverride }),
      ...(statusTags === undefined ? {} : { statusTags }),
      ...(input.imageId === undefined ? {} : { imageId: input.imageId }),
      ...(input.carryForward === undefined ? {} : { carryForward: input.carryForward }),
    });
  });
}

/** For whoever writes in the scene's branch. @throws ConflictError (IN_SCENE), ValidationError when the scene is full */
export async function addInstance(
  tx: PrismaTx,
  scene: Pick<Scene, "id" | "branchId" | "number">,
  asset: ProjectAsset,
  fromLastAppearance: boolean,
  fields: Partial<Pick<SceneAsset, "descriptionOverride" | "statusTags" | "imageId" | "carryForward">> = {},
): Promise<SceneAsset> {
  const place = { sceneId: scene.id, projectAssetId: asset.id };
  if (await tx.sceneAsset.findUnique({ where: { sceneId_projectAssetId: place }, select: { id: true } }))
    throw new ConflictError(`${asset.name} is in scene ${scene.number} already`, "IN_SCENE", ["projectAssetId"]);
  const source = fromLastAppearance ? await lastAppearance(tx, scene, asset.id) : null;
  const state = source ? followingState(source, asset) : baseState(asset);
  const [made] = await storeStates(tx, scene.id, [{ ...state, ...fields }], () => source?.scene.number ?? null);
  if (!made) throw new Error("one state was stored");
  return made;
}

/** The latest instance of the asset in an earlier scene. */
function lastAppearance(
  tx: PrismaTx,
  { branchId, number }: Pick<Scene, "branchId" | "number">,
  projectAssetId: string,
) {
  return tx.sceneAsset.findFirst({
    where: { projectAssetId, scene: { branchId, number: { lt: number } } },
    orderBy: { scene: { number: "desc" } },
    include: { scene: { select: { number: true } } },
  });
}
