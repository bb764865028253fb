import { storyOf } from "#domains/stories/story.service.ts";
import { encodeId } from "#graphql/ids.ts";
import type { TestApp } from "#test/test-app.ts";

/** A story of two scenes in which a character's state is followed. @returns global ids by type */
export async function makeStory(
  { deps }: TestApp,
  {
    projectId,
    name,
    assetId,
    userId,
    jobId,
    workflowVersionId,
  }: Record<"projectId" | "name" | "assetId" | "userId" | "jobId" | "workflowVersionId", string>,
) {
  const { prisma } = deps.db;
  const { mainBranchId: branchId } = await storyOf(deps, projectId);
  const library = await prisma.libraryAsset.create({
    data: { type: "CHARACTER", name, imageId: assetId, createdById: userId },
  });
  const asset = await prisma.projectAsset.create({
    data: {
      branchId,
      type: "CHARACTER",
      name: "Mara",
      description: "tall",
      imageId: assetId,
      isLocked: true,
      libraryAssetId: library.id,
    },
  });
  const style = await prisma.visualStyle.create({
    data: { projectId, name: "Ink", images: { create: { assetId, sortOrder: 0 } } },
  });
  const state = { projectAssetId: asset.id, imageId: assetId, statusTags: ["muddy"] };
  const scene = await prisma.scene.create({
    data: { branchId, number: 1, title: "One", endFrameId: assetId, assets: { create: state } },
    include: { assets: true },
  });
  const inheritedFromId = scene.assets[0]?.id ?? "";
  const next = await prisma.scene.create({
    data: {
      branchId,
      number: 2,
      title: "Two",
      assets: {
        create: {
          ...state,
          inheritedFromId,
          inheritedFromNumber: 1,
          changes: { create: { field: "TAGS", origin: "PERSON", before: [], after: ["muddy"], userId } },
        },
      },
    },
    include: { assets: { include: { changes: true } } },
  });
  const [instance] = next.assets;
  const picture = await prisma.sceneAssetPicture.create({
    data: {
      sceneAssetId: instance?.id ?? "",
      sceneId: next.id,
      roundId: next.id,
      status: "DONE",
      prompt: "tall",
      negative: "",
      workflowVersionId,
      createdById: userId,
      choicesBefore: 0,
      jobId,
      imageId: assetId,
    },
  });
  const suggestion = await prisma.sceneAssetSuggestion.create({
    data: { sceneId: next.id, type: "PROP", name: "Lamp", description: "", reason: "it is dark" },
  });
  const collection = await prisma.promptCollection.create({
    data: {
      sceneId: next.id,
      prompts: [{ name: "hero", value: "tall", category: null, description: null, tags: [] }],
      compositions: [{ name: "all", prompts: ["hero"] }],
      availableNames: ["all", "hero"],
    },
  });
  return {
    branchId,
    sceneId: next.id,
    nodes: {
      PromptCollection: encodeId("PromptCollection", collection.id),
      Branch: encodeId("Branch", branchId),
      Scene: encodeId("Scene", next.id),
      ProjectAsset: encodeId("ProjectAsset", asset.id),
      VisualStyle: encodeId("VisualStyle", style.id),
      LibraryAsset: encodeId("LibraryAsset", library.id),
      SceneAsset: encodeId("SceneAsset", instance?.id ?? ""),
      SceneAssetSuggestion: encodeId("SceneAssetSuggestion", suggestion.id),
      SceneAssetPicture: encodeId("SceneAssetPicture", picture.id),
      SceneAssetChange: encodeId("SceneAssetChange", instance?.changes[0]?.id ?? ""),
    },
  };
}
