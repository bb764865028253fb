import type { Deps } from "#app/deps.ts";
import type { StoryDeps } from "#domains/stories/change-branch.ts";
import { pictureKey } from "#domains/stories/logic/picture-prompt.ts";
import { changePicture } from "#domains/stories/pictures/change-picture.ts";
import { loadPicture } from "#domains/stories/pictures/load-picture.ts";

/** A job has ended: the picture that it was to make is settled. Told twice, nothing happens. */
export async function pictureJobEnded(deps: Pick<Deps, "db" | "pictureDriver">, jobId: string): Promise<void> {
  const id = await pictureOfJob(deps, jobId);
  if (id !== null) deps.pictureDriver.wake(id);
}

/** A retry goes on with the job of a picture that was not made. */
export async function pictureJobReopened(deps: StoryDeps, jobId: string): Promise<void> {
  const id = await pictureOfJob(deps, jobId);
  const picture = id === null ? null : await loadPicture(deps, id);
  if (!picture) return;
  await changePicture(deps, picture, async (tx) => {
    const openKey = pictureKey(picture.sceneAssetId, picture);
    const other = await tx.sceneAssetPicture.findUnique({ where: { openKey }, select: { id: true } });
    await tx.sceneAssetPicture.updateMany({
      where: { id: picture.id, status: { in: ["FAILED", "CANCELED"] } },
      data: { status: "GENERATING", error: null, ...(other ? {} : { openKey }) },
    });
  });
}

/** Most jobs make no picture of a scene asset: one cheap look says so. Copies in forks are over. */
async function pictureOfJob({ db }: Pick<Deps, "db">, jobId: string): Promise<string | null> {
  const { rows } = await db.pool.query<{ id: string }>({
    name: "picture-of-job",
    text: `SELECT id FROM scene_asset_picture WHERE job_id = $1 AND status <> 'DONE' LIMIT 1`,
    values: [jobId],
  });
  return rows[0]?.id ?? null;
}
