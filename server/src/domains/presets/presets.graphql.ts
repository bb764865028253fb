import type { Viewer } from "#domains/accounts/viewer.ts";
import {
  contentOf,
  deletePreset,
  type LinkedPreset,
  listPresets,
  renamePreset,
  savePreset,
} from "#domains/presets/presets.service.ts";
import { CategoryType } from "#domains/workflows/workflows.enums.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, optionalId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { PresetKind } from "#platform/db/generated/enums.ts";

const KindType = builder.enumType(PresetKind, {
  name: "PresetKind",
  description: "What a preset keeps.",
  values: {
    PROMPT: { description: "Prompts, by the names that `params` of submitJob takes." },
    SETTINGS: { description: "Other fields of a submission: params, resolution, tries, seed and the like." },
  },
});

type PresetRow = Omit<LinkedPreset, "promptPreset"> & { promptPreset?: LinkedPreset["promptPreset"] };
const PresetType = builder.objectRef<PresetRow>("Preset");
PresetType.implement({
  description: "Prompts or settings that the viewer keeps under a name; nobody else sees them.",
  fields: (t) => ({
    id: t.id({ description: "Its id.", resolve: ({ id }) => encodeId("Preset", id) }),
    kind: t.field({ type: KindType, description: "What it keeps.", resolve: ({ kind }) => kind }),
    category: t.field({
      type: CategoryType,
      description: "The workflows that it is offered for.",
      resolve: ({ category }) => category,
    }),
    name: t.exposeString("name", { description: "Its name: one for each kind and category." }),
    content: t.field({
      type: "JSON",
      description: "Texts by prompt name, or settings by the names of submitJob's fields.",
      resolve: (preset) => contentOf(preset),
    }),
    promptPreset: t.field({
      type: PresetType,
      nullable: true,
      description: "The prompts that settings bring with them.",
      resolve: ({ promptPreset }) => promptPreset ?? null,
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last saved.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.queryField("presets", (t) =>
  t.field({
    type: [PresetType],
    description: "The viewer's own presets, by name.",
    args: {
      kind: t.arg({ type: KindType, description: "Only of this kind." }),
      category: t.arg({ type: CategoryType, description: "Only for workflows of this category." }),
    },
    resolve: (_root, { kind, category }, { deps, viewer }) =>
      listPresets(deps, viewer as Viewer, { kind: kind ?? undefined, category: category ?? undefined }),
  }),
);

mutation("savePreset", {
  description: "Keeps prompts or settings under a name.",
  input: builder.inputType("SavePresetInput", {
    description: "What to keep.",
    fields: (t) => ({
      kind: t.field({ type: KindType, required: true, description: "What it keeps." }),
      category: t.field({
        type: CategoryType,
        required: true,
        description: "The workflows that it is offered for.",
      }),
      name: t.string({ required: true, description: "Its name." }),
      content: t.field({
        type: "JSON",
        required: true,
        description: "Texts by prompt name, or settings by the names of submitJob's fields.",
      }),
      promptPresetId: t.id({ description: "Of settings: prompts that come with them." }),
      overwrite: t.boolean({
        defaultValue: false,
        description: "Replaces the preset of that kind, category and name if there is one, instead of a conflict.",
      }),
    }),
  }),
  payload: payloadOf("SavePresetPayload", "preset", PresetType, "The preset as it is now."),
  resolve: async ({ promptPresetId, overwrite, ...input }, { deps, viewer }) => ({
    preset: await savePreset(deps, viewer, {
      ...input,
      promptPresetId: optionalId("Preset", promptPresetId, ["promptPresetId"]),
      overwrite: overwrite ?? false,
    }),
  }),
});

mutation("renamePreset", {
  description: "Gives a preset another name.",
  input: builder.inputType("RenamePresetInput", {
    description: "Which preset, and its new name.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which preset." }),
      name: t.string({ required: true, description: "Its new name." }),
    }),
  }),
  payload: payloadOf("RenamePresetPayload", "preset", PresetType, "The preset as it is now."),
  resolve: async ({ id, name }, { deps, viewer }) => ({
    preset: await renamePreset(deps, viewer, requireId("Preset", id), name),
  }),
});

mutation("deletePreset", {
  description: "Deletes a preset; settings that brought it with them stay.",
  input: builder.inputType("DeletePresetInput", {
    description: "What to delete.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which preset." }) }),
  }),
  payload: builder.objectRef<{ id: string }>("DeletePresetPayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({ description: "The id that the preset had.", resolve: ({ id }) => encodeId("Preset", id) }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("Preset", input.id);
    await deletePreset(deps, viewer, id);
    return { id };
  },
});
