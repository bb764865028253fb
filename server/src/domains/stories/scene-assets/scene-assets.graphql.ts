import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { type ChainLink, inheritanceChain } from "#domains/stories/logic/inheritance.ts";
import { nameIndex, wordsOf } from "#domains/stories/logic/names.ts";
import { effectiveDescription } from "#domains/stories/logic/scene-state.ts";
import { type ChangeSummary, reviewStatus } from "#domains/stories/logic/review-status.ts";
import { textsOfShots } from "#domains/stories/logic/shots.ts";
import { ProjectAssetRef } from "#domains/stories/project-assets.graphql.ts";
import { chainLinksLoader } from "#domains/stories/scene-assets/chains.loaders.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { shotsOf } from "#domains/stories/scenes.service.ts";
import {
  assetsOfBranchLoader,
  assetsOfSceneLoader,
  changeSummaryLoader,
  projectAssetLoader,
  sceneAssetLoader,
  sceneLoader,
} from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { SceneAsset } from "#platform/db/generated/client.ts";
import { SceneAssetField } from "#platform/db/generated/enums.ts";

export const SceneAssetFieldType = builder.enumType(SceneAssetField, {
  name: "SceneAssetField",
  description: "A field of a scene asset of which changes are kept.",
  values: {
    DESCRIPTION: { description: "Its own text." },
    TAGS: { description: "Its status tags." },
    IMAGE: { description: "Its picture." },
    CARRY_FORWARD: { description: "Whether its state carries forward." },
    LOCKED: { description: "Whether it is locked." },
  },
});

const ReviewStatusType = builder.enumType("SceneAssetReviewStatus", {
  description: "How far the state of an asset in a scene has been looked at.",
  values: {
    LOCKED: { description: "Locked." },
    UNREVIEWED: { description: "It has no image." },
    EDITED: { description: "A person changed text, tags or image since it was made." },
    READY: { description: "It has an image and is as it was made." },
  } as const,
});

/** A chain is as long as the story; nearly always the last steps are asked for. */
const defaultChain = 50;
const longestChain = 500;
/** States that a scene is taken to have when the cost of an operation is told. */
const usualStates = 40;

const noChanges: ChangeSummary = { count: 0, lastField: null, isEdited: false };
const summaryOf = async (id: string, context: Context): Promise<ChangeSummary> =>
  (await changeSummaryLoader(context).load(id)) ?? noChanges;
const baseOf = async ({ projectAssetId }: SceneAsset, context: Context) =>
  expectLoaded(await projectAssetLoader(context).load(projectAssetId), "The project asset");

export const SceneAssetType = builder.objectRef<SceneAsset>("SceneAsset");
builder.node(SceneAssetType, {
  description: "The state of a project asset at the start of a scene.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => sceneAssetLoader(context).load(id),
  fields: (t) => ({
    scene: t.field({
      type: StorySceneType,
      description: "The scene.",
      resolve: async ({ sceneId }, _args, context) =>
        expectLoaded(await sceneLoader(context).load(sceneId), "The scene"),
    }),
    projectAsset: t.field({
      type: ProjectAssetRef,
      description: "Whose state it is.",
      resolve: (instance, _args, context) => baseOf(instance, context),
    }),
    descriptionOverride: t.exposeString("descriptionOverride", {
      nullable: true,
      description: "Its own text here; null where the project asset's stands.",
    }),
    effectiveDescription: t.string({
      description: "How it looks here: its own text, else the project asset's.",
      resolve: async (instance, _args, context) => effectiveDescription(instance, await baseOf(instance, context)),
    }),
    image: t.field({
      type: AssetType,
      nullable: true,
      description: "Its picture here.",
      resolve: ({ imageId }, _args, context) => (imageId ? assetLoader(context).load(imageId) : null),
    }),
    statusTags: t.exposeStringList("statusTags", { description: "Such as muddy or torn: lower case, each once." }),
    carryForward: t.exposeBoolean("carryForward", {
      description: "Whether the next scene takes its state over; else it begins at the project asset again.",
    }),
    isLocked: t.exposeBoolean("isLocked", { description: "Text and tags can't be changed until it is unlocked." }),
    reviewStatus: t.field({
      type: ReviewStatusType,
      description: "How far it has been looked at.",
      resolve: async (instance, _args, context) => reviewStatus(instance, await summaryOf(instance.id, context)),
    }),
    modificationCount: t.int({
      description: "How many changes of its fields are on record.",
      resolve: async ({ id }, _args, context) => (await summaryOf(id, context)).count,
    }),
    lastModifiedField: t.field({
      type: SceneAssetFieldType,
      nullable: true,
      description: "The field that was changed last; null when none was.",
      resolve: async ({ id }, _args, context) => (await summaryOf(id, context)).lastField,
    }),
    inheritedFrom: t.field({
      type: SceneAssetType,
      nullable: true,
      description:
        "The instance that it started from; null when it started from the project asset, or that one is gone.",
      resolve: ({ inheritedFromId }, _args, context) =>
        inheritedFromId ? sceneAssetLoader(context).load(inheritedFromId) : null,
    }),
    inheritedFromNumber: t.exposeInt("inheritedFromNumber", {
      nullable: true,
      description: "The number that the scene it started from had then: a record, whatever became of that scene.",
    }),
    inheritanceChain: t.field({
      type: [SceneAssetType],
      description: "The instances that it follows from, the root first and itself last.",
      args: {
        last: t.arg.int({
          defaultValue: defaultChain,
          description: `How many at most, from itself back; 1 to ${longestChain}.`,
        }),
      },
      complexity: ({ last }) => ({ field: 1, multiplier: Math.min(Math.max(last ?? defaultChain, 1), longestChain) }),
      resolve: async ({ id, projectAssetId }, args, context) => {
        const last = args.last ?? defaultChain;
        if (last < 1 || last > longestChain)
          throw ValidationError.at(["last"], `last must be between 1 and ${longestChain}, not ${last}`);
        const links = (await chainLinksLoader(context).load(projectAssetId)) ?? new Map<string, ChainLink>();
        const chain = inheritanceChain(id, links, last).map((link) => sceneAssetLoader(context).load(link.id));
        return (await Promise.all(chain)).filter((link) => link !== null);
      },
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.objectFields(StorySceneType, (t) => ({
  assets: t.field({
    type: [SceneAssetType],
    description:
      "The states that its assets are in when it starts, in the order in which they were added; at most 200.",
    complexity: { field: 1, multiplier: usualStates },
    resolve: ({ id }, _args, context) => assetsOfSceneLoader(context).load(id),
  }),
  namedAssets: t.field({
    type: [ProjectAssetRef],
    description: "The project assets that its script or shots name, by type and name.",
    complexity: { field: 1, multiplier: usualStates },
    resolve: async (scene, _args, context) => {
      const index = nameIndex([scene.scriptExcerpt, ...textsOfShots(shotsOf(scene))]);
      const assets = await assetsOfBranchLoader(context).load(scene.branchId);
      return assets.filter(({ name }) => index.has(wordsOf(name)));
    },
  }),
}));
