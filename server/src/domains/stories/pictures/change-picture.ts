import { changeBranch, type StoryDeps } from "#domains/stories/change-branch.ts";
import { type DrivenPicture, viewerOf } from "#domains/stories/pictures/load-picture.ts";
import type { PrismaTx } from "#platform/db/client.ts";

/** Writes what became of a picture, while nobody else writes in its branch. @throws NotFoundError when the branch is gone */
export async function changePicture(
  deps: StoryDeps,
  picture: DrivenPicture,
  work: (tx: PrismaTx) => Promise<unknown>,
): Promise<void> {
  await changeBranch(deps, viewerOf(picture), picture.sceneAsset.scene.branchId, ["branchId"], work);
}
