import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { SnapshotType } from "#domains/queue/prompt-snapshot.graphql.ts";
import { jobLoader, runLoader } from "#domains/queue/queue.loaders.ts";
import { RunType } from "#domains/queue/runs.graphql.ts";
import type { PromptSnapshot } from "#domains/queue/submit/submit-input.ts";
import {
  executionImageLoader,
  executionSceneLoader,
  executionTransitionLoader,
  imagesOfSceneLoader,
  scenesOfExecutionLoader,
} from "#domains/stories/executions/executions.loaders.ts";
import { imageFilename, transitionFilename } from "#domains/stories/logic/execution-paths.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { sceneLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { expectLoaded } from "#graphql/loader.ts";
import type { ExecutionImage, ExecutionScene, ExecutionTransition } from "#platform/db/generated/client.ts";
import { ExecutionPartStatus } from "#platform/db/generated/enums.ts";

const PartStatusType = builder.enumType(ExecutionPartStatus, {
  name: "ExecutionPartStatus",
  description: "Where a scene's images, or a transition, stand.",
  values: {
    PENDING: { description: "Not begun." },
    GENERATING: { description: "Its job waits or runs." },
    DONE: { description: "Its files are there." },
    FAILED: { description: "Its job failed, could not be submitted, or made nothing of use." },
    CANCELED: { description: "Its job was stopped." },
  },
});

export const ExecutionSceneType = builder.objectRef<ExecutionScene>("ExecutionScene");
export const ExecutionImageType = builder.objectRef<ExecutionImage>("ExecutionImage");
export const ExecutionTransitionType = builder.objectRef<ExecutionTransition>("ExecutionTransition");

const loadScene = async (id: string, context: Context) =>
  expectLoaded(await executionSceneLoader(context).load(id), "The scene");
const sceneAt = async (executionId: string, order: number, context: Context) =>
  expectLoaded((await scenesOfExecutionLoader(context).load(executionId))[order] ?? null, "The scene");
/** Of a reference that may be empty. */
export const optional = <Value>(
  load: (id: string) => Promise<Value | null>,
  id: string | null,
): Promise<Value | null> | null => (id ? load(id) : null);

builder.node(ExecutionSceneType, {
  description: "A scene of an execution, as it was when that started.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => executionSceneLoader(context).load(id),
  fields: (t) => ({
    order: t.exposeInt("order", { description: "From 0: the scene's number then, less one." }),
    title: t.exposeString("title", { description: "What it was called then." }),
    slug: t.exposeString("slug", { description: "Its name in paths." }),
    scene: t.field({
      type: StorySceneType,
      nullable: true,
      description: "The scene as it is now; null when it was deleted.",
      resolve: ({ sceneId }, _args, context) => sceneLoader(context).load(sceneId),
    }),
    status: t.field({ type: PartStatusType, description: "Where its images stand.", resolve: ({ status }) => status }),
    chosenVariant: t.exposeInt("chosenVariant", {
      description: "The image that the transitions begin and end with, from 0.",
    }),
    images: t.field({
      type: [ExecutionImageType],
      description: "Its images, by variant; there before they are made.",
      resolve: ({ id }, _args, context) => imagesOfSceneLoader(context).load(id),
    }),
    params: t.field({
      type: "JSON",
      description: "Parameters that its images are made with.",
      resolve: ({ params }) => params,
    }),
    job: t.field({
      type: JobType,
      nullable: true,
      description: "The job that makes its images, a run for each variant; null before it begins.",
      resolve: ({ jobId }, _args, context) => optional((id) => jobLoader(context).load(id), jobId),
    }),
    error: t.exposeString("error", {
      nullable: true,
      description:
        "Why its images are of no use, or were not submitted, for people; what failed at a run is told there.",
    }),
  }),
});

