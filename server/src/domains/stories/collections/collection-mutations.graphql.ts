import type { InputFieldBuilder } from "@pothos/core";
import type { CollectionTarget } from "#domains/stories/collections/change-collection.ts";
import { PromptCollectionType } from "#domains/stories/collections/prompt-collections.graphql.ts";
import {
  addPrompt,
  composePrompts,
  importPromptCollection,
  removePrompt,
  renamePrompt,
  reorderPrompts,
  rollbackToV1,
  updatePrompt,
} from "#domains/stories/collections/prompt-collections.service.ts";
import { collectionOf } from "#domains/stories/collections/stored-collection.ts";
import { namesOf } from "#domains/stories/logic/prompt-collection.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { PromptCollection } from "#platform/db/generated/client.ts";

type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;

const targetFields = (t: InputFieldBuilder<Types, "InputObject">) => ({
  sceneId: t.id({ description: "The scene whose collection is meant; instead of branchId." }),
  branchId: t.id({ description: "The branch whose collection is meant; instead of sceneId." }),
  expectedVersion: t.int({
    description: "The version that was read, 0 for none yet: the change is refused when there is another by now.",
  }),
});

interface TargetInput {
  sceneId?: string | null | undefined;
  branchId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
}

function targetOf(input: TargetInput): CollectionTarget {
  const sceneId = optionalId("Scene", input.sceneId, ["sceneId"]);
  const branchId = optionalId("Branch", input.branchId, ["branchId"]);
  const expectedVersion = input.expectedVersion ?? undefined;
  if (sceneId !== undefined && branchId === undefined) return { owner: { sceneId }, expectedVersion };
  if (branchId !== undefined && sceneId === undefined) return { owner: { branchId }, expectedVersion };
  throw ValidationError.at(["sceneId"], "give a scene or a branch, one of both");
}

const payload = builder.objectRef<{ collection: PromptCollection }>("PromptCollectionPayload").implement({
  description: "Answer of a mutation: the collection as it is now.",
  fields: (t) => ({
    collection: t.field({
      type: PromptCollectionType,
      description: "The collection as it is now.",
      resolve: ({ collection }) => collection,
    }),
    names: t.stringList({
      description: "Names of its prompts and compositions, sorted.",
      resolve: ({ collection }) => namesOf(collectionOf(collection)),
    }),
  }),
});

mutation("addPrompt", {
  description: "Adds a prompt to the collection of a scene or branch, at the end.",
  input: builder.inputType("AddPromptInput", {
    description: "A new prompt.",
    fields: (t) => ({
      ...targetFields(t),
      name: t.string({ required: true, description: "Unique among prompts and compositions; 1 to 200 characters." }),
      value: t.string({ required: true, description: "The text; at most 50000 characters." }),
      category: t.string({ description: "What people sort it under." }),
      description: t.string({ description: "What it is for." }),
      tags: t.stringList({ description: "Words that people find it by; at most 50." }),
    }),
  }),
  payload,
  resolve: async ({ name, value, category, description, tags, ...target }, { deps, viewer }) => ({
    collection: await addPrompt(deps, viewer, targetOf(target), {
      name,
      value,
      category: category ?? undefined,
      description: description ?? undefined,
      tags: tags ?? undefined,
    }),
  }),
});

mutation("updatePrompt", {
  description: "Changes what is given of a prompt.",
  input: builder.inputType("UpdatePromptInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      ...targetFields(t),
      name: t.string({ required: true, description: "Which prompt." }),
      value: t.string({ description: "The text." }),
      category: t.string({ description: "What people sort it under; null takes it away." }),
      description: t.string({ description: "What it is for; null takes it away." }),
      tags: t.stringList({ description: "All words that people find it by; at most 50." }),
    }),
  }),
  payload,
  resolve: async ({ name, value, category, description, tags, ...target }, { deps, viewer }) => ({
    collection: await updatePrompt(deps, viewer, targetOf(target), {
      name,
      value: value ?? undefined,
      category,
      description,
      tags: tags ?? undefined,
    }),
  }),
});

