import type { SceneLora } from "#domains/stories/logic/scene-loras.ts";
import { writePose } from "#domains/stories/logic/scene-pose.ts";
import {
  addSceneLora,
  importSceneMetadata,
  lorasOf,
  removeSceneLora,
  reorderSceneLoras,
  updateSceneLora,
  updateSceneMetadata,
} from "#domains/stories/scene-metadata/scene-metadata.service.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { Scene } from "#platform/db/generated/client.ts";

const ResolutionType = builder.objectRef<{ width: number; height: number }>("SceneResolution").implement({
  description: "The size that a scene is rendered in.",
  fields: (t) => ({
    width: t.exposeInt("width", { description: "In pixels." }),
    height: t.exposeInt("height", { description: "In pixels." }),
  }),
});

const LoraType = builder.objectRef<SceneLora>("SceneLora").implement({
  description: "A LoRA that a scene is rendered with.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its file on the machines; unique in the scene." }),
    strength: t.exposeFloat("strength", { description: "How much it counts." }),
    enabled: t.exposeBoolean("enabled", { description: "Whether it is applied." }),
  }),
});

const MetadataType = builder.objectRef<Scene>("SceneMetadata").implement({
  description: "What a scene is rendered with besides its prompts.",
  fields: (t) => ({
    poseName: t.exposeString("poseName", { nullable: true, description: "The pose." }),
    maskType: t.exposeString("maskType", { nullable: true, description: "The kind of mask." }),
    depthType: t.exposeString("depthType", { nullable: true, description: "The kind of depth map." }),
    resolution: t.field({
      type: ResolutionType,
      nullable: true,
      description: "The size.",
      resolve: ({ width, height }) => (width === null || height === null ? null : { width, height }),
    }),
    loras: t.field({
      type: [LoraType],
      description: "Its LoRAs, in the order in which they are applied.",
      resolve: (scene) => lorasOf(scene),
    }),
    poseFile: t.field({ type: "JSON", description: "The choices as pose.json.", resolve: (scene) => writePose(scene) }),
    loraFile: t.field({ type: "JSON", description: "The LoRAs as loras.json.", resolve: (scene) => lorasOf(scene) }),
  }),
});

builder.objectField(StorySceneType, "metadata", (t) =>
  t.field({
    type: MetadataType,
    description: "What it is rendered with besides its prompts.",
    resolve: (scene) => scene,
  }),
);

const payload = payloadOf("SceneMetadataPayload", "scene", StorySceneType, "The scene as it is now.");

const ResolutionInput = builder.inputType("SceneResolutionInput", {
  description: "The size that a scene is rendered in.",
  fields: (t) => ({
    width: t.int({ required: true, description: "16 to 16384 pixels." }),
    height: t.int({ required: true, description: "16 to 16384 pixels." }),
  }),
});

mutation("updateSceneMetadata", {
  description: "Changes what is given of pose, mask, depth and size of a scene.",
  input: builder.inputType("UpdateSceneMetadataInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      poseName: t.string({ description: "The pose; null takes it away." }),
      maskType: t.string({ description: "The kind of mask; null takes it away." }),
      depthType: t.string({ description: "The kind of depth map; null takes it away." }),
      resolution: t.field({ type: ResolutionInput, description: "The size; null takes it away." }),
    }),
  }),
  payload,
  resolve: async ({ sceneId, ...input }, { deps, viewer }) => ({
    scene: await updateSceneMetadata(deps, viewer, requireId("Scene", sceneId, ["sceneId"]), input),
  }),
});

mutation("addSceneLora", {
  description: "Adds a LoRA to a scene, at the end.",
  input: builder.inputType("AddSceneLoraInput", {
    description: "The LoRA.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      name: t.string({ required: true, description: "Its file on the machines; unique in the scene." }),
      strength: t.float({ defaultValue: 1, description: "How much it counts, -10 to 10." }),
      enabled: t.boolean({ defaultValue: true, description: "Whether it is applied." }),
    }),
  }),
  payload,
  resolve: async ({ sceneId, name, strength, enabled }, { deps, viewer }) => ({
    scene: await addSceneLora(deps, viewer, requireId("Scene", sceneId, ["sceneId"]), {
      name,
      strength: strength ?? undefined,
      enabled: enabled ?? undefined,
    }),
  }),
});

mutation("updateSceneLora", {
  description: "Changes what is given of a scene's LoRA.",
  input: builder.inputType("UpdateSceneLoraInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      name: t.string({ required: true, description: "Which LoRA." }),
      strength: t.float({ description: "How much it counts, -10 to 10." }),
      enabled: t.boolean({ description: "Whether it is applied." }),
    }),
  }),
  payload,
  resolve: async ({ sceneId, name, strength, enabled }, { deps, viewer }) => ({
    scene: await updateSceneLora(deps, viewer, requireId("Scene", sceneId, ["sceneId"]), {
      name,
      strength: strength ?? undefined,
      enabled: enabled ?? undefined,
    }),
  }),
});

mutation("removeSceneLora", {
  description: "Takes a LoRA from a scene.",
  input: builder.inputType("RemoveSceneLoraInput", {
    description: "Which LoRA.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      name: t.string({ required: true, description: "The LoRA's name." }),
    }),
  }),
  payload,
  resolve: async ({ sceneId, name }, { deps, viewer }) => ({
    scene: await removeSceneLora(deps, viewer, requireId("Scene", sceneId, ["sceneId"]), name),
  }),
});

mutation("reorderSceneLoras", {
  description: "Puts the LoRAs of a scene into another order.",
  input: builder.inputType("ReorderSceneLorasInput", {
    description: "The new order.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      names: t.stringList({ required: true, description: "All of its LoRAs, each once." }),
    }),
  }),
  payload,
  resolve: async ({ sceneId, names }, { deps, viewer }) => ({
    scene: await reorderSceneLoras(deps, viewer, requireId("Scene", sceneId, ["sceneId"]), names),
  }),
});

mutation("importSceneMetadata", {
  description: "Takes over loras.json, pose.json or both into a scene. prompts.json is for importPromptCollection.",
  input: builder.inputType("ImportSceneMetadataInput", {
    description: "The files; one left out changes nothing.",
    fields: (t) => ({
      sceneId: t.id({ required: true, description: "The scene." }),
      loras: t.field({ type: "JSON", description: "loras.json: a list of name, strength and enabled." }),
      pose: t.field({
        type: "JSON",
        description: "pose.json: pose_name, mask_type, depth_type and resolution with width and height.",
      }),
    }),
  }),
  payload,
  resolve: async ({ sceneId, loras, pose }, { deps, viewer }) => ({
    scene: await importSceneMetadata(deps, viewer, requireId("Scene", sceneId, ["sceneId"]), { loras, pose }),
  }),
});
