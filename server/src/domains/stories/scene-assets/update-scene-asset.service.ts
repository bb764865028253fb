import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeSceneAssets, type StoryDeps } from "#domains/stories/change-branch.ts";
import { given } from "#lib/given.ts";
import { requirePicture } from "#domains/stories/images.ts";
import { sameTags } from "#domains/stories/logic/status-tags.ts";
import { stateFields, type StateInput } from "#domains/stories/scene-assets/create-scene-asset.service.ts";
import { recordChanges, type StateChange } from "#domains/stories/scene-assets/store-states.ts";
import { ForbiddenError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { SceneAsset } from "#platform/db/generated/client.ts";

/** More than a scene holds nobody locks at once. */
const maxAtOnce = 200;

/**
 * Changes an instance and writes down each field that is another now. Fields left out stay.
 * @throws NotFoundError (instance, image), ValidationError, ForbiddenError (INSTANCE_LOCKED) for text and tags of a locked one
 */
export async function updateSceneAsset(
  deps: StoryDeps,
  viewer: Viewer,
  id: string,
  input: StateInput & { reason?: string | undefined },
): Promise<SceneAsset> {
  const { reason, descriptionOverride, statusTags } = parseInput(stateFields, input);
  const { imageId, carryForward } = input;
  return changeSceneAssets(
    deps,
    viewer,
    [id],
    () => ["id"],
    async (tx, [instance], { projectId }) => {
      if (!instance) throw new Error("one instance was asked for");
      await requirePicture(tx, projectId, imageId, ["imageId"]);
      const change = { sceneAssetId: id, origin: "PERSON" as const };
      const changes: StateChange[] = [];
      if (descriptionOverride !== undefined && descriptionOverride !== instance.descriptionOverride)
        changes.push({
          ...change,
          field: "DESCRIPTION",
          before: instance.descriptionOverride,
          after: descriptionOverride,
        });
      if (statusTags !== undefined && !sameTags(statusTags, instance.statusTags))
        changes.push({ ...change, field: "TAGS", before: instance.statusTags, after: statusTags });
      if (changes[0]) requireUnlocked(instance, [changes[0].field === "TAGS" ? "statusTags" : "descriptionOverride"]);
      if (imageId !== undefined && imageId !== instance.imageId)
        changes.push({ ...change, field: "IMAGE", before: instance.imageId, after: imageId });
      if (carryForward !== undefined && carryForward !== instance.carryForward)
        changes.push({ ...change, field: "CARRY_FORWARD", before: instance.carryForward, after: carryForward });
      await recordChanges(tx, changes, { userId: viewer.userId, reason: reason ?? null });
      return tx.sceneAsset.update({
        where: { id },
        data: given({ descriptionOverride, statusTags, imageId, carryForward }),
      });
    },
  );
}

/**
 * Locks or unlocks instances of one branch, all or none; those that are so already stay untouched.
 * @throws NotFoundError by position, ValidationError
 */
export async function lockSceneAssets(
  deps: StoryDeps,
  viewer: Viewer,
  ids: readonly string[],
  isLocked: boolean,
  why: string | undefined,
): Promise<SceneAsset[]> {
  const { reason } = parseInput(stateFields, { reason: why });
  if (ids.length === 0) throw ValidationError.at(["ids"], "name at least one");
  if (ids.length > maxAtOnce) throw ValidationError.at(["ids"], `name at most ${maxAtOnce}`);
  const pathOf = (index: number): string[] => ["ids", String(index)];
  return changeSceneAssets(deps, viewer, [...new Set(ids)], pathOf, async (tx, instances) => {
    const others = instances.filter((instance) => instance.isLocked !== isLocked);
    await tx.sceneAsset.updateMany({ where: { id: { in: others.map(({ id }) => id) } }, data: { isLocked } });
    const changes = others.map(({ id }) => ({
      sceneAssetId: id,
      field: "LOCKED" as const,
      origin: "PERSON" as const,
      before: !isLocked,
      after: isLocked,
    }));
    await recordChanges(tx, changes, { userId: viewer.userId, reason: reason ?? null });
    return instances.map((instance) => ({ ...instance, isLocked }));
  });
}

/** What follows from it keeps that as a record. @throws NotFoundError, ForbiddenError (INSTANCE_LOCKED) */
export async function deleteSceneAsset(deps: StoryDeps, viewer: Viewer, id: string): Promise<void> {
  await changeSceneAssets(
    deps,
    viewer,
    [id],
    () => ["id"],
    async (tx, [instance]) => {
      if (!instance) throw new Error("one instance was asked for");
      requireUnlocked(instance, ["id"]);
      await tx.sceneAsset.delete({ where: { id } });
    },
  );
}

function requireUnlocked({ isLocked }: SceneAsset, path: string[]): void {
  if (isLocked)
    throw new ForbiddenError(
      "The scene asset is locked; unlock it before its text or tags change",
      "INSTANCE_LOCKED",
      path,
    );
}
