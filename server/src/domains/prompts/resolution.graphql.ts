import type { Viewer } from "#domains/accounts/viewer.ts";
import type { AppliedFragment, TextSpan } from "#domains/prompts/logic/resolution-types.ts";
import { FragmentEntryInput, readEntries } from "#domains/prompts/overrides.graphql.ts";
import { ClipPositionType, OverrideScopeType, PromptSourceType } from "#domains/prompts/prompts.enums.graphql.ts";
import { previewPrompts, type ResolvedPrompt } from "#domains/prompts/resolution.service.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { SlotTypeEnum } from "#domains/workflows/workflows.enums.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, optionalId, requireId } from "#graphql/ids.ts";

export const TextSpanType = builder.objectRef<TextSpan>("TextSpan").implement({
  description: "A piece of a resolved text and where it came from.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "The piece; all of them together are the resolved text." }),
    layer: t.exposeString("layer", {
      description: "slot default, scene type, override scope, placeholder, fragment, library or choice.",
    }),
    ref: t.string({
      nullable: true,
      description:
        "The override's scope, the placeholder's or library's key, the fragment's id, or the choice as it was written.",
      resolve: ({ layer, ref }) => (layer === "fragment" && ref !== null ? encodeId("Fragment", ref) : ref),
    }),
  }),
});

const AppliedFragmentType = builder.objectRef<AppliedFragment>("AppliedFragment").implement({
  description: "A fragment that was appended to a prompt.",
  fields: (t) => ({
    fragmentId: t.id({
      nullable: true,
      description: "The library's fragment, which may be deleted by now; null for inline text.",
      resolve: ({ fragmentId }) => (fragmentId === null ? null : encodeId("Fragment", fragmentId)),
    }),
    text: t.exposeString("text", { description: "Its text as it stands in the prompt." }),
    isInline: t.exposeBoolean("isInline", { description: "Whether it was written for the override." }),
    scope: t.field({
      type: OverrideScopeType,
      description: "The scope of its override.",
      resolve: (applied) => applied.scope,
    }),
  }),
});

const ResolvedPromptSlotType = builder.objectRef<ResolvedPrompt>("ResolvedPromptSlot").implement({
  description: "The prompt that a run would get for a slot, and why.",
  fields: (t) => ({
    slot: t.field({
      type: PromptSlotType,
      description: "The slot, as the scene type's workflow version has it.",
      resolve: ({ slot }) => slot,
    }),
    nodeId: t.string({ description: "The node's id in the graph.", resolve: ({ slot }) => slot.nodeId }),
    inputName: t.string({ description: "The name of its text input.", resolve: ({ slot }) => slot.inputName }),
    slotLabel: t.string({ description: "The slot's name for people.", resolve: ({ slot }) => slot.label }),
    slotType: t.field({
      type: SlotTypeEnum,
      description: "Positive or negative.",
      resolve: ({ slot }) => slot.slotType,
    }),
    baseText: t.exposeString("baseText", {
      description: "The text of the narrowest layer that has one, as it was written.",
    }),
    resolvedText: t.exposeString("resolvedText", { description: "The prompt." }),
    source: t.field({
      type: PromptSourceType,
      description: "The last layer that contributed.",
      resolve: ({ source }) => source,
    }),
    unresolvedPlaceholders: t.exposeStringList("unresolvedPlaceholders", {
      description: "Keys that the character lacks, each once, in order of appearance.",
    }),
    unresolvedLibraryReferences: t.exposeStringList("unresolvedLibraryReferences", {
      description: "Keys that no library has, each once, in order of appearance.",
    }),
    appliedFragments: t.field({
      type: [AppliedFragmentType],
      description: "The fragments that were appended, in order.",
      resolve: (slot) => slot.appliedFragments,
    }),
    warnings: t.exposeStringList("warnings", {
      description: "What ComfyUI would misread, such as unbalanced parentheses, and choices that are not well-formed.",
    }),
    spans: t.field({
      type: [TextSpanType],
      description: "The pieces of the prompt and where each came from.",
      resolve: (slot) => slot.spans,
    }),
  }),
});

