import { type Applied, applyFragments, type FragmentsChange } from "#domains/prompts/apply-fragments.service.ts";
import { CharacterType } from "#domains/prompts/characters.graphql.ts";
import { FragmentEntryInput, FragmentEntryObject, readEntries } from "#domains/prompts/overrides.graphql.ts";
import { slotInSceneType } from "#domains/prompts/prompts.loaders.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";

const FragmentsChangeType = builder.objectRef<FragmentsChange>("FragmentsChange").implement({
  description: "What becomes of one character's override of one slot.",
  fields: (t) => ({
    character: t.field({ type: CharacterType, description: "The character.", resolve: ({ character }) => character }),
    slot: t.field({
      type: PromptSlotType,
      description: "The slot.",
      resolve: (change, _args, context) => slotInSceneType(context, change),
    }),
    before: t.field({
      type: [FragmentEntryObject],
      description: "The entries that were there.",
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: [FragmentEntryObject],
      description: "The entries that are there afterwards.",
      resolve: ({ after }) => after,
    }),
    added: t.field({
      type: [FragmentEntryObject],
      description: "Those of them that are new.",
      resolve: ({ added }) => added,
    }),
  }),
});

const CharacterSelectionInput = builder.inputType("CharacterSelectionInput", {
  description: "Which characters: those that fit all that is given. A project, a group or ids are needed.",
  fields: (t) => ({
    projectId: t.id({ description: "Those of this project." }),
    groupId: t.id({ description: "Those in this group." }),
    characterIds: t.idList({ description: "Those named, at most 2000." }),
    metadata: t.field({
      type: "JSON",
      description: "Those whose metadata has all of these texts by key; null asks for the key, whatever its text.",
    }),
  }),
});

mutation("applyFragments", {
  description: "Adds fragments or a template to the overrides of many characters, all or none; none is added twice.",
  input: builder.inputType("ApplyFragmentsInput", {
    description: "What to add, and to which overrides.",
    fields: (t) => ({
      sceneTypeId: t.id({ required: true, description: "The scene type." }),
      slotIds: t.idList({ required: true, description: "Slots of its workflow version that are not locked." }),
      characters: t.field({ type: CharacterSelectionInput, required: true, description: "Whose overrides." }),
      templateId: t.id({ description: "A template whose entries are added first." }),
      fragments: t.field({ type: [FragmentEntryInput], description: "Entries to add, in order." }),
      dryRun: t.boolean({ defaultValue: false, description: "Answers what would change, and changes nothing." }),
    }),
  }),
  payload: builder.objectRef<Applied>("ApplyFragmentsPayload").implement({
    description: "Answer of a mutation: what changed, or would change.",
    fields: (t) => ({
      changes: t.field({
        type: [FragmentsChangeType],
        description: "Overrides that something is added to, by the characters' names.",
        resolve: ({ changes }) => changes,
      }),
      unchangedCount: t.exposeInt("unchangedCount", {
        description: "How many overrides of the selection had everything already.",
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const { projectId, groupId, characterIds, metadata } = input.characters;
    return applyFragments(deps, viewer, {
      sceneTypeId: requireId("SceneType", input.sceneTypeId, ["sceneTypeId"]),
      slotIds: input.slotIds.map((id, index) => requireId("PromptSlot", id, ["slotIds", String(index)])),
      characters: {
        projectId: optionalId("Project", projectId, ["characters", "projectId"]),
        groupId: optionalId("CharacterGroup", groupId, ["characters", "groupId"]),
        characterIds: characterIds?.map((id, index) =>
          requireId("Character", id, ["characters", "characterIds", String(index)]),
        ),
        metadata: metadata ?? undefined,
      },
      templateId: optionalId("OverrideTemplate", input.templateId, ["templateId"]),
      fragments: input.fragments ? readEntries(input.fragments, ["fragments"]) : undefined,
      dryRun: input.dryRun ?? false,
    });
  },
});
