import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { BranchType } from "#domains/stories/branches.graphql.ts";
import {
  ExecutionSceneType,
  ExecutionTransitionType,
  optional,
} from "#domains/stories/executions/execution-parts.graphql.ts";
import {
  executionLoader,
  executionOfJobLoader,
  progressLoader,
  scenesOfExecutionLoader,
  transitionsOfExecutionLoader,
} from "#domains/stories/executions/executions.loaders.ts";
import { executionFolder } from "#domains/stories/logic/execution-paths.ts";
import { executionTimeline } from "#domains/stories/logic/execution-timeline.ts";
import { type ExecutionProgress, progressOf } from "#domains/stories/logic/execution-progress.ts";
import { branchLoader } from "#domains/stories/stories.loaders.ts";
import { visibleOfBranch } from "#domains/stories/visible-stories.ts";
import { toEdl, toOtio } from "#domains/takes/logic/edit-list.ts";
import { versionLoader } from "#domains/workflows/workflows.loaders.ts";
import { WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import type { Context } from "#graphql/context.ts";
import { decodeId, optionalId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import type { Execution, Prisma } from "#platform/db/generated/client.ts";
import { ExecutionStatus } from "#platform/db/generated/enums.ts";

/** As long as links to files live, in seconds. */
const linkLifetimeSecs = 86_400;

const StatusType = builder.enumType(ExecutionStatus, {
  name: "ExecutionStatus",
  description: "Where an execution stands.",
  values: {
    IMAGES: { description: "Images of the scenes are made." },
    CHOOSING: { description: "All images are there; it waits for continueExecution." },
    VIDEOS: { description: "Clips between the chosen images are made." },
    STITCHING: { description: "The clips are joined into the film." },
    SUCCEEDED: { description: "The film is there." },
    FAILED: { description: "Something failed that retryExecution may mend." },
    CANCELED: { description: "Stopped by a person; retryExecution goes on with it." },
  },
});

const StageProgressType = builder.objectRef<ExecutionProgress["images"]>("ExecutionStageProgress").implement({
  description: "Runs of one stage of an execution.",
  fields: (t) => ({
    total: t.exposeInt("total", { description: "All of them." }),
    succeeded: t.exposeInt("succeeded", { description: "Done." }),
    failed: t.exposeInt("failed", { description: "Failed." }),
  }),
});

const ProgressType = builder.objectRef<ExecutionProgress>("ExecutionProgress").implement({
  description: "How far an execution is.",
  fields: (t) => ({
    done: t.exposeFloat("done", { description: "0 to 1, over both stages and the joining." }),
    images: t.field({ type: StageProgressType, description: "Images of the scenes.", resolve: ({ images }) => images }),
    videos: t.field({ type: StageProgressType, description: "Clips between them.", resolve: ({ videos }) => videos }),
    stitched: t.exposeFloat("stitched", { description: "0 to 1: how much of the film is joined." }),
  }),
});

export const ExecutionType = builder.objectRef<Execution>("Execution");
const loadExecution = async (id: string, context: Context) =>
  expectLoaded(await executionLoader(context).load(id), "The execution");
const timelineOf = async (execution: Execution, context: Context) =>
  executionTimeline(
    execution.execId,
    await scenesOfExecutionLoader(context).load(execution.id),
    await transitionsOfExecutionLoader(context).load(execution.id),
  );

builder.node(ExecutionType, {
  description:
    "A branch rendered in two stages: images of each scene, then clips from each chosen image to the next, joined into a film. Scenes and texts are those of its start.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => executionLoader(context).load(id),
  fields: (t) => ({
    execId: t.exposeString("execId", { description: "Its name in paths: YYYYMMDD_HHMMSS_rrrrrr, in UTC." }),
    branch: t.field({
      type: BranchType,
      description: "What is rendered.",
      resolve: async ({ branchId }, _args, context) =>
        expectLoaded(await branchLoader(context).load(branchId), "The branch"),
    }),
    story: t.exposeString("story", { description: "The folder of its story: the project's name, and the branch's." }),
    folder: t.string({
      description: "Where its files lie, as a logical path.",
      resolve: (each) => executionFolder(each),
    }),
    status: t.field({ type: StatusType, description: "Where it stands.", resolve: ({ status }) => status }),
    variants: t.exposeInt("variants", { description: "Images of each scene." }),
    pausesForChoice: t.exposeBoolean("pausesForChoice", {
      description: "Whether it waits for a person once the images are there.",
    }),
    inputHash: t.exposeString("inputHash", {
      description:
        "First 12 hex digits of SHA-256 over size and upright RGB pixels of the picture that it starts from.",
    }),
    input: t.field({
      type: AssetType,
      description: "The picture that it starts from, upright, as PNG.",
      resolve: async ({ sourceAssetId }, _args, context) =>
        expectLoaded(await assetLoader(context).load(sourceAssetId), "The asset"),
    }),
    imageVersion: t.field({
      type: WorkflowVersionType,
      description: "What makes the images.",
      resolve: async ({ imageVersionId }, _args, context) =>
        expectLoaded(await versionLoader(context).load(imageVersionId), "The version"),
    }),
    videoVersion: t.field({
      type: WorkflowVersionType,
      description: "What makes the clips.",
      resolve: async ({ videoVersionId }, _args, context) =>
        expectLoaded(await versionLoader(context).load(videoVersionId), "The version"),
    }),
    seed: t.field({
      type: "BigInt",
      description: "Of the first image; the others count on from it.",
      resolve: ({ seed }) => BigInt(seed.toFixed()),
    }),
    pool: t.exposeString("pool", { description: "The machines that make it." }),
    scenes: t.field({
      type: [ExecutionSceneType],
      description: "Its scenes, in story order.",
      resolve: ({ id }, _args, context) => scenesOfExecutionLoader(context).load(id),
    }),
    transitions: t.field({
      type: [ExecutionTransitionType],
      description: "The clips between them, in story order: one less than scenes.",
      resolve: ({ id }, _args, context) => transitionsOfExecutionLoader(context).load(id),
    }),
    progress: t.field({
      type: ProgressType,
      description: "How far it is.",
      resolve: async ({ id, stitchProgress }, _args, context) =>
        progressOf(await progressLoader(context).load(id), stitchProgress),
    }),
    film: t.field({
      type: AssetType,
      nullable: true,
      description: "final.mp4; after another choice of images the former one, until there is a new one.",
      resolve: ({ filmAssetId }, _args, context) => optional((id) => assetLoader(context).load(id), filmAssetId),
    }),
    frameCount: t.exposeInt("frameCount", { nullable: true, description: "Frames of the film." }),
    durationSecs: t.exposeFloat("durationSecs", { nullable: true, description: "Length of the film, in seconds." }),
    isReencoded: t.exposeBoolean("isReencoded", {
      nullable: true,
      description: "Whether the clips had to be encoded again to be joined.",
    }),
    metadata: t.field({
      type: AssetType,
      nullable: true,
      description: "metadata.json: each file with its scene, variant, run, seed and prompts.",
      resolve: ({ metadataAssetId }, _args, context) =>
        optional((id) => assetLoader(context).load(id), metadataAssetId),
    }),
    otio: t.field({
      type: "JSON",
      nullable: true,
      description:
        "Its clips as OpenTimelineIO, each without the frame that the next begins with; null before all are there.",
      resolve: async (execution, _args, context) => {
        const timeline = await timelineOf(execution, context);
        return timeline && toOtio(timeline);
      },
    }),
    edl: t.string({
      nullable: true,
      description: "The same as an edit list (CMX 3600).",
      resolve: async (execution, _args, context) => {
        const timeline = await timelineOf(execution, context);
        return timeline && toEdl(timeline);
      },
    }),
    zipUrl: t.string({
      description:
        "All files that there are by now, in their layout, and the timeline in both forms: signed, valid for a day.",
      resolve: ({ id, execId }, _args, { deps }) =>
        deps.signedUrls.sign(`/executions/${id}/${execId}.zip`, linkLifetimeSecs),
    }),
    error: t.exposeString("error", { nullable: true, description: "Why the film could not be joined, for people." }),
    createdBy: t.field({
      type: UserType,
      nullable: true,
      description: "Who started it.",
      resolve: ({ createdById }, _args, context) => userLoader(context).load(createdById),
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was started.",
      resolve: ({ createdAt }) => createdAt,
    }),
    finishedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was over.",
      resolve: ({ finishedAt }) => finishedAt,
    }),
  }),
});

