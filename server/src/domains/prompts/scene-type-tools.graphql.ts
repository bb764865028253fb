import { duplicateSceneType } from "#domains/prompts/duplicate-scene-type.service.ts";
import { effectiveDefaults, type EffectiveDefault } from "#domains/prompts/logic/effective-defaults.ts";
import { ClipPositionType } from "#domains/prompts/prompts.enums.graphql.ts";
import { defaultsOfSceneType } from "#domains/prompts/prompts.loaders.ts";
import { setScenePromptDefaults } from "#domains/prompts/scene-defaults.service.ts";
import { SceneTypeType } from "#domains/prompts/scene-types.graphql.ts";
import { deleteSceneType } from "#domains/prompts/scene-types.service.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { type SlotRow, slotsOfVersionLoader } from "#domains/workflows/workflows.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, optionalId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

const EffectivePromptDefaultType = builder.objectRef<EffectiveDefault<SlotRow>>("EffectivePromptDefault").implement({
  description: "The text that a scene type gives to a slot for a clip, whoever the character is.",
  fields: (t) => ({
    slot: t.field({ type: PromptSlotType, description: "The slot.", resolve: ({ slot }) => slot }),
    text: t.exposeString("text", {
      nullable: true,
      description: "The text; null when neither the scene type nor the workflow has one.",
    }),
    clipPosition: t.field({
      type: ClipPositionType,
      nullable: true,
      description: "The clip that it was written for: the one asked for, or FULL_CLIP. Null for the workflow's text.",
      resolve: ({ clipPosition }) => clipPosition,
    }),
  }),
});

builder.objectField(SceneTypeType, "effectiveDefaults", (t) =>
  t.field({
    type: [EffectivePromptDefaultType],
    description: "The text of every slot for a clip: its own, else the whole clip's, else the workflow's.",
    args: { clipPosition: t.arg({ type: ClipPositionType, defaultValue: "FULL_CLIP", description: "Which clip." }) },
    resolve: async (sceneType, { clipPosition }, context) => {
      const [slots, defaults] = await Promise.all([
        slotsOfVersionLoader(context).load(sceneType.workflowVersionId),
        defaultsOfSceneType(context, sceneType),
      ]);
      return effectiveDefaults(slots, defaults, clipPosition ?? "FULL_CLIP");
    },
  }),
);

mutation("setScenePromptDefaults", {
  description: "Sets many texts of a scene type, all or none; texts that are not named stay.",
  input: builder.inputType("SetScenePromptDefaultsInput", {
    description: "Which texts.",
    fields: (t) => ({
      sceneTypeId: t.id({ required: true, description: "The scene type." }),
      defaults: t.field({
        type: [
          builder.inputType("ScenePromptDefaultInput", {
            description: "The text of one slot for one clip.",
            fields: (t) => ({
              slotId: t.id({
                required: true,
                description: "A slot of the scene type's workflow version that is not locked.",
              }),
              clipPosition: t.field({
                type: ClipPositionType,
                defaultValue: "FULL_CLIP",
                description: "The clip that it is for.",
              }),
              text: t.string({
                required: true,
                description: "The text; empty, the slot returns to the next wider one.",
              }),
            }),
          }),
        ],
        required: true,
        description: "At most one entry for each slot and clip.",
      }),
    }),
  }),
  payload: payloadOf("SetScenePromptDefaultsPayload", "sceneType", SceneTypeType, "The scene type with its texts."),
  resolve: async (input, { deps, viewer }) => ({
    sceneType: await setScenePromptDefaults(
      deps,
      viewer,
      requireId("SceneType", input.sceneTypeId, ["sceneTypeId"]),
      input.defaults.map(({ slotId, clipPosition, text }, index) => ({
        slotId: requireId("PromptSlot", slotId, ["defaults", String(index), "slotId"]),
        clipPosition: clipPosition ?? "FULL_CLIP",
        text,
      })),
    ),
  }),
});

mutation("duplicateSceneType", {
  description: "Makes a copy of a scene type with its workflow version, settings, texts and pins.",
  input: builder.inputType("DuplicateSceneTypeInput", {
    description: "What to copy.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which scene type." }),
      name: t.string({ required: true, description: "Name of the copy." }),
      projectId: t.id({
        description: "The project of the copy; left out, that of the original; null, the whole studio.",
      }),
      withOverrides: t.boolean({
        defaultValue: false,
        description: "Also copies what differs for projects, groups and characters.",
      }),
    }),
  }),
  payload: payloadOf("DuplicateSceneTypePayload", "sceneType", SceneTypeType, "The copy."),
  resolve: async (input, { deps, viewer }) => ({
    sceneType: await duplicateSceneType(deps, viewer, {
      id: requireId("SceneType", input.id),
      name: input.name,
      projectId: input.projectId === null ? null : optionalId("Project", input.projectId, ["projectId"]),
      withOverrides: input.withOverrides ?? false,
    }),
  }),
});

mutation("deleteSceneType", {
  description: "Deletes a scene type with its texts and overrides; one that takes were made of can't be deleted.",
  input: builder.inputType("DeleteSceneTypeInput", {
    description: "What to delete.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which scene type." }) }),
  }),
  payload: builder.objectRef<{ id: string }>("DeleteSceneTypePayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({ description: "The id that it had.", resolve: ({ id }) => encodeId("SceneType", id) }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("SceneType", input.id);
    await deleteSceneType(deps, viewer, id);
    return { id };
  },
});
