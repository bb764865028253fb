import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeSceneAssets } from "#domains/stories/change-branch.ts";
import { blockersOf, type PictureBlocker } from "#domains/stories/pictures/picture-blocker.ts";
import { countChoices } from "#domains/stories/pictures/count-choices.ts";
import {
  findOpen,
  type PicturesInput,
  type PlannedPicture,
  planPictures,
} from "#domains/stories/pictures/plan-pictures.ts";
import { type PictureDeps, submitPicture } from "#domains/stories/pictures/submit-picture.ts";
import { ConflictError, type FieldIssue, ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { SceneAssetPicture } from "#platform/db/generated/client.ts";
import { currentRequestId } from "#platform/work/scope.ts";

export interface GeneratedPictures {
  /** In the order in which the states were named, without those that were skipped. */
  pictures: SceneAssetPicture[];
  skipped: PictureBlocker[];
}

/**
 * Asks for a picture of each state of an asset, by a job of its own. All are checked and written down first, in one
 * transaction; their jobs follow, and should this process die on the way, another one submits them. A picture that was asked
 * for already and is not over is answered as it is.
 * @throws NotFoundError by position, ConflictError (NO_LOCKED_STYLE, NO_ASSET_WORKFLOW and others), ValidationError by
 *   position for what stands against a picture, unless those are skipped
 */
export async function generatePictures(
  deps: PictureDeps & Pick<Deps, "pictureDriver">,
  viewer: Viewer,
  input: PicturesInput & { skipBlocked: boolean },
): Promise<GeneratedPictures> {
  const { workflow, blocker, pictures: planned } = await planPictures(deps, viewer, input);
  if (blocker || !workflow) throw projectBlocked(blocker);
  const blocked = planned.filter(({ findings }) => findings.length > 0);
  if (blocked.length > 0 && (!input.skipBlocked || blocked.length === planned.length))
    throw picturesBlocked(input.instanceIds, blocked);
  const wanted = planned.filter(({ findings }) => findings.length === 0);
  const ids = wanted.map(({ instance }) => instance.id);
  const pathOf = (index: number): string[] => ["instanceIds", String(input.instanceIds.indexOf(ids[index] ?? ""))];
  const { pictures, added } = await changeSceneAssets(deps, viewer, ids, pathOf, (tx) =>
    storePictures(tx, viewer, workflow.versionId, wanted),
  );
  for (const id of added) {
    await submitPicture(deps, id).catch((error: unknown) => {
      // What was written down is promised: it is tried again, and answered as it waits.
      deps.log.error({ err: error, id }, "the job of a picture could not be submitted; it is tried again");
      deps.pictureDriver.wake(id);
    });
  }
  const stored = await deps.db.prisma.sceneAssetPicture.findMany({ where: { id: { in: added } } });
  const byId = new Map(stored.map((picture) => [picture.id, picture]));
  return {
    pictures: pictures.map((picture) => byId.get(picture.id) ?? picture),
    skipped: blockersOf(blocked.map(({ instance, findings }) => ({ sceneAssetId: instance.id, findings }))),
  };
}

function projectBlocked(blocker: PictureBlocker | null): ConflictError {
  if (!blocker) throw new Error("a plan without a workflow says why");
  return new ConflictError(`${blocker.message}. ${blocker.remedy}`, blocker.code, ["instanceIds"]);
}

function picturesBlocked(instanceIds: readonly string[], blocked: readonly PlannedPicture[]): ValidationError {
  const issues = blocked.flatMap(({ instance, findings }) =>
    findings.map(({ message, remedy }): FieldIssue => {
      const what = `${instance.projectAsset.name}, scene ${instance.scene.number}`;
      return {
        path: ["instanceIds", String(instanceIds.indexOf(instance.id))],
        message: `${what}: ${message} ${remedy}`,
      };
    }),
  );
  const codes = new Set(blocked.flatMap(({ findings }) => findings.map(({ code }) => code)));
  return new ValidationError(issues, codes.size === 1 ? [...codes][0] : "PREFLIGHT_BLOCKED");
}

/** Nobody else writes in the branch meanwhile. @returns all of them in order, and the ids of those that are new */
async function storePictures(
  tx: PrismaTx,
  viewer: Viewer,
  workflowVersionId: string,
  wanted: readonly PlannedPicture[],
): Promise<{ pictures: SceneAssetPicture[]; added: string[] }> {
  const open = await findOpen(
    tx,
    wanted.map(({ key }) => key),
  );
  const missing = wanted.filter(({ key }) => !open.has(key));
  const choices = await countChoices(
    tx,
    missing.map(({ instance }) => instance.id),
  );
  const rounds = await openRounds(tx, [...new Set(missing.map(({ instance }) => instance.sceneId))]);
  const createdAt = new Date();
  const made = await tx.sceneAssetPicture.createManyAndReturn({
    data: missing.map(({ instance: { id: sceneAssetId, sceneId }, key, prompt, negative, size }) => ({
      id: uuidv7(),
      sceneAssetId,
      sceneId,
      roundId: rounds.get(sceneId) ?? "",
      openKey: key,
      prompt,
      negative,
      width: size?.width ?? null,
      height: size?.height ?? null,
      workflowVersionId,
      requestId: currentRequestId(),
      createdById: viewer.userId,
      choicesBefore: choices.get(sceneAssetId) ?? 0,
      createdAt,
    })),
  });
  for (const picture of made) open.set(picture.openKey ?? "", picture);
  return { pictures: wanted.flatMap(({ key }) => open.get(key) ?? []), added: made.map(({ id }) => id) };
}

/** The round that pictures of a scene are counted in: the one that is under way, else a new one. */
async function openRounds(
  tx: Pick<Deps["db"]["prisma"], "sceneAssetPicture">,
  sceneIds: readonly string[],
): Promise<Map<string, string>> {
  const open = await tx.sceneAssetPicture.findMany({
    where: { sceneId: { in: [...sceneIds] }, status: { in: ["PENDING", "GENERATING"] } },
    distinct: ["sceneId"],
    select: { sceneId: true, roundId: true },
  });
  return new Map([
    ...sceneIds.map((id) => [id, uuidv7()] as const),
    ...open.map(({ sceneId, roundId }) => [sceneId, roundId] as const),
  ]);
}