builder.objectField(ExecutionSceneType, "execution", (t) =>
  t.field({
    type: ExecutionType,
    description: "What it is rendered in.",
    resolve: ({ executionId }, _args, context) => loadExecution(executionId, context),
  }),
);

builder.objectField(ExecutionTransitionType, "execution", (t) =>
  t.field({
    type: ExecutionType,
    description: "What it is rendered in.",
    resolve: ({ executionId }, _args, context) => loadExecution(executionId, context),
  }),
);

builder.objectField(JobType, "execution", (t) =>
  t.field({
    type: ExecutionType,
    nullable: true,
    description: "The execution that it is a part of.",
    resolve: ({ parentId }, _args, context) => optional((id) => executionOfJobLoader(context).load(id), parentId),
  }),
);

builder.queryFields((t) => ({
  executions: t.connection(
    {
      type: ExecutionType,
      description: "Executions that the viewer may see, the newest first.",
      args: {
        branchId: t.arg.id({ description: "Only of this branch." }),
        projectId: t.arg.id({ description: "Only of this project." }),
        status: t.arg({ type: [StatusType], description: "Only in these states." }),
      },
      resolve: (_root, { branchId, projectId, status, ...args }, { deps, viewer }) => {
        const branch = optionalId("Branch", branchId, ["branchId"]);
        const project = optionalId("Project", projectId, ["projectId"]);
        const where: Prisma.ExecutionWhereInput = {
          AND: [
            visibleOfBranch(viewer),
            branch === undefined ? {} : { branchId: branch },
            project === undefined ? {} : { branch: { projectId: project } },
            status?.length ? { status: { in: [...status] } } : {},
          ],
        };
        return idConnection(
          args,
          ({ where: page, ...query }) => deps.db.prisma.execution.findMany({ ...query, where: { AND: [where, page] } }),
          () => deps.db.prisma.execution.count({ where }),
        );
      },
    },
    { name: "ExecutionConnection", description: "A page of executions." },
    { name: "ExecutionEdge", description: "An execution in a page." },
  ),
  execution: t.field({
    type: ExecutionType,
    nullable: true,
    description: "One execution; null when there is none or the viewer may not see it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, args, context) => {
      const id = decodeId("Execution", args.id);
      return id === null ? null : executionLoader(context).load(id);
    },
  }),
  executionByExecId: t.field({
    type: ExecutionType,
    nullable: true,
    description: "The execution of that name; null when there is none or the viewer may not see it.",
    args: { execId: t.arg.string({ required: true, description: "As in paths." }) },
    resolve: (_root, { execId }, { deps, viewer }) =>
      deps.db.prisma.execution.findFirst({
        where: { AND: [{ execId: execId.replaceAll("\0", "") }, visibleOfBranch(viewer)] },
      }),
  }),
}));
