import { ofProject, requireProject, type Viewer } from "#domains/accounts/viewer.ts";
import { projectLoader, ProjectType } from "#domains/projects/projects.graphql.ts";
import {
  assignCharacters,
  createCharacterGroup,
  deleteCharacterGroup,
  renameCharacterGroup,
} from "#domains/prompts/character-groups.service.ts";
import { CharacterType } from "#domains/prompts/characters.graphql.ts";
import { characterCountLoader, characterGroupLoader } from "#domains/prompts/prompts.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { encodeId, optionalId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { Character, CharacterGroup } from "#platform/db/generated/client.ts";

export const CharacterGroupType = builder.objectRef<CharacterGroup>("CharacterGroup");
builder.node(CharacterGroupType, {
  description: "Characters of a project that share overrides.",
  id: { resolve: (group) => group.id },
  loadOne: (id, context) => characterGroupLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique in the project." }),
    project: t.field({
      type: ProjectType,
      description: "The project that it belongs to.",
      resolve: async (group, _args, context) =>
        expectLoaded(await projectLoader(context).load(group.projectId), "The project"),
    }),
    characterCount: t.int({
      description: "How many characters are in it.",
      resolve: async (group, _args, context) => (await characterCountLoader(context).load(group.id)) ?? 0,
    }),
  }),
});

builder.objectField(CharacterType, "group", (t) =>
  t.field({
    type: CharacterGroupType,
    nullable: true,
    description: "The group that it is in.",
    resolve: (character, _args, context) =>
      character.groupId === null ? null : characterGroupLoader(context).load(character.groupId),
  }),
);

builder.queryField("characterGroups", (t) =>
  t.connection(
    {
      type: CharacterGroupType,
      description: "Groups of the viewer's projects, newest first.",
      args: { projectId: t.arg.id({ description: "Only those of this project." }) },
      resolve: (_root, { projectId: globalId, ...args }, { deps, viewer }) => {
        const projectId = optionalId("Project", globalId, ["projectId"]);
        if (projectId !== undefined) requireProject(viewer as Viewer, projectId);
        const where = projectId === undefined ? ofProject(viewer as Viewer) : { projectId };
        const { characterGroup } = deps.db.prisma;
        return idConnection(
          args,
          (page) => characterGroup.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => characterGroup.count({ where }),
        );
      },
    },
    { name: "CharacterGroupConnection", description: "A page of character groups." },
    { name: "CharacterGroupEdge", description: "A character group in a page." },
  ),
);

mutation("createCharacterGroup", {
  description: "Makes a group of characters.",
  input: builder.inputType("CreateCharacterGroupInput", {
    description: "A new group.",
    fields: (t) => ({
      projectId: t.id({ required: true, description: "The project it belongs to." }),
      name: t.string({ required: true, description: "Unique in the project; 1 to 200 characters." }),
    }),
  }),
  payload: payloadOf("CreateCharacterGroupPayload", "group", CharacterGroupType, "The new group."),
  resolve: async (input, { deps, viewer }) => ({
    group: await createCharacterGroup(deps, viewer, {
      projectId: requireId("Project", input.projectId, ["projectId"]),
      name: input.name,
    }),
  }),
});

mutation("renameCharacterGroup", {
  description: "Gives a group another name.",
  input: builder.inputType("RenameCharacterGroupInput", {
    description: "Which group, and its name.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which group." }),
      name: t.string({ required: true, description: "Unique in the project; 1 to 200 characters." }),
    }),
  }),
  payload: payloadOf("RenameCharacterGroupPayload", "group", CharacterGroupType, "The group as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    group: await renameCharacterGroup(deps, viewer, requireId("CharacterGroup", input.id), input.name),
  }),
});

mutation("deleteCharacterGroup", {
  description: "Deletes a group and its overrides; its characters stay, without a group.",
  input: builder.inputType("DeleteCharacterGroupInput", {
    description: "What to delete.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which group." }) }),
  }),
  payload: builder.objectRef<{ id: string }>("DeleteCharacterGroupPayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({
        description: "The id that the group had.",
        resolve: ({ id }) => encodeId("CharacterGroup", id),
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("CharacterGroup", input.id);
    await deleteCharacterGroup(deps, viewer, id);
    return { id };
  },
});

mutation("assignCharacters", {
  description: "Puts characters into a group, or into none; all or nothing.",
  input: builder.inputType("AssignCharactersInput", {
    description: "Which characters, and where to.",
    fields: (t) => ({
      characterIds: t.idList({ required: true, description: "The characters, at most 1000." }),
      groupId: t.id({ description: "A group of their project; left out, they are in none afterwards." }),
    }),
  }),
  payload: builder.objectRef<{ characters: Character[] }>("AssignCharactersPayload").implement({
    description: "Answer of a mutation: the characters as they are now.",
    fields: (t) => ({
      characters: t.field({
        type: [CharacterType],
        description: "In the order of the ids.",
        resolve: (payload) => payload.characters,
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => ({
    characters: await assignCharacters(
      deps,
      viewer,
      input.characterIds.map((id, index) => requireId("Character", id, ["characterIds", String(index)])),
      optionalId("CharacterGroup", input.groupId, ["groupId"]) ?? null,
    ),
  }),
});
