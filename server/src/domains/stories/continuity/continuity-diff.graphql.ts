import type { Viewer } from "#domains/accounts/viewer.ts";
import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import {
  type AssetDiff,
  type ContinuityDiff,
  continuityDiff,
} from "#domains/stories/continuity/continuity-diff.service.ts";
import { ProjectAssetRef } from "#domains/stories/project-assets.graphql.ts";
import { SceneAssetFieldType, SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";

const KindType = builder.enumType("ContinuityDiffKind", {
  description: "What becomes of an asset from one scene to the next.",
  values: {
    CARRIES: { description: "Its state carries forward." },
    RESETS: { description: "It begins at the project asset again." },
    NEW: { description: "The scene before has not got it." },
    LEFT_OUT: { description: "The scene before has it, this one does not." },
  } as const,
});

const EntryType = builder.objectRef<AssetDiff>("ContinuityDiffEntry").implement({
  description: "One asset between a scene and the one before.",
  fields: (t) => ({
    projectAsset: t.field({
      type: ProjectAssetRef,
      description: "The asset.",
      resolve: ({ projectAsset }) => projectAsset,
    }),
    kind: t.field({ type: KindType, description: "What becomes of it.", resolve: ({ kind }) => kind }),
    prior: t.field({
      type: SceneAssetType,
      nullable: true,
      description: "Its state in the scene before; null where that has not got it.",
      resolve: ({ before }) => before,
    }),
    current: t.field({
      type: SceneAssetType,
      nullable: true,
      description: "Its state in the scene; null as long as the scene has not got it.",
      resolve: ({ current }) => current,
    }),
    descriptionBefore: t.exposeString("descriptionBefore", {
      nullable: true,
      description: "How it looks in the scene before; null where it is not there.",
    }),
    descriptionAfter: t.exposeString("descriptionAfter", {
      nullable: true,
      description: "How it looks, or would look, in the scene; null where it is left out.",
    }),
    imageAfter: t.field({
      type: AssetType,
      nullable: true,
      description: "The picture that it has, or would have.",
      resolve: ({ after }, _args, context) => (after?.imageId ? assetLoader(context).load(after.imageId) : null),
    }),
    changes: t.field({
      type: [SceneAssetFieldType],
      description: "What is, or would be, not as in the scene before: DESCRIPTION, TAGS, IMAGE.",
      resolve: ({ changes }) => changes,
    }),
    carriedTags: t.exposeStringList("carriedTags", { description: "Tags that stay." }),
    droppedTags: t.exposeStringList("droppedTags", { description: "Tags that go." }),
    addedTags: t.exposeStringList("addedTags", { description: "Tags that come." }),
  }),
});

const DiffType = builder.objectRef<ContinuityDiff>("ContinuityDiff").implement({
  description: "A scene against the one before, asset by asset.",
  fields: (t) => ({
    scene: t.field({ type: StorySceneType, description: "The scene.", resolve: ({ scene }) => scene }),
    prior: t.field({
      type: StorySceneType,
      nullable: true,
      description: "The scene before; null for the first.",
      resolve: ({ prior }) => prior,
    }),
    hasInstances: t.exposeBoolean("hasInstances", {
      description: "Whether what the scene has is compared; else what it would inherit.",
    }),
    entries: t.field({
      type: [EntryType],
      description: "The assets of the scene before, then those that are new.",
      resolve: ({ entries }) => entries,
    }),
    notReady: t.field({
      type: [ProjectAssetRef],
      description: "Assets to be designed later, which the first scene is not given by itself.",
      resolve: ({ notReady }) => notReady,
    }),
  }),
});

builder.queryField("continuityDiff", (t) =>
  t.field({
    type: DiffType,
    description: "What a scene has, or would inherit, against the scene before: to choose before inheritSceneAssets.",
    args: { sceneId: t.arg.id({ required: true, description: "The scene." }) },
    resolve: (_root, { sceneId }, { deps, viewer }) =>
      continuityDiff(deps, viewer as Viewer, requireId("Scene", sceneId, ["sceneId"])),
  }),
);
