import type { Viewer } from "#domains/accounts/viewer.ts";
import { createSceneAsset } from "#domains/stories/scene-assets/create-scene-asset.service.ts";
import { setAssetWorkflow } from "#domains/stories/pictures/asset-workflow.service.ts";
import { generatePictures } from "#domains/stories/pictures/generate-pictures.service.ts";
import { createVisualStyle, lockVisualStyle } from "#domains/stories/visual-styles.service.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";
import { pictureGraph, type QueueStudio } from "#test/queue-studio.ts";
import { makeStoryStudio } from "#test/story-studio.ts";

/** The same workflow for all films of a studio, imported once. */
const workflows = new WeakMap<QueueStudio, Promise<string>>();

/** A film with all that its pictures need: a workflow, a locked style, a scene. */
export async function makePictureStudio(queue: QueueStudio, name: string) {
  const { deps } = queue;
  const { prisma } = deps.db;
  const story = await makeStoryStudio(queue, name);
  const { creator, projectId } = story;
  const known = workflows.get(queue) ?? queue.workflow("Portraits", pictureGraph);
  workflows.set(queue, known);
  const workflowId = await known;
  await setAssetWorkflow(deps, creator, { projectId, workflowId });
  const style = await createVisualStyle(deps, creator, { projectId, name: "Ink", prompt: "ink", negative: "photo" });
  await lockVisualStyle(deps, creator, style.id);
  const sceneId = await story.scene("Rain");
  return {
    ...story,
    workflowId,
    styleId: style.id,
    sceneId,
    /** Puts an asset into the scene. @returns the id of its state there */
    state: async (
      assetName: string,
      given: { type?: ProjectAssetType; description?: string; statusTags?: string[] } = {},
    ) => {
      const { type, description = `the ${assetName}`, statusTags = [] } = given;
      const projectAssetId = await story.asset(assetName, type, { description });
      const input = { sceneId, projectAssetId, statusTags, fromLastAppearance: false };
      return (await createSceneAsset(deps, creator, input)).id;
    },
    generate: async (instanceIds: string[], viewer: Viewer = creator) =>
      (await generatePictures(deps, viewer, { instanceIds, sizes: {}, skipBlocked: false })).pictures,
    stored: (id: string) => prisma.sceneAssetPicture.findUniqueOrThrow({ where: { id }, include: { image: true } }),
    sceneAsset: (id: string) => prisma.sceneAsset.findUniqueOrThrow({ where: { id }, include: { changes: true } }),
    /** Waits until the pictures are over. */
    untilOver: (ids: readonly string[]) =>
      queue.until("pictures", async () => {
        const where = { id: { in: [...ids] }, status: { in: ["PENDING" as const, "GENERATING" as const] } };
        return (await prisma.sceneAssetPicture.count({ where })) === 0;
      }),
  };
}
export type PictureStudio = Awaited<ReturnType<typeof makePictureStudio>>;
