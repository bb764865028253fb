import { ClipPositionType, GenerationStrategyType } from "#domains/prompts/prompts.enums.graphql.ts";
import { deleteScenePromptDefault, setScenePromptDefault } from "#domains/prompts/scene-defaults.service.ts";
import { ScenePromptDefaultType, SceneTypeType } from "#domains/prompts/scene-types.graphql.ts";
import { createSceneType, updateSceneType } from "#domains/prompts/scene-types.service.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

/** Left out, they stay; null takes them away. */
const durationsOf = (
  input: Partial<
    Record<"targetDurationSecs" | "segmentDurationSecs" | "durationToleranceSecs", number | null | undefined>
  >,
) => ({
  targetDurationSecs: input.targetDurationSecs,
  segmentDurationSecs: input.segmentDurationSecs,
  durationToleranceSecs: input.durationToleranceSecs,
});

mutation("createSceneType", {
  description: "Makes a scene type on the current version of a workflow.",
  input: builder.inputType("CreateSceneTypeInput", {
    description: "A new scene type.",
    fields: (t) => ({
      name: t.string({ required: true, description: "Unique in its project, or among the studio-wide ones." }),
      workflowId: t.id({ required: true, description: "The workflow that renders it." }),
      projectId: t.id({ description: "The project it belongs to; studio-wide unless said." }),
      generationStrategy: t.field({ type: GenerationStrategyType, description: "PLATFORM_ORCHESTRATED unless said." }),
      expectedChunks: t.int({ description: "How many chunks one run writes." }),
      chunkOutputPattern: t.string({ description: "File name of a chunk, with {n} for its number." }),
      description: t.string({ description: "What is to be seen." }),
      fragmentSeparator: t.string({
        description: "What stands between a text and its fragments; a comma unless said.",
      }),
      targetDurationSecs: t.float({ description: "How long a take is to be, in seconds; more than 0." }),
      segmentDurationSecs: t.float({ description: "How long one segment is, in seconds; at most the target." }),
      durationToleranceSecs: t.float({
        description: "A remainder of at most so many seconds makes no further segment; not negative.",
      }),
    }),
  }),
  payload: payloadOf("CreateSceneTypePayload", "sceneType", SceneTypeType, "The new scene type."),
  resolve: async (input, { deps, viewer }) => ({
    sceneType: await createSceneType(deps, viewer, {
      name: input.name,
      workflowId: requireId("Workflow", input.workflowId, ["workflowId"]),
      projectId: optionalId("Project", input.projectId, ["projectId"]),
      generationStrategy: input.generationStrategy ?? undefined,
      expectedChunks: input.expectedChunks ?? undefined,
      chunkOutputPattern: input.chunkOutputPattern ?? undefined,
      description: input.description ?? undefined,
      fragmentSeparator: input.fragmentSeparator ?? undefined,
      ...durationsOf(input),
    }),
  }),
});

mutation("updateSceneType", {
  description: "Changes a scene type; its workflow version stays.",
  input: builder.inputType("UpdateSceneTypeInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which scene type." }),
      name: t.string({ description: "Unique in its project, or among the studio-wide ones." }),
      description: t.string({ description: "What is to be seen; empty text takes it away." }),
      generationStrategy: t.field({ type: GenerationStrategyType, description: "Who makes a long take out of clips." }),
      expectedChunks: t.int({ description: "How many chunks one run writes; null takes it away." }),
      chunkOutputPattern: t.string({
        description: "File name of a chunk, with {n} for its number; empty text takes it away.",
      }),
      fragmentSeparator: t.string({ description: "What stands between a text and its fragments." }),
      targetDurationSecs: t.float({
        description: "How long a take is to be, in seconds; more than 0. null takes it away.",
      }),
      segmentDurationSecs: t.float({
        description: "How long one segment is, in seconds; at most the target. null takes it away.",
      }),
      durationToleranceSecs: t.float({
        description:
          "A remainder of at most so many seconds makes no further segment; not negative. null takes it away.",
      }),
    }),
  }),
  payload: payloadOf("UpdateSceneTypePayload", "sceneType", SceneTypeType, "The scene type as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    sceneType: await updateSceneType(deps, viewer, requireId("SceneType", input.id), {
      name: input.name ?? undefined,
      description: input.description ?? undefined,
      generationStrategy: input.generationStrategy ?? undefined,
      expectedChunks: input.expectedChunks,
      chunkOutputPattern: input.chunkOutputPattern ?? undefined,
      fragmentSeparator: input.fragmentSeparator ?? undefined,
      ...durationsOf(input),
    }),
  }),
});

const keyOf = (input: {
  sceneTypeId: string;
  slotId: string;
  clipPosition?: "FULL_CLIP" | "START_CLIP" | "CONTINUATION_CLIP" | null | undefined;
}) => ({
  sceneTypeId: requireId("SceneType", input.sceneTypeId, ["sceneTypeId"]),
  slotId: requireId("PromptSlot", input.slotId, ["slotId"]),
  clipPosition: input.clipPosition ?? ("FULL_CLIP" as const),
});

mutation("setScenePromptDefault", {
  description: "Sets a scene type's text for a slot.",
  input: builder.inputType("SetScenePromptDefaultInput", {
    description: "Which text.",
    fields: (t) => ({
      sceneTypeId: t.id({ required: true, description: "The scene type." }),
      slotId: t.id({ required: true, description: "A slot of its workflow version that is not locked." }),
      text: t.string({ required: true, description: "The text, with {placeholders} of the character; not empty." }),
      clipPosition: t.field({
        type: ClipPositionType,
        defaultValue: "FULL_CLIP",
        description: "The clip that it is for.",
      }),
    }),
  }),
  payload: payloadOf(
    "SetScenePromptDefaultPayload",
    "promptDefault",
    ScenePromptDefaultType,
    "The text as it is stored.",
  ),
  resolve: async (input, { deps, viewer }) => ({
    promptDefault: await setScenePromptDefault(deps, viewer, { ...keyOf(input), text: input.text }),
  }),
});

mutation("deleteScenePromptDefault", {
  description: "Returns a slot to the workflow's text; deleting what is not there changes nothing.",
  input: builder.inputType("DeleteScenePromptDefaultInput", {
    description: "Which text.",
    fields: (t) => ({
      sceneTypeId: t.id({ required: true, description: "The scene type." }),
      slotId: t.id({ required: true, description: "The slot." }),
      clipPosition: t.field({
        type: ClipPositionType,
        defaultValue: "FULL_CLIP",
        description: "The clip that it is for.",
      }),
    }),
  }),
  payload: payloadOf("DeleteScenePromptDefaultPayload", "sceneType", SceneTypeType, "The scene type."),
  resolve: async (input, { deps, viewer }) => ({
    sceneType: await deleteScenePromptDefault(deps, viewer, keyOf(input)),
  }),
});
