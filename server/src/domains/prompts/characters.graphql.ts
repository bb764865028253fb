import type { Viewer } from "#domains/accounts/viewer.ts";
import { ofProject, requireProject } from "#domains/accounts/viewer.ts";
import { projectLoader, ProjectType } from "#domains/projects/projects.graphql.ts";
import {
  createCharacter,
  deleteCharacter,
  metadataConditions,
  updateCharacter,
} from "#domains/prompts/characters.service.ts";
import { characterLoader } from "#domains/prompts/prompts.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { decodeId, encodeId, optionalId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { nameContains } from "#lib/storable-text.ts";
import type { Character } from "#platform/db/generated/client.ts";

export const CharacterType = builder.objectRef<Character>("Character");
builder.node(CharacterType, {
  description: "Somebody or something that scene types are rendered for.",
  id: { resolve: (character) => character.id },
  loadOne: (id, context) => characterLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", {
      description: "Unique in the project; {character_name} in prompts unless metadata says otherwise.",
    }),
    metadata: t.field({
      type: "JSON",
      description: "Map of placeholder key to text.",
      resolve: (character) => character.metadata,
    }),
    project: t.field({
      type: ProjectType,
      description: "The project that it belongs to.",
      resolve: async (character, _args, context) =>
        expectLoaded(await projectLoader(context).load(character.projectId), "The project"),
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: (character) => character.updatedAt,
    }),
  }),
});

builder.queryFields((t) => ({
  characters: t.connection(
    {
      type: CharacterType,
      description: "Characters of the viewer's projects, newest first.",
      args: {
        projectId: t.arg.id({ description: "Only those of this project." }),
        search: t.arg.string({ description: "Part of the name." }),
        groupId: t.arg.id({ description: "Only those in this group." }),
        metadata: t.arg({
          type: "JSON",
          description:
            "Only those whose metadata has all of these texts by key; null asks for the key, whatever its text.",
        }),
      },
      resolve: (_root, { projectId: globalId, search, groupId, metadata, ...args }, context) => {
        const viewer = context.viewer as Viewer;
        const projectId = optionalId("Project", globalId, ["projectId"]);
        if (projectId !== undefined) requireProject(viewer, projectId);
        const group = optionalId("CharacterGroup", groupId, ["groupId"]);
        const where = {
          ...(projectId === undefined ? ofProject(viewer) : { projectId }),
          ...nameContains(search),
          ...(group === undefined ? {} : { groupId: group }),
          AND: metadataConditions(metadata ?? {}),
        };
        const { character } = context.deps.db.prisma;
        return idConnection(
          args,
          (page) => character.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => character.count({ where }),
        );
      },
    },
    { name: "CharacterConnection", description: "A page of characters." },
    { name: "CharacterEdge", description: "A character in a page." },
  ),
  character: t.field({
    type: CharacterType,
    nullable: true,
    description: "One character; null when there is none or the viewer may not see it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, args, context) => {
      const id = decodeId("Character", args.id);
      return id === null ? null : characterLoader(context).load(id);
    },
  }),
}));

mutation("deleteCharacter", {
  description: "Deletes a character with its overrides; one that takes were made of can't be deleted.",
  input: builder.inputType("DeleteCharacterInput", {
    description: "What to delete.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which character." }) }),
  }),
  payload: builder.objectRef<{ id: string }>("DeleteCharacterPayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({
        description: "The id that the character had.",
        resolve: ({ id }) => encodeId("Character", id),
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("Character", input.id);
    await deleteCharacter(deps, viewer, id);
    return { id };
  },
});

mutation("createCharacter", {
  description: "Adds a character to a project.",
  input: builder.inputType("CreateCharacterInput", {
    description: "A new character.",
    fields: (t) => ({
      projectId: t.id({ required: true, description: "The project it belongs to." }),
      name: t.string({ required: true, description: "Unique in the project; 1 to 200 characters." }),
      metadata: t.field({
        type: "JSON",
        description: "Map of placeholder key (letters, digits, underscores) to text.",
      }),
      groupId: t.id({ description: "A group of the project." }),
    }),
  }),
  payload: payloadOf("CreateCharacterPayload", "character", CharacterType, "The new character."),
  resolve: async (input, { deps, viewer }) => ({
    character: await createCharacter(deps, viewer, {
      projectId: requireId("Project", input.projectId, ["projectId"]),
      name: input.name,
      metadata: input.metadata ?? undefined,
      groupId: optionalId("CharacterGroup", input.groupId, ["groupId"]),
    }),
  }),
});

mutation("updateCharacter", {
  description: "Changes a character.",
  input: builder.inputType("UpdateCharacterInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which character." }),
      name: t.string({ description: "Unique in the project." }),
      metadata: t.field({
        type: "JSON",
        description: "The whole map of placeholder key to text, in place of the present one.",
      }),
    }),
  }),
  payload: payloadOf("UpdateCharacterPayload", "character", CharacterType, "The character as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    character: await updateCharacter(deps, viewer, requireId("Character", input.id), {
      name: input.name ?? undefined,
      metadata: input.metadata ?? undefined,
    }),
  }),
});
