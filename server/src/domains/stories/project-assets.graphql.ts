import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import {
  assetCountLoader,
  type AssetFilter,
  assetPage,
  assetPageLoader,
  cursorOfAsset,
} from "#domains/stories/branch-pages.loaders.ts";
import { BranchType } from "#domains/stories/branches.graphql.ts";
import { deletedPayload, idInput } from "#domains/stories/deleted.graphql.ts";
import { createProjectAsset, deleteProjectAsset, updateProjectAsset } from "#domains/stories/project-assets.service.ts";
import { branchLoader, projectAssetLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { nullableId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { escapeLike, searchTerm } from "#lib/storable-text.ts";
import type { ProjectAsset } from "#platform/db/generated/client.ts";
import { ProjectAssetType } from "#platform/db/generated/enums.ts";

export const ProjectAssetTypeType = builder.enumType(ProjectAssetType, {
  name: "ProjectAssetType",
  description: "What an asset of a story is.",
  values: {
    CHARACTER: { description: "Somebody." },
    LOCATION: { description: "A place." },
    PROP: { description: "A thing." },
  },
});

export const ProjectAssetRef = builder.objectRef<ProjectAsset>("ProjectAsset");
builder.node(ProjectAssetRef, {
  description: "A character, place or prop of a branch: what its scenes have states of.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => projectAssetLoader(context).load(id),
  fields: (t) => ({
    type: t.field({ type: ProjectAssetTypeType, description: "What it is.", resolve: ({ type }) => type }),
    name: t.exposeString("name", { description: "Unique in the branch among those of its type." }),
    description: t.exposeString("description", { description: "How it looks when nothing has happened to it." }),
    image: t.field({
      type: AssetType,
      nullable: true,
      description: "Its reference picture.",
      resolve: ({ imageId }, _args, context) => (imageId ? assetLoader(context).load(imageId) : null),
    }),
    isLocked: t.exposeBoolean("isLocked", { description: "Approved for use: the first scene is given it." }),
    isDeferred: t.exposeBoolean("isDeferred", {
      description: "To be designed later: scenes are given it by hand only.",
    }),
    branch: t.field({
      type: BranchType,
      description: "The branch that it belongs to.",
      resolve: async ({ branchId }, _args, context) =>
        expectLoaded(await branchLoader(context).load(branchId), "The branch"),
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.objectField(BranchType, "assets", (t) =>
  t.connection(
    {
      type: ProjectAssetRef,
      description: "Its characters, places and props, by type and name.",
      args: {
        types: t.arg({ type: [ProjectAssetTypeType], description: "Only of these types." }),
        search: t.arg.string({ description: "Part of the name or description." }),
        isLocked: t.arg.boolean({ description: "Only those that are, or are not, approved for use." }),
        isDeferred: t.arg.boolean({ description: "Only those that are, or are not, to be designed later." }),
      },
      resolve: async ({ id }, { types, search, isLocked, isDeferred, ...args }, context) => {
        const page = readPage(args);
        const term = searchTerm(search);
        const filter: AssetFilter = {
          types: types ?? null,
          search: term === undefined ? null : escapeLike(term),
          isLocked: isLocked ?? null,
          isDeferred: isDeferred ?? null,
        };
        const rows = await assetPageLoader(context).load(id, assetPage(page, filter));
        return toConnection(
          page,
          page.backward ? rows.toReversed() : rows,
          cursorOfAsset,
          async () => (await assetCountLoader(context).load(id, filter))[0]?.count ?? 0,
        );
      },
    },
    { name: "ProjectAssetConnection", description: "A page of project assets." },
    { name: "ProjectAssetEdge", description: "A project asset in a page." },
  ),
);

mutation("createProjectAsset", {
  description: "Adds a character, place or prop to a branch.",
  input: builder.inputType("CreateProjectAssetInput", {
    description: "A new asset.",
    fields: (t) => ({
      branchId: t.id({ required: true, description: "The branch." }),
      type: t.field({ type: ProjectAssetTypeType, required: true, description: "What it is." }),
      name: t.string({ required: true, description: "Unique in the branch among those of its type." }),
      description: t.string({ description: "How it looks when nothing has happened to it." }),
      imageId: t.id({ description: "A picture of the project." }),
      isLocked: t.boolean({ description: "Approved for use." }),
      isDeferred: t.boolean({ description: "To be designed later." }),
    }),
  }),
  payload: payloadOf("CreateProjectAssetPayload", "projectAsset", ProjectAssetRef, "The new asset."),
  resolve: async (input, { deps, viewer }) => ({
    projectAsset: await createProjectAsset(deps, viewer, {
      branchId: requireId("Branch", input.branchId, ["branchId"]),
      type: input.type,
      name: input.name,
      description: input.description ?? undefined,
      imageId: nullableId("Asset", input.imageId, ["imageId"]),
      isLocked: input.isLocked ?? undefined,
      isDeferred: input.isDeferred ?? undefined,
    }),
  }),
});

mutation("updateProjectAsset", {
  description: "Changes, locks, unlocks or defers a project asset. Scenes that have a text of their own keep it.",
  input: builder.inputType("UpdateProjectAssetInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The asset." }),
      type: t.field({ type: ProjectAssetTypeType, description: "What it is." }),
      name: t.string({ description: "Unique in the branch among those of its type." }),
      description: t.string({ description: "How it looks when nothing has happened to it." }),
      imageId: t.id({ description: "A picture of the project; null takes it away." }),
      isLocked: t.boolean({ description: "Approved for use." }),
      isDeferred: t.boolean({ description: "To be designed later." }),
    }),
  }),
  payload: payloadOf("UpdateProjectAssetPayload", "projectAsset", ProjectAssetRef, "The asset as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    projectAsset: await updateProjectAsset(deps, viewer, requireId("ProjectAsset", input.id), {
      type: input.type ?? undefined,
      name: input.name ?? undefined,
      description: input.description ?? undefined,
      imageId: nullableId("Asset", input.imageId, ["imageId"]),
      isLocked: input.isLocked ?? undefined,
      isDeferred: input.isDeferred ?? undefined,
    }),
  }),
});

mutation("deleteProjectAsset", {
  description: "Deletes a project asset that is in no scene; files stay.",
  input: idInput("DeleteProjectAssetInput", "project asset"),
  payload: deletedPayload("DeleteProjectAssetPayload", "ProjectAsset"),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("ProjectAsset", input.id);
    await deleteProjectAsset(deps, viewer, id);
    return { id };
  },
});
