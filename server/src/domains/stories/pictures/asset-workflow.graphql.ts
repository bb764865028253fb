import { ProjectType, projectLoader } from "#domains/projects/projects.graphql.ts";
import { chosenSizes, setAssetWorkflow, type SizeOfType } from "#domains/stories/pictures/asset-workflow.service.ts";
import { PictureSizeInputType } from "#domains/stories/pictures/generate-pictures.graphql.ts";
import { ProjectAssetTypeType } from "#domains/stories/project-assets.graphql.ts";
import { storyLoader } from "#domains/stories/stories.loaders.ts";
import { WorkflowType } from "#domains/workflows/workflows.graphql.ts";
import { workflowLoader } from "#domains/workflows/workflows.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { nullableId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { ProjectAssetType } from "#platform/db/generated/enums.ts";

const SizeType = builder.objectRef<SizeOfType>("PictureSize").implement({
  description: "A size that was chosen for pictures of assets of one type.",
  fields: (t) => ({
    type: t.field({ type: ProjectAssetTypeType, description: "Of which assets.", resolve: ({ type }) => type }),
    width: t.exposeInt("width", { description: "In pixels." }),
    height: t.exposeInt("height", { description: "In pixels." }),
  }),
});

builder.objectFields(ProjectType, (t) => ({
  assetWorkflow: t.field({
    type: WorkflowType,
    nullable: true,
    description: "The workflow that makes pictures of its assets; null as long as none is chosen.",
    resolve: async ({ id }, _args, context) => {
      const workflowId = (await storyLoader(context).load(id))?.assetWorkflowId;
      return workflowId ? workflowLoader(context).load(workflowId) : null;
    },
  }),
  assetPictureSizes: t.field({
    type: [SizeType],
    description:
      "Sizes that were chosen for those pictures. Without one, characters are 3:4, locations 16:9 and props square, of about the workflow's own number of pixels.",
    resolve: async ({ id }, _args, context) => {
      const sizes = chosenSizes(expectLoaded(await storyLoader(context).load(id), "The story"));
      return Object.values(ProjectAssetType).flatMap((type): SizeOfType[] => {
        const size = sizes[type];
        return size ? [{ type, ...size }] : [];
      });
    },
  }),
}));

mutation("setAssetWorkflow", {
  description: "Says which workflow makes the pictures of a project's assets, and of which sizes.",
  input: builder.inputType("SetAssetWorkflowInput", {
    description: "What to set; fields left out stay.",
    fields: (t) => ({
      projectId: t.id({ required: true, description: "The project." }),
      workflowId: t.id({
        description:
          "A workflow that makes pictures from text, with a positive prompt that can be edited; null for none.",
      }),
      sizes: t.field({
        type: [PictureSizeInputType],
        description: "All sizes that are chosen, at most one for each type; the others go by their shape.",
      }),
    }),
  }),
  payload: payloadOf("SetAssetWorkflowPayload", "project", ProjectType, "The project as it is now."),
  resolve: async (input, context) => {
    const projectId = requireId("Project", input.projectId, ["projectId"]);
    await setAssetWorkflow(context.deps, context.viewer, {
      projectId,
      workflowId: nullableId("Workflow", input.workflowId, ["workflowId"]),
      sizes: input.sizes ?? undefined,
    });
    return { project: expectLoaded(await projectLoader(context).load(projectId), "The project") };
  },
});
