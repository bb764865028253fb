import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { ProjectType } from "#domains/projects/projects.graphql.ts";
import { deletedPayload, idInput } from "#domains/stories/deleted.graphql.ts";
import {
  storyLoader,
  styleImagesLoader,
  stylesOfProjectLoader,
  visualStyleLoader,
} from "#domains/stories/stories.loaders.ts";
import {
  createVisualStyle,
  deleteVisualStyle,
  lockVisualStyle,
  unlockVisualStyle,
  updateVisualStyle,
} from "#domains/stories/visual-styles.service.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { VisualStyle } from "#platform/db/generated/client.ts";

const VisualStyleType = builder.objectRef<VisualStyle>("VisualStyle");
builder.node(VisualStyleType, {
  description: "How the pictures of a project's assets look.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => visualStyleLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique in the project." }),
    prompt: t.exposeString("prompt", { description: "Text that every picture is asked for with." }),
    negative: t.exposeString("negative", { description: "Text of what no picture is to have." }),
    images: t.field({
      type: [AssetType],
      description: "Its reference pictures, the most important first.",
      resolve: async ({ id }, _args, context) => {
        const images = await styleImagesLoader(context).load(id);
        const assets = await Promise.all(images.map(({ assetId }) => assetLoader(context).load(assetId)));
        return assets.filter((asset) => asset !== null);
      },
    }),
    isLocked: t.boolean({
      description: "Whether it is the one that the project's pictures are made in.",
      resolve: async ({ id, projectId }, _args, context) =>
        (await storyLoader(context).load(projectId))?.lockedStyleId === id,
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.objectFields(ProjectType, (t) => ({
  visualStyles: t.field({
    type: [VisualStyleType],
    description: "Its visual styles, by name.",
    resolve: ({ id }, _args, context) => stylesOfProjectLoader(context).load(id),
  }),
  lockedStyle: t.field({
    type: VisualStyleType,
    nullable: true,
    description: "The style that its pictures are made in; null as long as none is locked.",
    resolve: async ({ id }, _args, context) => {
      const styleId = (await storyLoader(context).load(id))?.lockedStyleId;
      return styleId ? visualStyleLoader(context).load(styleId) : null;
    },
  }),
}));

const idsOf = (imageIds: readonly string[] | null | undefined): string[] | undefined =>
  imageIds?.map((id, index) => requireId("Asset", id, ["imageIds", String(index)]));

mutation("createVisualStyle", {
  description: "Adds a visual style to a project.",
  input: builder.inputType("CreateVisualStyleInput", {
    description: "A new style.",
    fields: (t) => ({
      projectId: t.id({ required: true, description: "The project it belongs to." }),
      name: t.string({ required: true, description: "Unique in the project; 1 to 120 characters." }),
      prompt: t.string({ description: "Text that every picture is asked for with." }),
      negative: t.string({ description: "Text of what no picture is to have." }),
      imageIds: t.idList({ description: "Pictures of the project to go by, at most 20." }),
    }),
  }),
  payload: payloadOf("CreateVisualStylePayload", "visualStyle", VisualStyleType, "The new style."),
  resolve: async (input, { deps, viewer }) => ({
    visualStyle: await createVisualStyle(deps, viewer, {
      projectId: requireId("Project", input.projectId, ["projectId"]),
      name: input.name,
      prompt: input.prompt ?? undefined,
      negative: input.negative ?? undefined,
      imageIds: idsOf(input.imageIds),
    }),
  }),
});

mutation("updateVisualStyle", {
  description: "Changes a visual style that is not locked.",
  input: builder.inputType("UpdateVisualStyleInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The style." }),
      name: t.string({ description: "Unique in the project; 1 to 120 characters." }),
      prompt: t.string({ description: "Text that every picture is asked for with." }),
      negative: t.string({ description: "Text of what no picture is to have." }),
      imageIds: t.idList({ description: "Pictures of the project, in place of the present ones; at most 20." }),
    }),
  }),
  payload: payloadOf("UpdateVisualStylePayload", "visualStyle", VisualStyleType, "The style as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    visualStyle: await updateVisualStyle(deps, viewer, requireId("VisualStyle", input.id), {
      name: input.name ?? undefined,
      prompt: input.prompt ?? undefined,
      negative: input.negative ?? undefined,
      imageIds: idsOf(input.imageIds),
    }),
  }),
});

mutation("lockVisualStyle", {
  description: "Makes a style the one that the project's pictures are made in, in place of another.",
  input: idInput("LockVisualStyleInput", "visual style"),
  payload: payloadOf("LockVisualStylePayload", "visualStyle", VisualStyleType, "The style, locked now."),
  resolve: async ({ id }, { deps, viewer }) => ({
    visualStyle: await lockVisualStyle(deps, viewer, requireId("VisualStyle", id)),
  }),
});

mutation("unlockVisualStyle", {
  description: "Leaves the project without a locked style, so that this one can be changed.",
  input: idInput("UnlockVisualStyleInput", "visual style"),
  payload: payloadOf("UnlockVisualStylePayload", "visualStyle", VisualStyleType, "The style, not locked now."),
  resolve: async ({ id }, { deps, viewer }) => ({
    visualStyle: await unlockVisualStyle(deps, viewer, requireId("VisualStyle", id)),
  }),
});

mutation("deleteVisualStyle", {
  description: "Deletes a visual style that is not locked; files stay.",
  input: idInput("DeleteVisualStyleInput", "visual style"),
  payload: deletedPayload("DeleteVisualStylePayload", "VisualStyle"),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("VisualStyle", input.id);
    await deleteVisualStyle(deps, viewer, id);
    return { id };
  },
});
