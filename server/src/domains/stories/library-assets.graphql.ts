import { AssetType } from "#domains/assets/assets.graphql.ts";
import { deletedPayload, idInput } from "#domains/stories/deleted.graphql.ts";
import { createLibraryAsset, deleteLibraryAsset, updateLibraryAsset } from "#domains/stories/library-assets.service.ts";
import { ProjectAssetRef, ProjectAssetTypeType } from "#domains/stories/project-assets.graphql.ts";
import { libraryAssetLoader, libraryImageLoader, libraryUseLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { nullableId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { escapeLike, searchTerm } from "#lib/storable-text.ts";
import type { LibraryAsset } from "#platform/db/generated/client.ts";

export const LibraryAssetType = builder.objectRef<LibraryAsset>("LibraryAsset");
builder.node(LibraryAssetType, {
  description: "A character, place or prop that the whole studio uses again.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => libraryAssetLoader(context).load(id),
  fields: (t) => ({
    type: t.field({ type: ProjectAssetTypeType, description: "What it is.", resolve: ({ type }) => type }),
    name: t.exposeString("name", { description: "Unique in the library among those of its type." }),
    description: t.exposeString("description", { description: "How it looks." }),
    image: t.field({
      type: AssetType,
      nullable: true,
      description: "Its picture, for everybody to see.",
      resolve: ({ id, imageId }, _args, context) => (imageId ? libraryImageLoader(context).load(id) : null),
    }),
    projectCount: t.int({
      description: "How many projects have an asset that was made of it or linked to it.",
      resolve: async ({ id }, _args, context) => (await libraryUseLoader(context).load(id))?.projectCount ?? 0,
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.objectField(ProjectAssetRef, "libraryAsset", (t) =>
  t.field({
    type: LibraryAssetType,
    nullable: true,
    description: "The asset of the studio's library that it was made of or linked to.",
    resolve: ({ libraryAssetId }, _args, context) =>
      libraryAssetId ? libraryAssetLoader(context).load(libraryAssetId) : null,
  }),
);

builder.queryField("libraryAssets", (t) =>
  t.connection(
    {
      type: LibraryAssetType,
      description: "The studio's library of characters, places and props, newest first.",
      args: {
        types: t.arg({ type: [ProjectAssetTypeType], description: "Only of these types." }),
        search: t.arg.string({ description: "Part of the name or description." }),
      },
      resolve: (_root, { types, search, ...args }, { deps }) => {
        const term = searchTerm(search);
        const contains = term && { contains: escapeLike(term), mode: "insensitive" as const };
        const where = {
          ...(types && types.length > 0 ? { type: { in: types } } : {}),
          ...(contains ? { OR: [{ name: contains }, { description: contains }] } : {}),
        };
        const { libraryAsset } = deps.db.prisma;
        return idConnection(
          args,
          (page) => libraryAsset.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => libraryAsset.count({ where }),
        );
      },
    },
    { name: "LibraryAssetConnection", description: "A page of library assets." },
    { name: "LibraryAssetEdge", description: "A library asset in a page." },
  ),
);

mutation("createLibraryAsset", {
  description: "Puts a character, place or prop into the studio's library.",
  input: builder.inputType("CreateLibraryAssetInput", {
    description: "A new asset of the library.",
    fields: (t) => ({
      type: t.field({ type: ProjectAssetTypeType, required: true, description: "What it is." }),
      name: t.string({ required: true, description: "Unique in the library among those of its type." }),
      description: t.string({ description: "How it looks." }),
      imageId: t.id({ description: "A picture that the viewer may see; everybody will see it then." }),
    }),
  }),
  payload: payloadOf("CreateLibraryAssetPayload", "libraryAsset", LibraryAssetType, "The new asset."),
  resolve: async (input, { deps, viewer }) => ({
    libraryAsset: await createLibraryAsset(deps, viewer, {
      type: input.type,
      name: input.name,
      description: input.description ?? undefined,
      imageId: nullableId("Asset", input.imageId, ["imageId"]),
    }),
  }),
});

mutation("updateLibraryAsset", {
  description: "Changes an asset of the library; what was cloned before stays. Who put it there, or ADMIN.",
  input: builder.inputType("UpdateLibraryAssetInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The asset." }),
      type: t.field({ type: ProjectAssetTypeType, description: "What it is." }),
      name: t.string({ description: "Unique in the library among those of its type." }),
      description: t.string({ description: "How it looks." }),
      imageId: t.id({ description: "A picture that the viewer may see; null takes it away." }),
    }),
  }),
  payload: payloadOf("UpdateLibraryAssetPayload", "libraryAsset", LibraryAssetType, "The asset as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    libraryAsset: await updateLibraryAsset(deps, viewer, requireId("LibraryAsset", input.id), {
      type: input.type ?? undefined,
      name: input.name ?? undefined,
      description: input.description ?? undefined,
      imageId: nullableId("Asset", input.imageId, ["imageId"]),
    }),
  }),
});

mutation("deleteLibraryAsset", {
  description: "Takes an asset out of the library; what was cloned from it stays. Who put it there, or ADMIN.",
  input: idInput("DeleteLibraryAssetInput", "library asset"),
  payload: deletedPayload("DeleteLibraryAssetPayload", "LibraryAsset"),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("LibraryAsset", input.id);
    await deleteLibraryAsset(deps, viewer, id);
    return { id };
  },
});
