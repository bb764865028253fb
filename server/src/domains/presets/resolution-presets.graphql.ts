import { builtInResolutions, type NamedResolution } from "#domains/presets/logic/resolutions.ts";
import {
  deleteResolution,
  listResolutions,
  renameResolution,
  saveResolution,
} from "#domains/presets/resolution-presets.service.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

/** Built-in ones have no id. */
type ResolutionRow = NamedResolution & { id?: string };

const ResolutionType = builder.objectRef<ResolutionRow>("ResolutionPreset").implement({
  description: "A width and height under a name, for everybody in the studio.",
  fields: (t) => ({
    id: t.id({
      nullable: true,
      description: "Its id; null for those that are built in and can't be changed.",
      resolve: ({ id }) => (id === undefined ? null : encodeId("ResolutionPreset", id)),
    }),
    name: t.exposeString("name", { description: "What `resolution` of submitJob names it by; case does not count." }),
    width: t.exposeInt("width", { description: "In pixels." }),
    height: t.exposeInt("height", { description: "In pixels." }),
  }),
});

builder.queryField("resolutionPresets", (t) =>
  t.field({
    type: [ResolutionType],
    description: "The built-in ones, then the studio's own by name.",
    resolve: async (_root, _args, { deps }): Promise<ResolutionRow[]> => [
      ...builtInResolutions,
      ...(await listResolutions(deps)),
    ],
  }),
);

mutation("saveResolutionPreset", {
  description: "Keeps a width and height under a name, for everybody in the studio.",
  input: builder.inputType("SaveResolutionPresetInput", {
    description: "What to keep.",
    fields: (t) => ({
      name: t.string({ required: true, description: "Its name." }),
      width: t.int({ required: true, description: "In pixels, 1 to 16384." }),
      height: t.int({ required: true, description: "In pixels, 1 to 16384." }),
      overwrite: t.boolean({
        defaultValue: false,
        description: "Replaces the viewer's preset of that name, or as ADMIN anybody's, instead of a conflict.",
      }),
    }),
  }),
  payload: payloadOf("SaveResolutionPresetPayload", "resolutionPreset", ResolutionType, "The preset as it is now."),
  resolve: async ({ overwrite, ...input }, { deps, viewer }) => ({
    resolutionPreset: await saveResolution(deps, viewer, { ...input, overwrite: overwrite ?? false }),
  }),
});

mutation("renameResolutionPreset", {
  description: "Gives a resolution preset another name. Who made it, or ADMIN.",
  input: builder.inputType("RenameResolutionPresetInput", {
    description: "Which preset, and its new name.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which preset." }),
      name: t.string({ required: true, description: "Its new name." }),
    }),
  }),
  payload: payloadOf("RenameResolutionPresetPayload", "resolutionPreset", ResolutionType, "The preset as it is now."),
  resolve: async ({ id, name }, { deps, viewer }) => ({
    resolutionPreset: await renameResolution(deps, viewer, requireId("ResolutionPreset", id), name),
  }),
});

mutation("deleteResolutionPreset", {
  description: "Deletes a resolution preset; jobs keep the size that they had. Who made it, or ADMIN.",
  input: builder.inputType("DeleteResolutionPresetInput", {
    description: "What to delete.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which preset." }) }),
  }),
  payload: builder.objectRef<{ id: string }>("DeleteResolutionPresetPayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({
        description: "The id that the preset had.",
        resolve: ({ id }) => encodeId("ResolutionPreset", id),
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("ResolutionPreset", input.id);
    await deleteResolution(deps, viewer, id);
    return { id };
  },
});
