import { deletedPayload, idInput } from "#domains/stories/deleted.graphql.ts";
import { createSceneAsset } from "#domains/stories/scene-assets/create-scene-asset.service.ts";
import { SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import {
  deleteSceneAsset,
  lockSceneAssets,
  updateSceneAsset,
} from "#domains/stories/scene-assets/update-scene-asset.service.ts";
import { builder } from "#graphql/builder.ts";
import { nullableId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { SceneAsset } from "#platform/db/generated/client.ts";

mutation("createSceneAsset", {
  description: "Adds a project asset to a scene.",
  input: builder.inputType("CreateSceneAssetInput", {
    description: "Which asset, in which scene; what is given beyond that goes on top of where it starts.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      projectAssetId: t.id({ required: true, description: "An asset of the scene's branch." }),
      fromLastAppearance: t.boolean({
        defaultValue: false,
        description: "Starts from the last earlier scene that has the asset, if any; else from the project asset.",
      }),
      descriptionOverride: t.string({ description: "Its own text here." }),
      statusTags: t.stringList({ description: "Such as muddy or torn." }),
      imageId: t.id({ description: "A picture of the project." }),
      carryForward: t.boolean({ description: "Whether the next scene takes its state over." }),
    }),
  }),
  payload: payloadOf("CreateSceneAssetPayload", "sceneAsset", SceneAssetType, "The new state."),
  resolve: async (input, { deps, viewer }) => ({
    sceneAsset: await createSceneAsset(deps, viewer, {
      sceneId: requireId("Scene", input.sceneId, ["sceneId"]),
      projectAssetId: requireId("ProjectAsset", input.projectAssetId, ["projectAssetId"]),
      fromLastAppearance: input.fromLastAppearance ?? false,
      descriptionOverride: input.descriptionOverride,
      statusTags: input.statusTags ?? undefined,
      imageId: nullableId("Asset", input.imageId, ["imageId"]),
      carryForward: input.carryForward ?? undefined,
    }),
  }),
});

mutation("updateSceneAsset", {
  description: "Changes the state of an asset in a scene; each field that is another now goes on record.",
  input: builder.inputType("UpdateSceneAssetInput", {
    description: "What to change; fields left out stay. A locked one keeps its text and tags.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The scene asset." }),
      descriptionOverride: t.string({ description: "Its own text here; null lets the project asset's stand." }),
      statusTags: t.stringList({ description: "All of its tags." }),
      imageId: t.id({ description: "A picture of the project; null takes it away." }),
      carryForward: t.boolean({ description: "Whether the next scene takes its state over." }),
      reason: t.string({ description: "Why, for the record." }),
    }),
  }),
  payload: payloadOf("UpdateSceneAssetPayload", "sceneAsset", SceneAssetType, "The state as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    sceneAsset: await updateSceneAsset(deps, viewer, requireId("SceneAsset", input.id), {
      descriptionOverride: input.descriptionOverride,
      statusTags: input.statusTags ?? undefined,
      imageId: nullableId("Asset", input.imageId, ["imageId"]),
      carryForward: input.carryForward ?? undefined,
      reason: input.reason ?? undefined,
    }),
  }),
});

const locks = {
  lockSceneAssets: { isLocked: true, description: "Locks states of assets: their text and tags stay as they are." },
  unlockSceneAssets: {
    isLocked: false,
    description: "Unlocks states of assets, so that text and tags can be changed.",
  },
};
for (const [name, { isLocked, description }] of Object.entries(locks)) {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  mutation(name, {
    description,
    input: builder.inputType(`${type}Input`, {
      description: "Which ones: all or none is done.",
      fields: (t) => ({
        ids: t.idList({ required: true, description: "Scene assets of one branch, 1 to 200." }),
        reason: t.string({ description: "Why, for the record." }),
      }),
    }),
    payload: builder.objectRef<{ sceneAssets: SceneAsset[] }>(`${type}Payload`).implement({
      description: "Answer of a mutation: the scene assets as they are now.",
      fields: (t) => ({
        sceneAssets: t.field({
          type: [SceneAssetType],
          description: "In the order in which they were named.",
          resolve: ({ sceneAssets }) => sceneAssets,
        }),
      }),
    }),
    resolve: async ({ ids, reason }, { deps, viewer }) => ({
      sceneAssets: await lockSceneAssets(
        deps,
        viewer,
        ids.map((id, index) => requireId("SceneAsset", id, ["ids", String(index)])),
        isLocked,
        reason ?? undefined,
      ),
    }),
  });
}

mutation("deleteSceneAsset", {
  description: "Takes an asset that is not locked out of a scene; what followed from it keeps that as a record.",
  input: idInput("DeleteSceneAssetInput", "scene asset"),
  payload: deletedPayload("DeleteSceneAssetPayload", "SceneAsset"),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("SceneAsset", input.id);
    await deleteSceneAsset(deps, viewer, id);
    return { id };
  },
});