builder.node(ExecutionImageType, {
  description: "One image of a scene in an execution.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => executionImageLoader(context).load(id),
  fields: (t) => ({
    scene: t.field({
      type: ExecutionSceneType,
      description: "The scene that it shows.",
      resolve: ({ executionSceneId }, _args, context) => loadScene(executionSceneId, context),
    }),
    variant: t.exposeInt("variant", { description: "Which of the scene's images, from 0." }),
    filename: t.string({
      description: "Its name in the folder images/.",
      resolve: async ({ executionSceneId, variant }, _args, context) =>
        imageFilename({ ...(await loadScene(executionSceneId, context)), variant }),
    }),
    seed: t.field({ type: "BigInt", description: "Its seed.", resolve: ({ seed }) => BigInt(seed.toFixed()) }),
    prompts: t.field({
      type: [SnapshotType],
      description: "Its texts, for the slots that are mapped.",
      resolve: ({ prompts }) => prompts as unknown as PromptSnapshot[],
    }),
    asset: t.field({
      type: AssetType,
      nullable: true,
      description: "The file; null before it is made.",
      resolve: ({ assetId }, _args, context) => optional((id) => assetLoader(context).load(id), assetId),
    }),
    run: t.field({
      type: RunType,
      nullable: true,
      description: "The run that made it; null before that.",
      resolve: ({ runId }, _args, context) => optional((id) => runLoader(context).load(id), runId),
    }),
  }),
});

builder.node(ExecutionTransitionType, {
  description: "The clip from a scene's chosen image to the next scene's.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => executionTransitionLoader(context).load(id),
  fields: (t) => ({
    order: t.exposeInt("order", { description: "Of the scene that it begins with, from 0." }),
    from: t.field({
      type: ExecutionSceneType,
      description: "The scene that it begins with.",
      resolve: ({ executionId, order }, _args, context) => sceneAt(executionId, order, context),
    }),
    to: t.field({
      type: ExecutionSceneType,
      description: "The scene that it ends with.",
      resolve: ({ executionId, order }, _args, context) => sceneAt(executionId, order + 1, context),
    }),
    filename: t.string({
      description: "Its name in the folder videos/.",
      resolve: async ({ executionId, order }, _args, context) => {
        const [from, to] = [await sceneAt(executionId, order, context), await sceneAt(executionId, order + 1, context)];
        return transitionFilename({ order, slug: from.slug, nextSlug: to.slug });
      },
    }),
    status: t.field({ type: PartStatusType, description: "Where it stands.", resolve: ({ status }) => status }),
    seed: t.field({ type: "BigInt", description: "Its seed.", resolve: ({ seed }) => BigInt(seed.toFixed()) }),
    prompts: t.field({
      type: [SnapshotType],
      description: "Its texts, for the slots that are mapped: by the earlier scene.",
      resolve: ({ prompts }) => prompts as unknown as PromptSnapshot[],
    }),
    params: t.field({
      type: "JSON",
      description: "Parameters that it is made with: of the earlier scene.",
      resolve: ({ params }) => params,
    }),
    job: t.field({
      type: JobType,
      nullable: true,
      description: "The job that makes it; null before it begins.",
      resolve: ({ jobId }, _args, context) => optional((id) => jobLoader(context).load(id), jobId),
    }),
    run: t.field({
      type: RunType,
      nullable: true,
      description: "The run that made it; null before that.",
      resolve: ({ runId }, _args, context) => optional((id) => runLoader(context).load(id), runId),
    }),
    asset: t.field({
      type: AssetType,
      nullable: true,
      description: "The clip; null before it is made. The former one while it is made again.",
      resolve: ({ assetId }, _args, context) => optional((id) => assetLoader(context).load(id), assetId),
    }),
    frameCount: t.exposeInt("frameCount", { nullable: true, description: "Frames of the clip." }),
    durationSecs: t.exposeFloat("durationSecs", { nullable: true, description: "Length of the clip, in seconds." }),
    error: t.exposeString("error", {
      nullable: true,
      description: "Why the clip is of no use, or was not submitted, for people; what failed at a run is told there.",
    }),
  }),
});
