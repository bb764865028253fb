import { ProjectAssetRef } from "#domains/stories/project-assets.graphql.ts";
import { type Inherited, inheritSceneAssets } from "#domains/stories/scene-assets/inherit-scene-assets.service.ts";
import { SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";

const CarryChoiceType = builder.enumType("CarryChoice", {
  description: "What is to become of an asset's state in the next scene.",
  values: {
    CARRY: { description: "Text, tags and image are taken over." },
    RESET: { description: "It begins at the project asset again." },
    SKIP: { description: "The scene is not given the asset." },
  } as const,
});

mutation("inheritSceneAssets", {
  description:
    "Gives a scene without assets the state in which the scene before left its own; the first scene the locked project assets.",
  input: builder.inputType("InheritSceneAssetsInput", {
    description: "Which scene, and what people chose when they saw continuityDiff.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      choices: t.field({
        type: [
          builder.inputType("CarryChoiceInput", {
            description: "What is wanted of one asset.",
            fields: (t) => ({
              projectAssetId: t.id({ required: true, description: "The project asset." }),
              choice: t.field({ type: CarryChoiceType, required: true, description: "What is to become of it." }),
            }),
          }),
        ],
        defaultValue: [],
        description: "For single assets; the others follow the carryForward of their state in the scene before.",
      }),
      fromProjectAssets: t.boolean({
        defaultValue: false,
        description: "Starts from the locked project assets, whatever the scene before has.",
      }),
    }),
  }),
  payload: builder.objectRef<Inherited>("InheritSceneAssetsPayload").implement({
    description: "Answer of a mutation: the states that a scene starts with.",
    fields: (t) => ({
      scene: t.field({ type: StorySceneType, description: "The scene.", resolve: ({ scene }) => scene }),
      sceneAssets: t.field({
        type: [SceneAssetType],
        description: "What it was given.",
        resolve: ({ sceneAssets }) => sceneAssets,
      }),
      notReady: t.field({
        type: [ProjectAssetRef],
        description: "Assets to be designed later, which it was not given; they can be added by hand.",
        resolve: ({ notReady }) => notReady,
      }),
    }),
  }),
  resolve: ({ sceneId, choices, fromProjectAssets }, { deps, viewer }) =>
    inheritSceneAssets(deps, viewer, {
      sceneId: requireId("Scene", sceneId, ["sceneId"]),
      choices: (choices ?? []).map(({ projectAssetId, choice }, index) => ({
        projectAssetId: requireId("ProjectAsset", projectAssetId, ["choices", String(index), "projectAssetId"]),
        choice,
      })),
      fromProjectAssets: fromProjectAssets ?? false,
    }),
});
