import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Resolution } from "#domains/presets/logic/resolutions.ts";
import { type AlikePlan, planAlike } from "#domains/queue/submit/plan-alike.service.ts";
import type { PlanDeps } from "#domains/queue/submit/plan-submission.ts";
import { pictureKey, type PictureTexts, pictureTexts } from "#domains/stories/logic/picture-prompt.ts";
import { type AssetSizes, sizeOfPicture } from "#domains/stories/logic/picture-size.ts";
import { effectiveDescription } from "#domains/stories/logic/scene-state.ts";
import { type AssetWorkflow, loadAssetWorkflow } from "#domains/stories/pictures/asset-workflow.ts";
import { chosenSizes } from "#domains/stories/pictures/asset-workflow.service.ts";
import type { PictureBlocker, PictureFinding } from "#domains/stories/pictures/picture-blocker.ts";
import { submissionOf } from "#domains/stories/pictures/submission-of.ts";
import { storyOf } from "#domains/stories/story.service.ts";
import { visibleOfScene } from "#domains/stories/visible-stories.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Prisma, SceneAssetPicture } from "#platform/db/generated/client.ts";

/** States that one call asks for pictures of at most: as many as a scene has. */
const maxAtOnce = 200;

export interface PicturesInput {
  instanceIds: readonly string[];
  sizes: AssetSizes;
}

type Instance = Prisma.SceneAssetGetPayload<{
  include: { projectAsset: true; scene: { include: { branch: true } } };
}>;

/** A picture as it would be asked for. */
export interface PlannedPicture extends PictureTexts {
  instance: Instance;
  /** In pixels; null where the workflow has no size to set. */
  size: Resolution | null;
  key: string;
  /** The same picture, when it was asked for already and is not over. */
  open: SceneAssetPicture | null;
  /** What stands against it; nothing for one that is open. */
  findings: PictureFinding[];
  /** Null for one that is open, and where there is nothing to show. */
  submission: AlikePlan["submission"] | null;
}

export interface PicturePlan {
  projectId: string;
  /** Null where something stands against all of the project's. */
  workflow: AssetWorkflow | null;
  blocker: PictureBlocker | null;
  /** In the order in which they were named. */
  pictures: PlannedPicture[];
}

/**
 * What pictures of states of assets would be, and what stands against them. The number of statements does not depend on how
 * many they are; nothing is stored.
 * @throws NotFoundError by position, ValidationError for none or too many
 */
export async function planPictures(
  deps: PlanDeps,
  viewer: Viewer,
  { instanceIds, sizes }: PicturesInput,
): Promise<PicturePlan> {
  const instances = await findInstances(deps, viewer, instanceIds);
  const projectId = instances[0]?.scene.branch.projectId ?? "";
  const story = await storyOf(deps, projectId);
  const [style, workflow] = await Promise.all([
    story.lockedStyleId ? deps.db.prisma.visualStyle.findUnique({ where: { id: story.lockedStyleId } }) : null,
    story.assetWorkflowId ? loadAssetWorkflow(deps, story.assetWorkflowId) : null,
  ]);
  if (!style) return { projectId, workflow: null, blocker: noStyle, pictures: [] };
  if (!workflow) return { projectId, workflow: null, blocker: noWorkflow, pictures: [] };
  if (workflow.problem) return { projectId, workflow: null, blocker: workflow.problem, pictures: [] };
  const { versionId: workflowVersionId } = workflow;
  const wanted = instances.map((instance) => {
    const { projectAsset, statusTags } = instance;
    const description = effectiveDescription(instance, projectAsset);
    const texts = pictureTexts({ description, statusTags, style });
    const size = sizeOfPicture(projectAsset.type, workflow.size, sizes, chosenSizes(story));
    const key = pictureKey(instance.id, {
      ...texts,
      workflowVersionId,
      width: size?.width ?? null,
      height: size?.height ?? null,
    });
    return { instance, ...texts, size, key, isDescribed: description.trim() !== "" || statusTags.length > 0 };
  });
  const openOf = await findOpen(
    deps.db.prisma,
    wanted.map(({ key }) => key),
  );
  const toPlan = wanted.filter(({ key, isDescribed }) => isDescribed && !openOf.has(key));
  const plans = await planAlike(
    deps,
    viewer,
    { workflowId: workflow.id, workflowVersionId, projectId },
    toPlan.map((picture) => submissionOf(workflow, picture)),
  );
  const planOf = new Map(toPlan.map(({ key }, index) => [key, plans[index]]));
  const pictures = wanted.map(({ isDescribed, ...picture }): PlannedPicture => {
    const open = openOf.get(picture.key) ?? null;
    const plan = planOf.get(picture.key);
    const isBare = !open && !isDescribed;
    const findings = isBare ? [noDescription(picture.instance.projectAsset.name)] : (plan?.blocking ?? []);
    return { ...picture, open, findings, submission: plan?.submission ?? null };
  });
  return { projectId, workflow, blocker: null, pictures };
}

/** Pictures that are not over, by their keys. */
export async function findOpen(
  tx: Pick<Deps["db"]["prisma"], "sceneAssetPicture">,
  keys: readonly string[],
): Promise<Map<string, SceneAssetPicture>> {
  const open = await tx.sceneAssetPicture.findMany({ where: { openKey: { in: [...keys] } } });
  return new Map(open.map((picture) => [picture.openKey ?? "", picture]));
}

/** Of one branch, each once. */
async function findInstances({ db }: Pick<Deps, "db">, viewer: Viewer, ids: readonly string[]): Promise<Instance[]> {
  if (ids.length === 0) throw ValidationError.at(["instanceIds"], "name at least one");
  if (ids.length > maxAtOnce) throw ValidationError.at(["instanceIds"], `name at most ${maxAtOnce}`);
  const found = await db.prisma.sceneAsset.findMany({
    where: { AND: [{ id: { in: [...ids] } }, visibleOfScene(viewer)] },
    include: { projectAsset: true, scene: { include: { branch: true } } },
  });
  const byId = new Map(found.map((instance) => [instance.id, instance]));
  const branchId = byId.get(ids[0] ?? "")?.scene.branchId;
  const missing = ids.findIndex((id) => branchId === undefined || byId.get(id)?.scene.branchId !== branchId);
  if (missing >= 0) throw new NotFoundError("The scene asset", ["instanceIds", String(missing)]);
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

const noStyle: PictureBlocker = {
  code: "NO_LOCKED_STYLE",
  message: "The project has no locked visual style, so its pictures would not look alike",
  remedy: "Lock one of the project's visual styles.",
  sceneAssetIds: [],
};
const noWorkflow: PictureBlocker = {
  code: "NO_ASSET_WORKFLOW",
  message: "The project names no workflow that makes the pictures of its assets",
  remedy: "Choose the project's asset workflow, one that makes pictures from text.",
  sceneAssetIds: [],
};
const noDescription = (name: string): PictureFinding => ({
  code: "NO_DESCRIPTION",
  message: `${name} has neither a description nor tags, so there is nothing to show`,
  remedy: "Describe the asset, or its state in this scene.",
});
