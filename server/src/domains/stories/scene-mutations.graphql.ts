import type { InputFieldBuilder } from "@pothos/core";
import { BranchType } from "#domains/stories/branches.graphql.ts";
import { advanceScene } from "#domains/stories/continuity/advance-scene.service.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { createScene, deleteScene, moveScene, reorderScenes, updateScene } from "#domains/stories/scenes.service.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, nullableId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { Branch } from "#platform/db/generated/client.ts";
import { idInput } from "#domains/stories/deleted.graphql.ts";

type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;

const ShotInput = builder.inputType("ShotInput", {
  description: "What is seen between two cuts.",
  fields: (t) => ({
    number: t.int({ description: "Unique in the scene; its place in the list unless said." }),
    action: t.string({ defaultValue: "", description: "What happens." }),
    setting: t.string({ defaultValue: "", description: "Where, and at what time." }),
    foreground: t.stringList({ defaultValue: [], description: "Names of the characters in front." }),
    background: t.stringList({ defaultValue: [], description: "Names of the characters behind." }),
    camera: t.string({ defaultValue: "", description: "How the camera stands and moves." }),
  }),
});

const textFields = (t: InputFieldBuilder<Types, "InputObject">) => ({
  scriptExcerpt: t.string({ description: "Its part of the script." }),
  shots: t.field({ type: [ShotInput], description: "All of its shots, in their order; at most 200." }),
  endStateSummary: t.string({ description: "How it leaves its characters, places and props; null takes it away." }),
  endFrameId: t.id({ description: "A picture of the project that it ends with; null takes it away." }),
});

mutation("createScene", {
  description: "Adds a scene to a branch.",
  input: builder.inputType("CreateSceneInput", {
    description: "A new scene.",
    fields: (t) => ({
      branchId: t.id({ required: true, description: "The branch." }),
      title: t.string({ required: true, description: "1 to 200 characters." }),
      number: t.int({ description: "Its place; those from there on move up. The end unless said." }),
      ...textFields(t),
    }),
  }),
  payload: payloadOf("CreateScenePayload", "scene", StorySceneType, "The new scene."),
  resolve: async (input, { deps, viewer }) => ({
    scene: await createScene(deps, viewer, {
      branchId: requireId("Branch", input.branchId, ["branchId"]),
      title: input.title,
      number: input.number ?? undefined,
      scriptExcerpt: input.scriptExcerpt ?? undefined,
      shots: input.shots ?? undefined,
      endStateSummary: input.endStateSummary,
      endFrameId: nullableId("Asset", input.endFrameId, ["endFrameId"]),
    }),
  }),
});

mutation("updateScene", {
  description: "Changes a scene.",
  input: builder.inputType("UpdateSceneInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The scene." }),
      title: t.string({ description: "1 to 200 characters." }),
      ...textFields(t),
    }),
  }),
  payload: payloadOf("UpdateScenePayload", "scene", StorySceneType, "The scene as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    scene: await updateScene(deps, viewer, requireId("Scene", input.id), {
      title: input.title ?? undefined,
      scriptExcerpt: input.scriptExcerpt ?? undefined,
      shots: input.shots ?? undefined,
      endStateSummary: input.endStateSummary,
      endFrameId: nullableId("Asset", input.endFrameId, ["endFrameId"]),
    }),
  }),
});

mutation("deleteScene", {
  description: "Deletes a scene with the states of its assets; later scenes move down by one. Files stay.",
  input: idInput("DeleteSceneInput", "scene"),
  payload: builder.objectRef<{ id: string; branch: Branch }>("DeleteScenePayload").implement({
    description: "Answer of a mutation: what was deleted, and from where.",
    fields: (t) => ({
      deletedId: t.id({ description: "The id that the scene had.", resolve: ({ id }) => encodeId("Scene", id) }),
      branch: t.field({ type: BranchType, description: "Its branch.", resolve: ({ branch }) => branch }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("Scene", input.id);
    return { id, branch: await deleteScene(deps, viewer, id) };
  },
});

mutation("reorderScenes", {
  description: "Puts the scenes of a branch into another order and numbers them anew.",
  input: builder.inputType("ReorderScenesInput", {
    description: "Which branch, and its scenes in their new order.",
    fields: (t) => ({
      branchId: t.id({ required: true, description: "The branch." }),
      sceneIds: t.idList({ required: true, description: "All of its scenes, each once." }),
    }),
  }),
  payload: payloadOf("ReorderScenesPayload", "branch", BranchType, "The branch with its scenes."),
  resolve: async ({ branchId, sceneIds }, { deps, viewer }) => ({
    branch: await reorderScenes(
      deps,
      viewer,
      requireId("Branch", branchId, ["branchId"]),
      sceneIds.map((id, index) => requireId("Scene", id, ["sceneIds", String(index)])),
    ),
  }),
});

mutation("moveScene", {
  description: "Takes one scene to another place in its branch; those between move up or down by one.",
  input: builder.inputType("MoveSceneInput", {
    description: "Which scene, and where to.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The scene." }),
      number: t.int({ required: true, description: "The number that it has then." }),
    }),
  }),
  payload: payloadOf("MoveScenePayload", "branch", BranchType, "The branch with its scenes."),
  resolve: async ({ id, number }, { deps, viewer }) => ({
    branch: await moveScene(deps, viewer, requireId("Scene", id), number),
  }),
});

mutation("advanceScene", {
  description:
    "Moves a scene one step on: SCRIPT, ASSETS, READY, RENDERED. From ASSETS on it is refused with everything that sceneReadiness lists.",
  input: builder.inputType("AdvanceSceneInput", {
    description: "Which scene.",
    fields: (t) => ({ sceneId: t.id({ required: true, description: "The scene." }) }),
  }),
  payload: payloadOf("AdvanceScenePayload", "scene", StorySceneType, "The scene as it is now."),
  resolve: async ({ sceneId }, { deps, viewer }) => ({
    scene: await advanceScene(deps, viewer, requireId("Scene", sceneId, ["sceneId"])),
  }),
});
