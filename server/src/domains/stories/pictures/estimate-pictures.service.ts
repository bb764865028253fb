import type { Viewer } from "#domains/accounts/viewer.ts";
import { defaultPool } from "#domains/machines/machines.service.ts";
import type { JobEstimate } from "#domains/queue/estimates/logic/estimate.ts";
import { estimateAlike } from "#domains/queue/submit/plan-alike.service.ts";
import type { PlanDeps } from "#domains/queue/submit/plan-submission.ts";
import { blockersOf, type PictureBlocker } from "#domains/stories/pictures/picture-blocker.ts";
import { type PicturesInput, type PlannedPicture, planPictures } from "#domains/stories/pictures/plan-pictures.ts";

export interface PicturesEstimate {
  /** Of those that nothing stands against and that are not under way already; null where none can be made. */
  estimate: JobEstimate | null;
  pictures: PlannedPicture[];
  blockers: PictureBlocker[];
}

/**
 * What pictures of states of assets would take and cost, and what stands against them. Stores nothing.
 * @throws NotFoundError by position, ValidationError for none or too many
 */
export async function estimatePictures(
  deps: PlanDeps,
  viewer: Viewer,
  input: PicturesInput,
): Promise<PicturesEstimate> {
  const { workflow, blocker, pictures } = await planPictures(deps, viewer, input);
  if (blocker || !workflow) return { estimate: null, pictures: [], blockers: blocker ? [blocker] : [] };
  const ready = pictures.flatMap(({ findings, submission }) =>
    findings.length === 0 && submission ? [submission] : [],
  );
  return {
    estimate: await estimateAlike(deps, { versionId: workflow.versionId, pool: defaultPool }, ready),
    pictures,
    blockers: blockersOf(pictures.map(({ instance, findings }) => ({ sceneAssetId: instance.id, findings }))),
  };
}
