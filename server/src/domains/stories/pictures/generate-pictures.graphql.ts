import type { Viewer } from "#domains/accounts/viewer.ts";
import { ExpectedType } from "#domains/queue/estimates/estimates.graphql.ts";
import { ProjectAssetTypeType } from "#domains/stories/project-assets.graphql.ts";
import { readSizes } from "#domains/stories/pictures/asset-workflow.service.ts";
import { estimatePictures, type PicturesEstimate } from "#domains/stories/pictures/estimate-pictures.service.ts";
import { type GeneratedPictures, generatePictures } from "#domains/stories/pictures/generate-pictures.service.ts";
import type { PictureBlocker } from "#domains/stories/pictures/picture-blocker.ts";
import { SceneAssetPictureType } from "#domains/stories/pictures/pictures.graphql.ts";
import type { PlannedPicture } from "#domains/stories/pictures/plan-pictures.ts";
import { SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import { sceneAssetLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";

/** Sides of a size as people give it. */
export const PictureSizeInputType = builder.inputType("PictureSizeInput", {
  description: "The size of pictures of assets of one type.",
  fields: (t) => ({
    type: t.field({ type: ProjectAssetTypeType, required: true, description: "Of which assets." }),
    width: t.int({ required: true, description: "In pixels, 16 to 16384." }),
    height: t.int({ required: true, description: "In pixels, 16 to 16384." }),
  }),
});

const BlockerType = builder.objectRef<PictureBlocker>("PictureBlocker").implement({
  description: "Something that keeps pictures from being made, and what to do.",
  fields: (t) => ({
    code: t.exposeString("code", {
      description:
        "Stable, upper case, for programs: NO_LOCKED_STYLE, NO_ASSET_WORKFLOW, NO_PROMPT_SLOT, NO_DESCRIPTION or one of PreflightCode.",
    }),
    message: t.exposeString("message", { description: "What is wrong, for people." }),
    remedy: t.exposeString("remedy", { description: "What to do about it, for people." }),
    sceneAssets: t.field({
      type: [SceneAssetType],
      description: "What it stands against; empty where it stands against all of the project's.",
      resolve: async ({ sceneAssetIds }, _args, context) =>
        (await Promise.all(sceneAssetIds.map((id) => sceneAssetLoader(context).load(id)))).filter(
          (sceneAsset) => sceneAsset !== null,
        ),
    }),
  }),
});

const PlannedType = builder.objectRef<PlannedPicture>("PlannedPicture").implement({
  description: "A picture as it would be asked for.",
  fields: (t) => ({
    sceneAsset: t.field({ type: SceneAssetType, description: "Of what.", resolve: ({ instance }) => instance }),
    prompt: t.exposeString("prompt", { description: "Description, style and tags, as one text." }),
    negativePrompt: t.exposeString("negative", {
      description: "The style's; empty where the workflow's own text stands.",
    }),
    width: t.int({
      nullable: true,
      description: "In pixels; null where the workflow decides.",
      resolve: ({ size }) => size?.width ?? null,
    }),
    height: t.int({
      nullable: true,
      description: "In pixels; null where the workflow decides.",
      resolve: ({ size }) => size?.height ?? null,
    }),
    isBlocked: t.boolean({
      description: "Whether something stands against it; see blockers.",
      resolve: ({ findings }) => findings.length > 0,
    }),
    openPicture: t.field({
      type: SceneAssetPictureType,
      nullable: true,
      description: "The very same picture, when it was asked for already and is not over: no other is made then.",
      resolve: ({ open }) => open,
    }),
  }),
});

const EstimateType = builder.objectRef<PicturesEstimate>("SceneAssetImagesEstimate").implement({
  description:
    "What pictures of assets would take and cost, told by the latest runs of the project's asset workflow. Execution only: waiting and transfer are no part of it.",
  fields: (t) => ({
    imageCount: t.int({
      description: "Pictures that would be made: nothing stands against them, and they are not under way.",
      resolve: ({ estimate }) => estimate?.runCount ?? 0,
    }),
    machineSecs: t.field({
      type: ExpectedType,
      nullable: true,
      description: "Time on machines in all; null when nothing like it has run yet.",
      resolve: ({ estimate }) => estimate?.machineSecs,
    }),
    elapsedSecs: t.field({
      type: ExpectedType,
      nullable: true,
      description: "The same spread over the pool's places; null also when the pool has none.",
      resolve: ({ estimate }) => estimate?.elapsedSecs,
    }),
    sampleCount: t.int({
      description: "Earlier runs that this is told by.",
      resolve: ({ estimate }) => estimate?.sampleCount ?? 0,
    }),
    credits: t.float({
      nullable: true,
      description: "At the configured prices; null without a price.",
      resolve: ({ estimate }) => estimate?.credits,
    }),
    pictures: t.field({
      type: [PlannedType],
      description: "Each as it would be, in the order in which they were named; none where the project is not ready.",
      resolve: ({ pictures }) => pictures,
    }),
    blockers: t.field({
      type: [BlockerType],
      description: "What stands against them, each thing once.",
      resolve: ({ blockers }) => blockers,
    }),
  }),
});

const idsOf = (instanceIds: readonly string[]): string[] =>
  instanceIds.map((id, index) => requireId("SceneAsset", id, ["instanceIds", String(index)]));

builder.queryField("estimateSceneAssetImages", (t) =>
  t.field({
    type: EstimateType,
    description:
      "How long pictures of assets would take, what they would cost, and what stands against them. Stores nothing.",
    authScopes: { creator: true },
    complexity: 200,
    args: {
      instanceIds: t.arg.idList({ required: true, description: "Scene assets of one branch, 1 to 200." }),
      sizes: t.arg({ type: [PictureSizeInputType], description: "In place of the project's sizes." }),
    },
    resolve: (_root, { instanceIds, sizes }, { deps, viewer }) =>
      estimatePictures(deps, viewer as Viewer, {
        instanceIds: idsOf(instanceIds),
        sizes: readSizes(sizes ?? undefined),
      }),
  }),
);

mutation("generateSceneAssetImages", {
  description:
    "Makes a picture of each scene asset with the project's asset workflow, its own text and tags, and the locked style: a job each. Once it is there it becomes the scene asset's image, unless a person has chosen another one meanwhile.",
  input: builder.inputType("GenerateSceneAssetImagesInput", {
    description: "Of what.",
    fields: (t) => ({
      instanceIds: t.idList({ required: true, description: "Scene assets of one branch, 1 to 200." }),
      sizes: t.field({ type: [PictureSizeInputType], description: "In place of the project's sizes." }),
      skipBlocked: t.boolean({
        defaultValue: false,
        description: "Makes those that nothing stands against; else all or none are made.",
      }),
    }),
  }),
  payload: builder.objectRef<GeneratedPictures>("GenerateSceneAssetImagesPayload").implement({
    description: "Answer of a mutation: the pictures that were asked for.",
    fields: (t) => ({
      pictures: t.field({
        type: [SceneAssetPictureType],
        description: "In the order in which they were named; one that was under way already as it is.",
        resolve: ({ pictures }) => pictures,
      }),
      skipped: t.field({
        type: [BlockerType],
        description: "What stood against those that were skipped.",
        resolve: ({ skipped }) => skipped,
      }),
    }),
  }),
  resolve: ({ instanceIds, sizes, skipBlocked }, { deps, viewer }) =>
    generatePictures(deps, viewer, {
      instanceIds: idsOf(instanceIds),
      sizes: readSizes(sizes ?? undefined),
      skipBlocked: skipBlocked ?? false,
    }),
});