mutation("renamePrompt", {
  description: "Gives a prompt or composition another name; compositions of the prompt follow.",
  input: builder.inputType("RenamePromptInput", {
    description: "Which, and its new name.",
    fields: (t) => ({
      ...targetFields(t),
      name: t.string({ required: true, description: "The name that it has." }),
      to: t.string({ required: true, description: "The name that it shall have; a taken one is refused." }),
    }),
  }),
  payload,
  resolve: async ({ name, to, ...target }, { deps, viewer }) => ({
    collection: await renamePrompt(deps, viewer, targetOf(target), { name, to }),
  }),
});

mutation("removePrompt", {
  description: "Takes a prompt or composition away. A prompt that compositions need is refused unless said otherwise.",
  input: builder.inputType("RemovePromptInput", {
    description: "Which prompt or composition.",
    fields: (t) => ({
      ...targetFields(t),
      name: t.string({ required: true, description: "Its name." }),
      fromCompositions: t.boolean({
        defaultValue: false,
        description: "Take it out of compositions as well; those that have nothing left go with it.",
      }),
    }),
  }),
  payload,
  resolve: async ({ name, fromCompositions, ...target }, { deps, viewer }) => ({
    collection: await removePrompt(deps, viewer, targetOf(target), {
      name,
      fromCompositions: fromCompositions ?? false,
    }),
  }),
});

mutation("reorderPrompts", {
  description: "Puts the prompts of a collection into another order.",
  input: builder.inputType("ReorderPromptsInput", {
    description: "The new order.",
    fields: (t) => ({
      ...targetFields(t),
      names: t.stringList({ required: true, description: "All of its prompts, each once." }),
    }),
  }),
  payload,
  resolve: async ({ names, ...target }, { deps, viewer }) => ({
    collection: await reorderPrompts(deps, viewer, targetOf(target), names),
  }),
});

mutation("composePrompts", {
  description: "Makes or replaces a composition: prompts whose texts are joined under a name of their own.",
  input: builder.inputType("ComposePromptsInput", {
    description: "The composition.",
    fields: (t) => ({
      ...targetFields(t),
      name: t.string({ required: true, description: "Unique among prompts and compositions; 1 to 200 characters." }),
      promptNames: t.stringList({
        required: true,
        description: "Prompts of the collection, in their order; none at all takes the composition away.",
      }),
      separator: t.string({
        description: "What stands between texts in all compositions of the collection; stays unless said.",
      }),
    }),
  }),
  payload,
  resolve: async ({ name, promptNames, separator, ...target }, { deps, viewer }) => ({
    collection: await composePrompts(deps, viewer, targetOf(target), {
      name,
      promptNames,
      separator: separator ?? undefined,
    }),
  }),
});

mutation("rollbackToV1", {
  description: "Puts a collection back as its file of version 1 had it: its texts as prompts, no compositions.",
  input: builder.inputType("RollbackToV1Input", {
    description: "Which collection.",
    fields: (t) => targetFields(t),
  }),
  payload,
  resolve: async (target, { deps, viewer }) => ({ collection: await rollbackToV1(deps, viewer, targetOf(target)) }),
});

mutation("importPromptCollection", {
  description: "Puts what a file holds in place of a collection's prompts and compositions.",
  input: builder.inputType("ImportPromptCollectionInput", {
    description: "Which collection, and the file.",
    fields: (t) => ({
      ...targetFields(t),
      file: t.field({
        type: "JSON",
        required: true,
        description:
          "A file of version 2, or of version 1: a flat map of name to text, which is migrated and kept as the collection's backup.",
      }),
    }),
  }),
  payload: builder
    .objectRef<{ collection: PromptCollection; warnings: string[] }>("ImportPromptCollectionPayload")
    .implement({
      description: "Answer of a mutation: the collection as it is now, and what became of the file.",
      fields: (t) => ({
        collection: t.field({
          type: PromptCollectionType,
          description: "The collection as it is now.",
          resolve: ({ collection }) => collection,
        }),
        names: t.stringList({
          description: "Names of its prompts and compositions, sorted.",
          resolve: ({ collection }) => namesOf(collectionOf(collection)),
        }),
        warnings: t.exposeStringList("warnings", {
          description: "That a file of version 1 was migrated, and what of it only its backup has.",
        }),
      }),
    }),
  resolve: async ({ file, ...target }, { deps, viewer }) =>
    importPromptCollection(deps, viewer, targetOf(target), file),
});
