import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireJob } from "#domains/queue/jobs.service.ts";
import { ExecutionImageType, ExecutionSceneType } from "#domains/stories/executions/execution-parts.graphql.ts";
import { findExecutionImages, type SceneImages } from "#domains/stories/executions/execution-images.service.ts";
import { requireExecution } from "#domains/stories/executions/steer-execution.service.ts";
import { type OutputPath, outputPath } from "#domains/stories/logic/output-path.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId } from "#graphql/ids.ts";
import { ValidationError } from "#lib/domain-error.ts";

const SceneImagesType = builder.objectRef<SceneImages>("ExecutionSceneImages").implement({
  description: "The images of one scene of an execution.",
  fields: (t) => ({
    scene: t.field({ type: ExecutionSceneType, description: "The scene.", resolve: ({ scene }) => scene }),
    images: t.field({
      type: [ExecutionImageType],
      description: "Those that are there, by variant.",
      resolve: ({ images }) => images,
    }),
  }),
});

const OutputPathType = builder.objectRef<OutputPath>("OutputPath").implement({
  description: "A place for an output, in every form in which nodes that save files want to be told.",
  fields: (t) => ({
    absoluteDirectory: t.exposeString("absoluteDirectory", { description: "The folder, under the root." }),
    relativeDirectory: t.exposeString("relativeDirectory", { description: "The folder, without the root." }),
    filePath: t.exposeString("filePath", { description: "Folder and file, without the root." }),
    filePathWithoutExtension: t.exposeString("filePathWithoutExtension", {
      description: "The same without extension.",
    }),
    baseName: t.exposeString("baseName", { description: "The file." }),
    baseNameWithoutExtension: t.exposeString("baseNameWithoutExtension", {
      description: "The same without extension.",
    }),
  }),
});

builder.queryFields((t) => ({
  executionImages: t.field({
    type: [SceneImagesType],
    description: "Images of an execution that are there, by order and variant, in groups by scene.",
    complexity: { field: 5, multiplier: 20 },
    args: {
      execId: t.arg.string({ required: true, description: "The execution, as in paths." }),
      sceneOrder: t.arg.int({ description: "Only of this scene, from 0." }),
      sceneName: t.arg.string({ description: "Only of scenes of this title, or of this name in paths." }),
    },
    resolve: (_root, { execId, sceneOrder, sceneName }, { deps, viewer }) =>
      findExecutionImages(deps, viewer as Viewer, {
        execId,
        sceneOrder: sceneOrder ?? undefined,
        sceneName: sceneName ?? undefined,
      }),
  }),
  outputPath: t.field({
    type: OutputPathType,
    nullable: true,
    description:
      "Where an output of a scene lies: in the layout of an execution, or, for a job without one, jobs/{jobId}/{order}_{scene}. Windows' reserved names, `..` and empty parts are refused.",
    args: {
      executionId: t.arg.id({ description: "The execution; instead of jobId." }),
      jobId: t.arg.id({ description: "The job, in its plain layout; instead of executionId." }),
      sceneOrder: t.arg.int({ required: true, description: "From 0." }),
      sceneName: t.arg.string({ required: true, description: "The scene's title, or its name in paths." }),
      nextSceneName: t.arg.string({ description: "For the clip to the next scene: what that is called." }),
      variant: t.arg.int({ defaultValue: 0, description: "Which image, from 0." }),
      extension: t.arg.string({ defaultValue: "png", description: "Of a file in the plain layout." }),
      root: t.arg.string({
        defaultValue: "/",
        description: "An absolute folder under which all of it lies, such as the output folder of a machine.",
      }),
    },
    resolve: async (_root, args, { deps, viewer }) => {
      const executionId = optionalId("Execution", args.executionId, ["executionId"]);
      const jobId = optionalId("Job", args.jobId, ["jobId"]);
      if ((executionId === undefined) === (jobId === undefined))
        throw ValidationError.at(["executionId"], "give an execution or a job, one of both");
      const place = executionId
        ? await requireExecution(deps, viewer as Viewer, executionId, ["executionId"])
        : { jobId: (await requireJob(deps, viewer as Viewer, jobId ?? "", ["jobId"])).id };
      const { sceneOrder: order, sceneName, nextSceneName, variant, extension, root } = args;
      return outputPath({
        place: "execId" in place ? { story: place.story, jobId: place.jobId, execId: place.execId } : place,
        order,
        sceneName,
        nextSceneName: nextSceneName ?? undefined,
        variant: variant ?? 0,
        extension: extension ?? "png",
        root: root ?? "/",
      });
    },
  }),
}));
