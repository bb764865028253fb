import { encodeId } from "#graphql/ids.ts";
import type { TestApp } from "#test/test-app.ts";

/** An execution of two scenes, as if it were over. @returns global ids by type */
export async function makeExecution(
  { deps }: TestApp,
  of: Record<"branchId" | "sceneId" | "assetId" | "workflowVersionId" | "projectId" | "userId" | "slotId", string>,
) {
  const { prisma } = deps.db;
  const { branchId, sceneId, assetId, workflowVersionId, projectId, userId, slotId } = of;
  await prisma.slotPrompt.create({ data: { branchId, slotId, name: "hero" } });
  const job = await prisma.parentJob.create({ data: { name: "Film", projectId, createdById: userId } });
  const scene = (order: number) => ({
    order,
    sceneId,
    title: `Scene ${order}`,
    slug: `scene-${order}`,
    params: {},
    status: "DONE" as const,
    images: { create: { variant: 0, seed: "1", prompts: [], assetId } },
  });
  const execution = await prisma.execution.create({
    data: {
      branchId,
      execId: `20261127_120000_${job.id.slice(-6)}`,
      story: "film",
      jobId: job.id,
      status: "SUCCEEDED",
      variants: 1,
      pausesForChoice: false,
      sourceAssetId: assetId,
      inputHash: "0123456789ab",
      imageVersionId: workflowVersionId,
      videoVersionId: workflowVersionId,
      firstFrameKey: "input_image",
      lastFrameKey: "input_image_2",
      pool: "default",
      priority: 0,
      seed: "1",
      filmAssetId: assetId,
      createdById: userId,
      scenes: { create: [scene(0), scene(1)] },
      transitions: { create: { order: 0, seed: "1", params: {}, prompts: [], status: "DONE", assetId } },
    },
    include: { scenes: { orderBy: { order: "asc" }, include: { images: true } }, transitions: true },
  });
  const [first] = execution.scenes;
  return {
    Execution: encodeId("Execution", execution.id),
    ExecutionScene: encodeId("ExecutionScene", first?.id ?? ""),
    ExecutionImage: encodeId("ExecutionImage", first?.images[0]?.id ?? ""),
    ExecutionTransition: encodeId("ExecutionTransition", execution.transitions[0]?.id ?? ""),
  };
}
