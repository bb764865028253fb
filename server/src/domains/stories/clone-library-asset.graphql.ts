import {
  type AssetMatch,
  type Cloned,
  cloneLibraryAsset,
  proposeMatches,
} from "#domains/stories/clone-library-asset.service.ts";
import { ProjectAssetRef } from "#domains/stories/project-assets.graphql.ts";
import { SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";

const MatchType = builder.objectRef<AssetMatch>("LibraryAssetMatch").implement({
  description: "A project asset that an asset of the library may be already.",
  fields: (t) => ({
    projectAsset: t.field({ type: ProjectAssetRef, description: "The project asset.", resolve: ({ asset }) => asset }),
    score: t.exposeFloat("score", {
      description: "How alike name and type are, from 0 to 1; 1 for one that was made of it or linked to it.",
    }),
  }),
});

builder.queryField("libraryAssetMatches", (t) =>
  t.field({
    type: [MatchType],
    description: "What a library asset may be already in a branch, the likeliest first; at most 10.",
    args: {
      libraryAssetId: t.arg.id({ required: true, description: "The library asset." }),
      branchId: t.arg.id({ required: true, description: "The branch." }),
    },
    resolve: (_root, { libraryAssetId, branchId }, { deps, viewer }) =>
      proposeMatches(deps, viewer as Viewer, {
        libraryAssetId: requireId("LibraryAsset", libraryAssetId, ["libraryAssetId"]),
        branchId: requireId("Branch", branchId, ["branchId"]),
      }),
  }),
);

mutation("cloneLibraryAsset", {
  description:
    "Brings an asset of the library into a branch: links it to a project asset that it is already, or makes one. Ask libraryAssetMatches first.",
  input: builder.inputType("CloneLibraryAssetInput", {
    description: "Which asset, and where it is to go.",
    fields: (t) => ({
      libraryAssetId: t.id({ required: true, description: "The library asset." }),
      branchId: t.id({ required: true, description: "The branch." }),
      linkToId: t.id({
        description: "A project asset of the branch that it is already; a new one is made unless said.",
      }),
      sceneId: t.id({ description: "A scene of the branch that it is to be added to as well." }),
    }),
  }),
  payload: builder.objectRef<Cloned>("CloneLibraryAssetPayload").implement({
    description: "Answer of a mutation: what a library asset became.",
    fields: (t) => ({
      projectAsset: t.field({
        type: ProjectAssetRef,
        description: "The project asset.",
        resolve: ({ projectAsset }) => projectAsset,
      }),
      sceneAsset: t.field({
        type: SceneAssetType,
        nullable: true,
        description: "Its state in the scene; null without a scene.",
        resolve: ({ sceneAsset }) => sceneAsset,
      }),
      isNew: t.exposeBoolean("isNew", { description: "Whether the project asset was made, rather than linked to." }),
    }),
  }),
  resolve: (input, { deps, viewer }) =>
    cloneLibraryAsset(deps, viewer, {
      libraryAssetId: requireId("LibraryAsset", input.libraryAssetId, ["libraryAssetId"]),
      branchId: requireId("Branch", input.branchId, ["branchId"]),
      linkToId: optionalId("ProjectAsset", input.linkToId, ["linkToId"]),
      sceneId: optionalId("Scene", input.sceneId, ["sceneId"]),
    }),
});
