import sharp from "sharp";
import { storeAsset } from "#domains/assets/assets.service.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { addPrompt } from "#domains/stories/collections/prompt-collections.service.ts";
import { setSlotPrompts } from "#domains/stories/executions/slot-prompts.service.ts";
import { startExecution, type StartExecutionInput } from "#domains/stories/executions/start-execution.service.ts";
import { createScene } from "#domains/stories/scenes.service.ts";
import { storyOf } from "#domains/stories/story.service.ts";
import { clipGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import type { TestAppOptions } from "#test/test-app.ts";

export type ExecutionRow = Awaited<ReturnType<typeof readExecution>>;

/** A clip of nine small frames from one picture to another. */
export const frameGraph = (length = 9, fps = 8) => {
  const { "5": toVideo, ...graph } = clipGraph(length, fps);
  return {
    ...graph,
    "5": {
      class_type: "WanFirstLastFrameToVideo",
      inputs: { ...toVideo.inputs, width: 32, height: 32, end_image: ["10", 0] },
    },
    "10": { class_type: "LoadImage", inputs: { image: "last.png" }, _meta: { title: "Last frame" } },
  };
};

/** A small picture made from another, with a text. */
export const pictureFromPicture = {
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "studio.safetensors" } },
  "2": { class_type: "LoadImage", inputs: { image: "example.png" }, _meta: { title: "Input" } },
  "3": { class_type: "CLIPTextEncode", inputs: { text: "a place", clip: ["1", 1] }, _meta: { title: "What to show" } },
  "4": { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["1", 1] }, _meta: { title: "What to avoid" } },
  "5": {
    class_type: "ImageScale",
    inputs: { image: ["2", 0], upscale_method: "area", width: 32, height: 32, crop: "disabled" },
  },
  "6": { class_type: "VAEEncode", inputs: { pixels: ["5", 0], vae: ["1", 2] } },
  "7": {
    class_type: "KSampler",
    inputs: {
      seed: 7,
      steps: 1,
      cfg: 7,
      sampler_name: "euler",
      scheduler: "normal",
      denoise: 0.8,
      model: ["1", 0],
      positive: ["3", 0],
      negative: ["4", 0],
      latent_image: ["6", 0],
    },
  },
  "8": { class_type: "VAEDecode", inputs: { samples: ["7", 0], vae: ["1", 2] } },
  "9": { class_type: "SaveImage", inputs: { filename_prefix: "scene", images: ["8", 0] } },
};

/** A studio with two small workflows, and stories whose scenes have a prompt each for image and clip. */
export async function startExecutionStudio(options: TestAppOptions = {}) {
  const studio = await startQueueStudio(options);
  const { deps, admin } = studio;
  const { prisma } = deps.db;
  const imageWorkflowId = await studio.workflow("Scene image", pictureFromPicture);
  const videoWorkflowId = await studio.workflow("From frame to frame", frameGraph());
  const slotOf = async (workflowId: string): Promise<string> =>
    (await prisma.promptSlot.findFirstOrThrow({ where: { workflowId, nodeId: "3" } })).id;
  const slots = { image: await slotOf(imageWorkflowId), video: await slotOf(videoWorkflowId) };
  const input = {
    images: { workflowId: imageWorkflowId },
    videos: { workflowId: videoWorkflowId },
  };
  return {
    ...studio,
    imageWorkflowId,
    videoWorkflowId,
    slots,
    /** A project whose main branch has these scenes, each with the prompts `look` and `move`, mapped to the slots. */
    story: async (name: string, titles: readonly string[]) => {
      const project = await createProject(deps, admin, { name });
      const { mainBranchId: branchId } = await storyOf(deps, project.id);
      const sceneIds: string[] = [];
      for (const title of titles) {
        const { id: sceneId } = await createScene(deps, admin, { branchId, title });
        await addPrompt(deps, admin, { owner: { sceneId } }, { name: "look", value: `look of ${title}` });
        await addPrompt(deps, admin, { owner: { sceneId } }, { name: "move", value: `move from ${title}` });
        sceneIds.push(sceneId);
      }
      await setSlotPrompts(deps, admin, { branchId }, [
        { slotId: slots.image, name: "look" },
        { slotId: slots.video, name: "move" },
      ]);
      const blob = await deps.storage.putBytes(
        await sharp({ create: { width: 8, height: 6, channels: 3, background: "orange" } })
          .png()
          .toBuffer(),
      );
      const owner = { projectId: project.id, createdById: admin.userId };
      const asset = await storeAsset(deps, {
        ...owner,
        blob,
        kind: "UPLOAD",
        folder: project.id,
        filename: "start.png",
      });
      return {
        projectId: project.id,
        branchId,
        sceneIds,
        inputAssetId: asset.id,
        start: (more: Partial<StartExecutionInput> = {}) =>
          startExecution(deps, admin, { ...input, branchId, inputAssetId: asset.id, ...more }),
      };
    },
    execution: (id: string) => readExecution(studio, id),
    untilExecution: async (id: string, isSo: (execution: ExecutionRow) => boolean, timeoutMs = 60_000) => {
      let execution = await readExecution(studio, id);
      await studio
        .until(`execution ${id}`, async () => isSo((execution = await readExecution(studio, id))), timeoutMs)
        .catch((error: Error) => {
          throw new Error(`${error.message}; it is ${JSON.stringify(execution, null, 1).slice(0, 6_000)}`);
        });
      return execution;
    },
  };
}
export type ExecutionStudio = Awaited<ReturnType<typeof startExecutionStudio>>;

export const hasEnded = ({ status }: ExecutionRow): boolean =>
  status === "SUCCEEDED" || status === "FAILED" || status === "CANCELED";

function readExecution({ deps }: Pick<QueueStudio, "deps">, id: string) {
  return deps.db.prisma.execution.findUniqueOrThrow({
    where: { id },
    include: {
      filmAsset: true,
      metadataAsset: true,
      sourceAsset: true,
      scenes: {
        orderBy: { order: "asc" },
        include: { job: true, images: { orderBy: { variant: "asc" }, include: { asset: true, run: true } } },
      },
      transitions: { orderBy: { order: "asc" }, include: { job: true, asset: true } },
    },
  });
}
