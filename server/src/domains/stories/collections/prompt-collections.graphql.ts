import type { Viewer } from "#domains/accounts/viewer.ts";
import type { Substitution } from "#domains/libraries/logic/substitute-libraries.ts";
import { LibraryApplicationType } from "#domains/libraries/libraries.graphql.ts";
import { BranchType } from "#domains/stories/branches.graphql.ts";
import {
  collectionLoader,
  collectionOfBranchLoader,
  collectionOfSceneLoader,
} from "#domains/stories/collections/collections.loaders.ts";
import { applyLibrariesToCollection, promptText } from "#domains/stories/collections/prompt-collections.service.ts";
import { backupOf, collectionOf, contentOf } from "#domains/stories/collections/stored-collection.ts";
import { writeCollectionFile } from "#domains/stories/logic/collection-file.ts";
import { type Composition, namesOf, type Prompt } from "#domains/stories/logic/prompt-collection.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { branchLoader, sceneLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { type JsonObject } from "#lib/json.ts";
import type { PromptCollection } from "#platform/db/generated/client.ts";

const PromptType = builder.objectRef<Prompt>("CollectionPrompt").implement({
  description: "A named text of a prompt collection.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique among the collection's prompts and compositions." }),
    value: t.exposeString("value", { description: "The text, with its library references as they are written." }),
    category: t.exposeString("category", { nullable: true, description: "What people sort it under." }),
    description: t.exposeString("description", { nullable: true, description: "What it is for." }),
    tags: t.exposeStringList("tags", { description: "Words that people find it by." }),
  }),
});

const CompositionType = builder.objectRef<Composition>("PromptComposition").implement({
  description: "Prompts of a collection whose texts are joined under a name of their own.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique among the collection's prompts and compositions." }),
    promptNames: t.stringList({ description: "Its prompts, in their order.", resolve: ({ prompts }) => prompts }),
  }),
});

/** Fields of GraphQL by the names that old clients stored their texts under. */
const historicNames = {
  girlPos: "girl_pos",
  malePos: "male_pos",
  wanPrompt: "wan_prompt",
  wanLowPrompt: "wan_low_prompt",
  fourImagePrompt: "four_image_prompt",
} as const;

const LegacyPromptsType = builder.objectRef<ReadonlyMap<string, string>>("LegacyPrompts").implement({
  description: "The five prompts that old clients know, by their historic names; null where the collection has none.",
  fields: (t) =>
    Object.fromEntries(
      Object.entries(historicNames).map(([field, name]) => [
        field,
        t.string({
          nullable: true,
          description: `The text of the prompt ${name}.`,
          resolve: (texts) => texts.get(name) ?? null,
        }),
      ]),
    ),
});

export const PromptCollectionType = builder.objectRef<PromptCollection>("PromptCollection");
builder.node(PromptCollectionType, {
  description: "The prompts of a scene, or those of a branch, which its scenes have where they have none of their own.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => collectionLoader(context).load(id),
  fields: (t) => ({
    version: t.exposeInt("version", {
      description: "Counts the changes. Give it as expectedVersion, and nothing of others is overwritten.",
    }),
    names: t.stringList({
      description: "Names of its prompts and compositions, sorted.",
      resolve: (row) => namesOf(collectionOf(row)),
    }),
    prompts: t.field({
      type: [PromptType],
      description: "Its prompts, in their order.",
      resolve: (row) => [...collectionOf(row).prompts],
    }),
    compositions: t.field({
      type: [CompositionType],
      description: "Its compositions, by name.",
      resolve: (row) => [...collectionOf(row).compositions],
    }),
    separator: t.exposeString("separator", { description: "What stands between the texts of a composition." }),
    legacyPrompts: t.field({
      type: LegacyPromptsType,
      description: "The five historic prompts as plain fields.",
      resolve: (row) => new Map(collectionOf(row).prompts.map(({ name, value }) => [name, value])),
    }),
    v1Backup: t.field({
      type: "JSON",
      nullable: true,
      description: "The file of version 1 that it was made of, which never changes; null when it was made otherwise.",
      resolve: (row) => backupOf(row),
    }),
    file: t.field({
      type: "JSON",
      description: "All of it as a file of version 2 (prompts.json), for importPromptCollection.",
      resolve: (row) => writeCollectionFile(contentOf(row)),
    }),
    scene: t.field({
      type: StorySceneType,
      nullable: true,
      description: "The scene that it belongs to; null when it is a branch's.",
      resolve: ({ sceneId }, _args, context) => (sceneId === null ? null : sceneLoader(context).load(sceneId)),
    }),
    branch: t.field({
      type: BranchType,
      nullable: true,
      description: "The branch whose scenes it is the default of; null when it is a scene's.",
      resolve: ({ branchId }, _args, context) => (branchId === null ? null : branchLoader(context).load(branchId)),
    }),
    updatedAt: t.field({ type: "DateTime", description: "When it was last changed.", resolve: (row) => row.updatedAt }),
  }),
});

