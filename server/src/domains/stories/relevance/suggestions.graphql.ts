import { ProjectAssetRef, ProjectAssetTypeType } from "#domains/stories/project-assets.graphql.ts";
import {
  acceptSceneAssets,
  detectSceneAssets,
  ignoreSuggestions,
} from "#domains/stories/relevance/suggestions.service.ts";
import { suggestionLoader, suggestionsOfSceneLoader } from "#domains/stories/relevance/suggestions.loaders.ts";
import { SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { projectAssetLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { SceneAsset, SceneAssetSuggestion } from "#platform/db/generated/client.ts";

const SuggestionType = builder.objectRef<SceneAssetSuggestion>("SceneAssetSuggestion");
builder.node(SuggestionType, {
  description: "An asset that a language model holds for a part of a scene.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => suggestionLoader(context).load(id),
  fields: (t) => ({
    projectAsset: t.field({
      type: ProjectAssetRef,
      nullable: true,
      description: "The asset of the branch; null where there is none yet: accepting it makes one.",
      resolve: ({ projectAssetId }, _args, context) =>
        projectAssetId ? projectAssetLoader(context).load(projectAssetId) : null,
    }),
    type: t.field({ type: ProjectAssetTypeType, description: "What it is.", resolve: ({ type }) => type }),
    name: t.exposeString("name", { description: "What it is called." }),
    description: t.exposeString("description", { description: "How it looks when the scene starts; may be empty." }),
    statusTags: t.exposeStringList("statusTags", { description: "Tags that it has when the scene starts." }),
    reason: t.exposeString("reason", { description: "Why the scene needs it." }),
  }),
});

builder.objectField(StorySceneType, "assetSuggestions", (t) =>
  t.field({
    type: [SuggestionType],
    description: "Assets that were suggested for it, and that nobody has accepted or ignored; at most 50.",
    resolve: ({ id }, _args, context) => suggestionsOfSceneLoader(context).load(id),
  }),
);

mutation("detectSceneAssets", {
  description:
    "Asks a language model which assets a scene needs, by its script, its shots, and how they were left. What it says are suggestions, in place of those that are open.",
  input: builder.inputType("DetectSceneAssetsInput", {
    description: "Which scene.",
    fields: (t) => ({ sceneId: t.id({ required: true, description: "The scene." }) }),
  }),
  payload: builder.objectRef<{ suggestions: SceneAssetSuggestion[] }>("DetectSceneAssetsPayload").implement({
    description: "Answer of a mutation: what is suggested.",
    fields: (t) => ({
      suggestions: t.field({
        type: [SuggestionType],
        description: "The scene's open suggestions.",
        resolve: ({ suggestions }) => suggestions,
      }),
    }),
  }),
  resolve: async ({ sceneId }, { deps, viewer }) => ({
    suggestions: await detectSceneAssets(deps, viewer, requireId("Scene", sceneId, ["sceneId"])),
  }),
});

mutation("acceptSceneAssets", {
  description:
    "Adds what was suggested to the scene, all or none, from its last appearance, so that it carries forward. What the branch has not got becomes one of its assets, not locked yet.",
  input: builder.inputType("AcceptSceneAssetsInput", {
    description: "Which suggestions.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      suggestions: t.field({
        type: [
          builder.inputType("AcceptSuggestionInput", {
            description: "A suggestion, and what people made of it.",
            fields: (t) => ({
              id: t.id({ required: true, description: "The suggestion." }),
              description: t.string({ description: "In place of the suggested one." }),
              statusTags: t.stringList({ description: "In place of the suggested ones." }),
            }),
          }),
        ],
        required: true,
        description: "Suggestions of the scene, 1 to 200; ignored ones, too.",
      }),
    }),
  }),
  payload: builder.objectRef<{ sceneAssets: SceneAsset[] }>("AcceptSceneAssetsPayload").implement({
    description: "Answer of a mutation: what the scene was given.",
    fields: (t) => ({
      sceneAssets: t.field({
        type: [SceneAssetType],
        description: "In the order of the suggestions.",
        resolve: ({ sceneAssets }) => sceneAssets,
      }),
    }),
  }),
  resolve: async ({ sceneId, suggestions }, { deps, viewer }) => ({
    sceneAssets: await acceptSceneAssets(deps, viewer, {
      sceneId: requireId("Scene", sceneId, ["sceneId"]),
      suggestions: suggestions.map(({ id, description, statusTags }, index) => ({
        id: requireId("SceneAssetSuggestion", id, ["suggestions", String(index), "id"]),
        description: description ?? undefined,
        statusTags: statusTags ?? undefined,
      })),
    }),
  }),
});

mutation("ignoreSceneAssetSuggestions", {
  description: "Puts suggestions aside: they are not made again for the scene.",
  input: builder.inputType("IgnoreSceneAssetSuggestionsInput", {
    description: "Which ones: all or none is done.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      ids: t.idList({ required: true, description: "Suggestions of the scene, 1 to 200." }),
    }),
  }),
  payload: payloadOf("IgnoreSceneAssetSuggestionsPayload", "scene", StorySceneType, "The scene."),
  resolve: async ({ sceneId, ids }, { deps, viewer }) => ({
    scene: await ignoreSuggestions(deps, viewer, {
      sceneId: requireId("Scene", sceneId, ["sceneId"]),
      ids: ids.map((id, index) => requireId("SceneAssetSuggestion", id, ["ids", String(index)])),
    }),
  }),
});
