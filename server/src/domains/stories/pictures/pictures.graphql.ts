import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { doneRunsLoader, jobLoader } from "#domains/queue/queue.loaders.ts";
import { changePage } from "#domains/stories/branch-pages.loaders.ts";
import {
  lastRoundLoader,
  latestPictureLoader,
  pictureCountLoader,
  pictureLoader,
  picturePageLoader,
} from "#domains/stories/pictures/pictures.loaders.ts";
import { SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { sceneAssetLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { expectLoaded } from "#graphql/loader.ts";
import type { SceneAssetPicture } from "#platform/db/generated/client.ts";
import { SceneAssetPictureStatus } from "#platform/db/generated/enums.ts";

const StatusType = builder.enumType(SceneAssetPictureStatus, {
  name: "SceneAssetPictureStatus",
  description: "How far a picture is that was asked for.",
  values: {
    PENDING: { description: "Written down; its job follows." },
    GENERATING: { description: "Its job waits or runs." },
    DONE: { description: "There." },
    FAILED: { description: "It could not be made; see error." },
    CANCELED: { description: "Its job was canceled." },
  },
});

export const SceneAssetPictureType = builder.objectRef<SceneAssetPicture>("SceneAssetPicture");
builder.node(SceneAssetPictureType, {
  description: "A picture that was asked for, for the state of an asset in a scene.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => pictureLoader(context).load(id),
  fields: (t) => ({
    sceneAsset: t.field({
      type: SceneAssetType,
      description: "The state that it is of.",
      resolve: async ({ sceneAssetId }, _args, context) =>
        expectLoaded(await sceneAssetLoader(context).load(sceneAssetId), "The scene asset"),
    }),
    status: t.field({ type: StatusType, description: "How far it is.", resolve: ({ status }) => status }),
    job: t.field({
      type: JobType,
      nullable: true,
      description: "The job that makes it; null as long as it has none.",
      resolve: ({ jobId }, _args, context) => (jobId ? jobLoader(context).load(jobId) : null),
    }),
    progress: t.float({
      description: "0 to 1: how much of it is rendered.",
      resolve: async ({ status, jobId }, _args, context) => {
        if (status !== "GENERATING" || !jobId) return status === "DONE" ? 1 : 0;
        return Math.min(1, (await doneRunsLoader(context).load(jobId)) ?? 0);
      },
    }),
    error: t.exposeString("error", { nullable: true, description: "Why it failed, for people; null unless it did." }),
    image: t.field({
      type: AssetType,
      nullable: true,
      description: "The picture; null as long as it is not there.",
      resolve: ({ imageId }, _args, context) => (imageId ? assetLoader(context).load(imageId) : null),
    }),
    isCurrent: t.boolean({
      description: "Whether it is the image that the state of the asset has now.",
      resolve: async ({ imageId, sceneAssetId }, _args, context) =>
        imageId !== null && (await sceneAssetLoader(context).load(sceneAssetId))?.imageId === imageId,
    }),
    prompt: t.exposeString("prompt", { description: "What it was asked for with." }),
    negativePrompt: t.exposeString("negative", {
      description: "What it was not to have; empty where the workflow's own text stands.",
    }),
    width: t.exposeInt("width", {
      nullable: true,
      description: "In pixels, as it was asked for; null where the workflow decides.",
    }),
    height: t.exposeInt("height", {
      nullable: true,
      description: "In pixels, as it was asked for; null where the workflow decides.",
    }),
    createdBy: t.field({
      type: UserType,
      nullable: true,
      description: "Who asked for it.",
      resolve: ({ createdById }, _args, context) => userLoader(context).load(createdById),
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was asked for.", resolve: (each) => each.createdAt }),
  }),
});

builder.objectFields(SceneAssetType, (t) => ({
  generation: t.field({
    type: SceneAssetPictureType,
    nullable: true,
    description: "The picture that was asked for last, be it there or not; null when none ever was.",
    resolve: ({ id }, _args, context) => latestPictureLoader(context).load(id),
  }),
  pictures: t.connection(
    {
      type: SceneAssetPictureType,
      description: "Pictures that were made for it, newest first; updateSceneAsset makes one of them its image again.",
      resolve: async ({ id }, args, context) => {
        const page = readPage(args);
        const rows = await picturePageLoader(context).load(id, changePage(page));
        return toConnection(
          page,
          page.backward ? rows.toReversed() : rows,
          (picture) => [picture.id, picture.createdAt.toISOString()],
          async () => (await pictureCountLoader(context).load(id)) ?? 0,
        );
      },
    },
    { name: "SceneAssetPictureConnection", description: "A page of pictures." },
    { name: "SceneAssetPictureEdge", description: "A picture in a page." },
  ),
}));

interface ImageProgress {
  pictures: SceneAssetPicture[];
}
const countOf = ({ pictures }: ImageProgress, ...statuses: SceneAssetPictureStatus[]): number =>
  pictures.filter(({ status }) => statuses.includes(status)).length;

const ProgressType = builder.objectRef<ImageProgress>("SceneImageProgress").implement({
  description:
    "How far the pictures of a scene's assets are: those that were asked for last, together with all that were asked for before these were over. Each asset counts once.",
  fields: (t) => ({
    total: t.int({ description: "Pictures that were asked for.", resolve: ({ pictures }) => pictures.length }),
    completed: t.int({ description: "Those that are there.", resolve: (progress) => countOf(progress, "DONE") }),
    open: t.int({
      description: "Those that wait or are being made; 0 once it is over.",
      resolve: (progress) => countOf(progress, "PENDING", "GENERATING"),
    }),
    failed: t.int({ description: "Those that could not be made.", resolve: (progress) => countOf(progress, "FAILED") }),
    canceled: t.int({
      description: "Those whose jobs were canceled.",
      resolve: (progress) => countOf(progress, "CANCELED"),
    }),
    failures: t.field({
      type: [SceneAssetPictureType],
      description: "Those that could not be made, each with its error.",
      resolve: ({ pictures }) => pictures.filter(({ status }) => status === "FAILED"),
    }),
  }),
});

builder.objectField(StorySceneType, "imageProgress", (t) =>
  t.field({
    type: ProgressType,
    nullable: true,
    description:
      "How far the pictures are that were asked for last; null when none ever were. `branchUpdated` tells each change.",
    resolve: async ({ id }, _args, context) => {
      const pictures = await lastRoundLoader(context).load(id);
      return pictures.length > 0 ? { pictures } : null;
    },
  }),
);