builder.objectFields(StorySceneType, (t) => ({
  promptCollection: t.field({
    type: PromptCollectionType,
    nullable: true,
    description: "Its own prompts; null before the first is written. What it lacks, it has from its branch.",
    resolve: ({ id }, _args, context) => collectionOfSceneLoader(context).load(id),
  }),
  promptNames: t.stringList({
    description:
      "Every name that it knows, sorted: of its collection and its branch's, with the keys of their backups.",
    resolve: async ({ id, branchId }, _args, context) => {
      const rows = await Promise.all([
        collectionOfSceneLoader(context).load(id),
        collectionOfBranchLoader(context).load(branchId),
      ]);
      return [...new Set(rows.flatMap((row) => row?.availableNames ?? []))].toSorted();
    },
  }),
}));

builder.objectField(BranchType, "promptCollection", (t) =>
  t.field({
    type: PromptCollectionType,
    nullable: true,
    description:
      "The prompts that its scenes have where they have none of that name; null before the first is written.",
    resolve: ({ id }, _args, context) => collectionOfBranchLoader(context).load(id),
  }),
);

const CollectionApplicationType = builder
  .objectRef<Omit<Substitution, "text"> & { file: JsonObject }>("CollectionApplication")
  .implement({
    description: "A prompt collection with the library references in its prompts replaced.",
    fields: (t) => ({
      file: t.field({
        type: "JSON",
        description: "The collection as a file of version 2.",
        resolve: ({ file }) => file,
      }),
      replaced: t.exposeStringList("replaced", {
        description: "Keys that were replaced: each once, `library:key` where a library was named.",
      }),
      unknown: t.exposeStringList("unknown", { description: "Keys that no library has; they stay as written." }),
      depthExceeded: t.exposeBoolean("depthExceeded", {
        description: "Whether references were left because maxDepth was reached, or there were too many of them.",
      }),
    }),
  });

builder.queryFields((t) => ({
  scenePrompt: t.field({
    type: LibraryApplicationType,
    description: "The text that a prompt or composition has in a scene, with library references replaced.",
    args: {
      sceneId: t.arg.id({ required: true, description: "The scene." }),
      name: t.arg.string({ required: true, description: "The name of a prompt or composition." }),
      libraryIds: t.arg.idList({ description: "Libraries in the order of look-up; the project's unless said." }),
      seed: t.arg({ type: "BigInt", description: "Draws the entries of `%library:*%`." }),
    },
    complexity: 10,
    resolve: (_root, { sceneId, name, libraryIds, seed }, { deps, viewer }) =>
      promptText(deps, viewer as Viewer, {
        sceneId: requireId("Scene", sceneId, ["sceneId"]),
        name,
        libraryIds: libraryIds?.map((id, index) => requireId("Library", id, ["libraryIds", String(index)])),
        seed: seed ?? null,
      }),
  }),
  applyLibrariesToCollection: t.field({
    type: CollectionApplicationType,
    description: "Replaces library references in a scene's collection, or in a file of one, without storing it.",
    args: {
      sceneId: t.arg.id({ description: "The scene; instead of collection." }),
      collection: t.arg({ type: "JSON", description: "A file of version 1 or 2; instead of sceneId." }),
      libraryIds: t.arg.idList({ required: true, description: "Libraries in the order in which keys are looked up." }),
      seed: t.arg({ type: "BigInt", description: "Draws the entries of `%library:*%`." }),
    },
    complexity: 20,
    resolve: (_root, { sceneId, collection, libraryIds, seed }, { deps, viewer }) =>
      applyLibrariesToCollection(deps, viewer as Viewer, {
        sceneId: optionalId("Scene", sceneId, ["sceneId"]),
        file: collection,
        libraryIds: libraryIds.map((id, index) => requireId("Library", id, ["libraryIds", String(index)])),
        seed: seed ?? null,
      }),
  }),
}));
