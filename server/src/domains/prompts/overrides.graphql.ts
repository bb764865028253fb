import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { FragmentType } from "#domains/fragments/fragments.graphql.ts";
import { fragmentLoader } from "#domains/fragments/fragments.loaders.ts";
import type { DraftFragment } from "#domains/prompts/logic/fragment-entries.ts";
import type { FragmentEntry } from "#domains/prompts/logic/resolution-types.ts";
import { fragmentsOf } from "#domains/prompts/merge-entries.ts";
import { type OverrideTarget, targetTypes } from "#domains/prompts/override-target.ts";
import { listOverrides, setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { FragmentEntryTypeEnum, OverrideScopeType } from "#domains/prompts/prompts.enums.graphql.ts";
import { overrideLoader, sceneTypeLoader, slotInSceneType } from "#domains/prompts/prompts.loaders.ts";
import { SceneTypeType } from "#domains/prompts/scene-types.graphql.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation } from "#graphql/mutation.ts";
import type { Fragment, PromptOverride } from "#platform/db/generated/client.ts";
import type { OverrideScope } from "#platform/db/generated/enums.ts";

const fragmentOf = async ({ fragmentId }: FragmentEntry, context: Context): Promise<Fragment | null> =>
  fragmentId === null ? null : fragmentLoader(context).load(fragmentId);

export const FragmentEntryObject = builder.objectRef<FragmentEntry>("FragmentEntry").implement({
  description: "A piece of text in an override; its text is a copy, so that the library can change freely.",
  fields: (t) => ({
    type: t.field({
      type: FragmentEntryTypeEnum,
      description: "Where the text comes from.",
      resolve: (entry) => entry.type,
    }),
    text: t.exposeString("text", { description: "The text as it was copied or written." }),
    fragmentId: t.id({
      nullable: true,
      description: "The fragment that it was copied from; stays when that is deleted. Null for inline text.",
      resolve: ({ fragmentId }) => (fragmentId === null ? null : encodeId("Fragment", fragmentId)),
    }),
    fragment: t.field({
      type: FragmentType,
      nullable: true,
      description: "The fragment; null for inline text and when it was deleted.",
      resolve: (entry, _args, context) => fragmentOf(entry, context),
    }),
    isStale: t.boolean({
      description: "Whether the library says something else by now.",
      resolve: async (entry, _args, context) => {
        const fragment = await fragmentOf(entry, context);
        return fragment !== null && fragment.text !== entry.text;
      },
    }),
  }),
});

export const PromptOverrideType = builder.objectRef<PromptOverride>("PromptOverride");
builder.node(PromptOverrideType, {
  description: "What differs from a scene type's prompt for a project, a group or a character.",
  id: { resolve: (override) => override.id },
  loadOne: (id, context) => overrideLoader(context).load(id),
  fields: (t) => ({
    scope: t.field({
      type: OverrideScopeType,
      description: "For whom it holds.",
      resolve: (override) => override.scope,
    }),
    slot: t.field({
      type: PromptSlotType,
      description: "The slot that it is for.",
      resolve: (override, _args, context) => slotInSceneType(context, override),
    }),
    sceneType: t.field({
      type: SceneTypeType,
      description: "The scene type that it is for.",
      resolve: async (override, _args, context) =>
        expectLoaded(await sceneTypeLoader(context).load(override.sceneTypeId), "The scene type"),
    }),
    text: t.exposeString("text", {
      nullable: true,
      description: "Replaces the wider text; null leaves that as it is.",
    }),
    fragments: t.field({
      type: [FragmentEntryObject],
      description: "Appended to the text, in this order.",
      resolve: fragmentsOf,
    }),
    notes: t.exposeString("notes", { nullable: true, description: "For colleagues; never part of a prompt." }),
    createdBy: t.field({
      type: UserType,
      nullable: true,
      description: "Who wrote it first; null when that person is gone.",
      resolve: (override, _args, context) =>
        override.createdById === null ? null : userLoader(context).load(override.createdById),
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last saved.",
      resolve: (override) => override.updatedAt,
    }),
  }),
});

const targetOf = (args: { sceneTypeId: string; scope: OverrideScope; targetId: string }): OverrideTarget => ({
  sceneTypeId: requireId("SceneType", args.sceneTypeId, ["sceneTypeId"]),
  scope: args.scope,
  targetId: requireId(targetTypes[args.scope], args.targetId, ["targetId"]),
});

builder.queryField("promptOverrides", (t) =>
  t.field({
    type: [PromptOverrideType],
    description: "The overrides of a project, a group or a character in a scene type, in the order of the slots.",
    args: {
      sceneTypeId: t.arg.id({ required: true, description: "The scene type." }),
      scope: t.arg({ type: OverrideScopeType, required: true, description: "What targetId is." }),
      targetId: t.arg.id({ required: true, description: "Project, group or character, as scope says." }),
    },
    resolve: (_root, args, { deps, viewer }) => listOverrides(deps, viewer as Viewer, targetOf(args)),
  }),
);

export const FragmentEntryInput = builder.inputType("FragmentEntryInput", {
  description: "A piece of text to append.",
  fields: (t) => ({
    type: t.field({ type: FragmentEntryTypeEnum, required: true, description: "Where the text comes from." }),
    fragmentId: t.id({ description: "The fragment, for FRAGMENT_REF." }),
    text: t.string({
      description:
        "Needed for INLINE. Left out for FRAGMENT_REF, the text that the override has is kept, and a new one is copied from the library.",
    }),
  }),
});

/** Entries with database ids in place of global ones. @throws NotFoundError with the path of the entry */
export function readEntries(
  entries: readonly {
    type: "FRAGMENT_REF" | "INLINE";
    fragmentId?: string | null | undefined;
    text?: string | null | undefined;
  }[],
  path: string[],
): DraftFragment[] {
  return entries.map(({ type, fragmentId, text }, index) => ({
    type,
    fragmentId:
      type === "INLINE" || fragmentId == null
        ? null
        : requireId("Fragment", fragmentId, [...path, String(index), "fragmentId"]),
    text,
  }));
}

const PromptOverrideInput = builder.inputType("PromptOverrideInput", {
  description: "An override of one slot, as a whole; without text, fragments and notes it is deleted.",
  fields: (t) => ({
    slotId: t.id({ required: true, description: "A slot of the scene type's workflow version that is not locked." }),
    text: t.string({
      description: "Replaces the wider text; left out or blank, that stays. Blank beside fragments, they stand alone.",
    }),
    fragments: t.field({ type: [FragmentEntryInput], required: true, description: "What is appended, in order." }),
    notes: t.string({ description: "For colleagues; never part of a prompt." }),
  }),
});

mutation("setPromptOverrides", {
  description: "Saves overrides of several slots, all or none; slots that are not named stay as they are.",
  input: builder.inputType("SetPromptOverridesInput", {
    description: "Overrides of one target in one scene type.",
    fields: (t) => ({
      sceneTypeId: t.id({ required: true, description: "The scene type." }),
      scope: t.field({ type: OverrideScopeType, required: true, description: "For whom they hold." }),
      targetId: t.id({ required: true, description: "Project, group or character, as scope says." }),
      overrides: t.field({
        type: [PromptOverrideInput],
        required: true,
        description: "One entry for each slot to change.",
      }),
    }),
  }),
  payload: builder.objectRef<{ overrides: PromptOverride[] }>("SetPromptOverridesPayload").implement({
    description: "Answer of a mutation: the overrides that were saved.",
    fields: (t) => ({
      overrides: t.field({
        type: [PromptOverrideType],
        description: "The saved ones, in the order of the entries; deleted ones are not among them.",
        resolve: (payload) => payload.overrides,
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const entries = input.overrides.map((entry, index) => {
      const path = ["overrides", String(index)];
      const slotId = requireId("PromptSlot", entry.slotId, [...path, "slotId"]);
      return {
        slotId,
        text: entry.text,
        fragments: readEntries(entry.fragments, [...path, "fragments"]),
        notes: entry.notes,
      };
    });
    return { overrides: await setPromptOverrides(deps, viewer, targetOf(input), entries) };
  },
});
