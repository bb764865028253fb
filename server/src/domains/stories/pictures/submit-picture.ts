import type { Deps } from "#app/deps.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { addressesOf } from "#domains/stories/pictures/asset-workflow.ts";
import { changePicture } from "#domains/stories/pictures/change-picture.ts";
import { loadPicture, viewerOf } from "#domains/stories/pictures/load-picture.ts";
import { submissionOf } from "#domains/stories/pictures/submission-of.ts";
import { ConflictError, DomainError } from "#lib/domain-error.ts";
import { inScope } from "#platform/work/scope.ts";

export type PictureDeps = Pick<Deps, "config" | "db" | "storage" | "bus" | "runQueue" | "log">;

/**
 * Submits the job of a picture that waits for one. Job and picture are tied in one transaction, so that a picture never has
 * two. What the queue refuses by now fails the picture.
 */
export async function submitPicture(deps: PictureDeps, id: string): Promise<void> {
  const picture = await loadPicture(deps, id);
  if (picture?.status !== "PENDING") return;
  const { sceneAsset, workflowVersion, workflowVersionId, width, height } = picture;
  const { scene, projectAsset } = sceneAsset;
  const slots = workflowVersion.slots.map(({ slot }) => slot);
  const size = width === null || height === null ? null : { width, height };
  const submission = {
    ...submissionOf(addressesOf(slots), { ...picture, size }),
    workflowId: workflowVersion.workflowId,
    workflowVersionId,
    projectId: scene.branch.projectId,
    name: `${projectAsset.name} · scene ${scene.number}`,
  };
  try {
    await inScope({ ids: { requestId: picture.requestId ?? undefined, pictureId: picture.id } }, () =>
      submitJob(deps, viewerOf(picture), submission, async (client, [jobId]) => {
        // The branch's row before those in it, as everywhere.
        await client.query(`UPDATE branch SET updated_at = clock_timestamp() WHERE id = $1`, [scene.branchId]);
        const { rowCount } = await client.query(
          `UPDATE scene_asset_picture SET status = 'GENERATING', job_id = $2, updated_at = now()
         WHERE id = $1 AND status = 'PENDING'`,
          [id, jobId],
        );
        if (rowCount !== 1) throw new ConflictError("The picture is made already, or its state is gone", pictureTaken);
      }),
    );
    deps.bus.publish("branch.changed", { branchId: scene.branchId });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // Another process was quicker, or the state of the asset was deleted meanwhile.
    if (error.code === pictureTaken) return;
    await changePicture(deps, picture, (tx) =>
      tx.sceneAssetPicture.updateMany({
        where: { id, status: "PENDING" },
        data: { status: "FAILED", openKey: null, error: error.message },
      }),
    );
  }
}

const pictureTaken = "PICTURE_TAKEN";