export const DraftDefaultInput = builder.inputType("DraftDefaultInput", {
  description: "An unsaved text of the scene type; an empty one is as if it were deleted.",
  fields: (t) => ({
    slotId: t.id({ required: true, description: "The slot." }),
    text: t.string({ required: true, description: "The text." }),
    clipPosition: t.field({
      type: ClipPositionType,
      defaultValue: "FULL_CLIP",
      description: "The clip that it is for.",
    }),
  }),
});

export const DraftOverrideInput = builder.inputType("DraftOverrideInput", {
  description: "An unsaved override, in place of the stored one of its scope and slot.",
  fields: (t) => ({
    scope: t.field({ type: OverrideScopeType, required: true, description: "For whom it holds." }),
    slotId: t.id({ required: true, description: "The slot." }),
    text: t.string({ description: "Replaces the wider text; left out or blank, that stays." }),
    fragments: t.field({ type: [FragmentEntryInput], required: true, description: "What is appended, in order." }),
  }),
});

type Drafts = {
  draftDefaults?: readonly (typeof DraftDefaultInput.$inferInput)[] | null | undefined;
  draftOverrides?: readonly (typeof DraftOverrideInput.$inferInput)[] | null | undefined;
};

/** Drafts with database ids in place of global ones. @throws NotFoundError with the path of the draft, behind `at` */
export function readDrafts({ draftDefaults, draftOverrides }: Drafts, at: string[] = []) {
  return {
    draftDefaults: draftDefaults?.map((draft, index) => ({
      slotId: requireId("PromptSlot", draft.slotId, [...at, "draftDefaults", String(index), "slotId"]),
      text: draft.text,
      clipPosition: draft.clipPosition ?? ("FULL_CLIP" as const),
    })),
    draftOverrides: draftOverrides?.map(({ scope, ...draft }, index) => ({
      scope,
      slotId: requireId("PromptSlot", draft.slotId, [...at, "draftOverrides", String(index), "slotId"]),
      text: draft.text ?? null,
      fragments: readEntries(draft.fragments, [...at, "draftOverrides", String(index), "fragments"]),
    })),
  };
}

const ResolvePromptsInput = builder.inputType("ResolvePromptsInput", {
  description: "What to resolve.",
  fields: (t) => ({
    sceneTypeId: t.id({ required: true, description: "The scene type." }),
    characterId: t.id({ description: "The character; without one its placeholders stay unresolved." }),
    slotId: t.id({ description: "Only this slot." }),
    clipPosition: t.field({ type: ClipPositionType, description: "FULL_CLIP unless said." }),
    separator: t.string({ description: "In place of the scene type's." }),
    seed: t.field({
      type: "BigInt",
      description: "The run's seed, which draws choices and `%library:*%`; 0 unless said.",
    }),
    tryIndex: t.int({ description: "The run's number among those with the same input, from 0: each try draws anew." }),
    libraryIds: t.idList({
      description:
        "Libraries whose references are replaced, in the order of look-up; those attached to the project unless said.",
    }),
    draftDefaults: t.field({ type: [DraftDefaultInput], description: "Unsaved texts of the scene type." }),
    draftOverrides: t.field({ type: [DraftOverrideInput], description: "Unsaved overrides." }),
  }),
});

builder.queryField("resolvePrompts", (t) =>
  t.field({
    type: [ResolvedPromptSlotType],
    description: "The prompts that a run would get, slot by slot, by the function that dispatch uses.",
    args: { input: t.arg({ type: ResolvePromptsInput, required: true, description: "What to resolve." }) },
    resolve: (_root, { input }, { deps, viewer }) =>
      previewPrompts(deps, viewer as Viewer, {
        sceneTypeId: requireId("SceneType", input.sceneTypeId, ["sceneTypeId"]),
        characterId: optionalId("Character", input.characterId, ["characterId"]),
        slotId: optionalId("PromptSlot", input.slotId, ["slotId"]),
        clipPosition: input.clipPosition ?? undefined,
        separator: input.separator ?? undefined,
        seed: input.seed ?? undefined,
        tryIndex: input.tryIndex ?? undefined,
        libraryIds: input.libraryIds?.map((id, index) => requireId("Library", id, ["libraryIds", String(index)])),
        ...readDrafts(input),
      }),
  }),
);
