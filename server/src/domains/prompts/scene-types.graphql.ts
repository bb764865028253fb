import type { Viewer } from "#domains/accounts/viewer.ts";
import { ofProjectOrStudio, requireProject, usableIn } from "#domains/accounts/viewer.ts";
import { projectLoader, ProjectType } from "#domains/projects/projects.graphql.ts";
import { ClipPositionType, GenerationStrategyType } from "#domains/prompts/prompts.enums.graphql.ts";
import {
  defaultsOfSceneType,
  type PromptDefaultRow,
  promptDefaultLoader,
  sceneTypeLoader,
  slotInSceneType,
} from "#domains/prompts/prompts.loaders.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { WorkflowType, WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { versionLoader, type VersionRow, workflowLoader } from "#domains/workflows/workflows.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import type { Context } from "#graphql/context.ts";
import { decodeId, optionalId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { nameContains } from "#lib/storable-text.ts";
import type { SceneType } from "#platform/db/generated/client.ts";

const versionOf = async (sceneType: SceneType, context: Context): Promise<VersionRow> =>
  expectLoaded(await versionLoader(context).load(sceneType.workflowVersionId), "The workflow version");

export const ScenePromptDefaultType = builder.objectRef<PromptDefaultRow>("ScenePromptDefault");
export const SceneTypeType = builder.objectRef<SceneType>("SceneType");

builder.node(ScenePromptDefaultType, {
  description: "A scene type's text for a slot, whoever the character is.",
  id: { resolve: (entry) => entry.id },
  loadOne: (id, context) => promptDefaultLoader(context).load(id),
  fields: (t) => ({
    slot: t.field({
      type: PromptSlotType,
      description: "The slot that it is for.",
      resolve: (entry, _args, context) => entry.slot ?? slotInSceneType(context, entry),
    }),
    clipPosition: t.field({
      type: ClipPositionType,
      description: "The clip that it is for.",
      resolve: (entry) => entry.clipPosition,
    }),
    text: t.exposeString("text", { description: "The text, with {placeholders} of the character." }),
  }),
});

builder.node(SceneTypeType, {
  description: "A kind of shot that is rendered for many characters with one workflow version.",
  id: { resolve: (sceneType) => sceneType.id },
  loadOne: (id, context) => sceneTypeLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique in its project, or among the studio-wide ones." }),
    description: t.exposeString("description", { nullable: true, description: "What is to be seen." }),
    generationStrategy: t.field({
      type: GenerationStrategyType,
      description: "Who makes a long take out of clips.",
      resolve: (sceneType) => sceneType.generationStrategy,
    }),
    workflow: t.field({
      type: WorkflowType,
      description: "The workflow that renders it.",
      resolve: async (sceneType, _args, context) =>
        expectLoaded(
          await workflowLoader(context).load((await versionOf(sceneType, context)).workflowId),
          "The workflow",
        ),
    }),
    workflowVersion: t.field({
      type: WorkflowVersionType,
      description: "The version in use: the current one when the scene type was made.",
      resolve: (sceneType, _args, context) => versionOf(sceneType, context),
    }),
    expectedChunks: t.exposeInt("expectedChunks", { nullable: true, description: "How many chunks one run writes." }),
    chunkOutputPattern: t.exposeString("chunkOutputPattern", {
      nullable: true,
      description: "File name of a chunk, with {n} for its number.",
    }),
    fragmentSeparator: t.exposeString("fragmentSeparator", {
      description: "What stands between a text and its fragments.",
    }),
    targetDurationSecs: t.exposeFloat("targetDurationSecs", {
      nullable: true,
      description: "How long a take is to be, in seconds.",
    }),
    segmentDurationSecs: t.exposeFloat("segmentDurationSecs", {
      nullable: true,
      description: "How long one segment of a take is, in seconds.",
    }),
    durationToleranceSecs: t.exposeFloat("durationToleranceSecs", {
      nullable: true,
      description: "A remainder of at most so many seconds makes no further segment.",
    }),
    promptDefaults: t.field({
      type: [ScenePromptDefaultType],
      description: "Its texts, in the order of the slots.",
      resolve: (sceneType, _args, context) => defaultsOfSceneType(context, sceneType),
    }),
    project: t.field({
      type: ProjectType,
      nullable: true,
      description: "The project that it belongs to; null when it is studio-wide.",
      resolve: (sceneType, _args, context) =>
        sceneType.projectId === null ? null : projectLoader(context).load(sceneType.projectId),
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was made.",
      resolve: (sceneType) => sceneType.createdAt,
    }),
  }),
});

builder.queryFields((t) => ({
  sceneTypes: t.connection(
    {
      type: SceneTypeType,
      description: "Scene types that the viewer may see, newest first.",
      args: {
        projectId: t.arg.id({
          description: "Only those of this project; without it studio-wide ones and those of all projects.",
        }),
        forProjectId: t.arg.id({
          description: "Only those that characters of this project can use: studio-wide ones and its own.",
        }),
        search: t.arg.string({ description: "Part of the name." }),
      },
      resolve: (_root, { projectId: globalId, forProjectId, search, ...args }, context) => {
        const viewer = context.viewer as Viewer;
        const projectId = optionalId("Project", globalId, ["projectId"]);
        if (projectId !== undefined) requireProject(viewer, projectId);
        const usedIn = optionalId("Project", forProjectId, ["forProjectId"]);
        if (usedIn !== undefined) requireProject(viewer, usedIn, ["forProjectId"]);
        const where = {
          AND: [
            projectId === undefined ? ofProjectOrStudio(viewer) : { projectId },
            usedIn === undefined ? {} : usableIn(usedIn),
            nameContains(search),
          ],
        };
        const { sceneType } = context.deps.db.prisma;
        return idConnection(
          args,
          (page) => sceneType.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => sceneType.count({ where }),
        );
      },
    },
    { name: "SceneTypeConnection", description: "A page of scene types." },
    { name: "SceneTypeEdge", description: "A scene type in a page." },
  ),
  sceneType: t.field({
    type: SceneTypeType,
    nullable: true,
    description: "One scene type; null when there is none or the viewer may not see it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, args, context) => {
      const id = decodeId("SceneType", args.id);
      return id === null ? null : sceneTypeLoader(context).load(id);
    },
  }),
}));
