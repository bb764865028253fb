import type { Viewer } from "#domains/accounts/viewer.ts";
import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import {
  type NamedInstance,
  type SceneReadiness,
  sceneReadiness,
} from "#domains/stories/continuity/advance-scene.service.ts";
import { branchWarnings, maxWarnings } from "#domains/stories/continuity/continuity-warnings.service.ts";
import {
  type ContextAsset,
  type SceneContext,
  sceneContext,
} from "#domains/stories/continuity/scene-context.service.ts";
import type { ContinuityWarning } from "#domains/stories/logic/continuity-warnings.ts";
import type { Missing } from "#domains/stories/logic/readiness.ts";
import { ProjectAssetRef, ProjectAssetTypeType } from "#domains/stories/project-assets.graphql.ts";
import { SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { projectAssetLoader, sceneAssetLoader, sceneLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";

const WarningKindType = builder.enumType("ContinuityWarningKind", {
  description: "What does not fit together.",
  values: {
    NOT_INTRODUCED: { description: "An asset appears that no script or shot up to there names." },
    TAG_VANISHED: { description: "A tag of the last appearance is gone, and no change says why." },
    LOCKED_DIFFERS: { description: "A locked state has another description than the project asset." },
    CAST_INCOMPLETE: { description: "The script names a character that the scene has not got." },
    SOURCE_NOT_EARLIER: { description: "What a state started from is gone, or does not come earlier any more." },
  } as const,
});

const WarningType = builder.objectRef<ContinuityWarning>("ContinuityWarning").implement({
  description: "Something in a branch that does not fit together.",
  fields: (t) => ({
    kind: t.field({ type: WarningKindType, description: "What it is.", resolve: ({ kind }) => kind }),
    message: t.exposeString("message", { description: "For people." }),
    scene: t.field({
      type: StorySceneType,
      description: "Where.",
      resolve: async ({ sceneId }, _args, context) =>
        expectLoaded(await sceneLoader(context).load(sceneId), "The scene"),
    }),
    projectAsset: t.field({
      type: ProjectAssetRef,
      description: "Of which asset.",
      resolve: async ({ projectAssetId }, _args, context) =>
        expectLoaded(await projectAssetLoader(context).load(projectAssetId), "The project asset"),
    }),
    sceneAsset: t.field({
      type: SceneAssetType,
      nullable: true,
      description: "Its state there; null where the scene has not got it.",
      resolve: ({ sceneAssetId }, _args, context) =>
        sceneAssetId ? sceneAssetLoader(context).load(sceneAssetId) : null,
    }),
  }),
});

const MissingKindType = builder.enumType("SceneMissingKind", {
  description: "What a scene lacks.",
  values: {
    NO_INSTANCES: { description: "It has no assets." },
    NO_IMAGE: { description: "An asset has no image in it." },
    NO_LOCKED_STYLE: { description: "The project has no locked visual style." },
  } as const,
});

const MissingType = builder.objectRef<Missing<NamedInstance>>("SceneMissing").implement({
  description: "Something that has to be done before a scene can be rendered.",
  fields: (t) => ({
    kind: t.field({ type: MissingKindType, description: "What it is.", resolve: ({ kind }) => kind }),
    message: t.exposeString("message", { description: "For people." }),
    sceneAsset: t.field({
      type: SceneAssetType,
      nullable: true,
      description: "What lacks it; null for what scene or project lack.",
      resolve: ({ instance }) => instance,
    }),
  }),
});

const ReadinessType = builder.objectRef<SceneReadiness>("SceneReadiness").implement({
  description: "Whether a scene can be rendered.",
  fields: (t) => ({
    scene: t.field({ type: StorySceneType, description: "The scene.", resolve: ({ scene }) => scene }),
    isReady: t.boolean({ description: "Whether nothing is missing.", resolve: ({ missing }) => missing.length === 0 }),
    missing: t.field({ type: [MissingType], description: "What is missing.", resolve: ({ missing }) => missing }),
  }),
});

const ContextAssetType = builder.objectRef<ContextAsset>("SceneContextAsset").implement({
  description: "An asset as a prompt writer needs it.",
  fields: (t) => ({
    sceneAsset: t.field({
      type: SceneAssetType,
      description: "Its state in the scene.",
      resolve: async ({ sceneAssetId }, _args, context) =>
        expectLoaded(await sceneAssetLoader(context).load(sceneAssetId), "The scene asset"),
    }),
    name: t.exposeString("name", { description: "Its name." }),
    type: t.field({ type: ProjectAssetTypeType, description: "What it is.", resolve: ({ type }) => type }),
    description: t.exposeString("description", { description: "How it looks in the scene." }),
    statusTags: t.exposeStringList("statusTags", { description: "Such as muddy or torn." }),
    image: t.field({
      type: AssetType,
      nullable: true,
      description: "Its picture in the scene, else the project asset's.",
      resolve: ({ imageId }, _args, context) => (imageId ? assetLoader(context).load(imageId) : null),
    }),
  }),
});

const ContextType = builder.objectRef<SceneContext>("SceneContext").implement({
  description: "What a prompt writer, human or machine, needs to know of a scene.",
  fields: (t) => ({
    scene: t.field({
      type: StorySceneType,
      description: "The scene with script and shots.",
      resolve: ({ scene }) => scene,
    }),
    prior: t.field({
      type: StorySceneType,
      nullable: true,
      description: "The scene before with its end state and end frame; null for the first.",
      resolve: ({ prior }) => prior,
    }),
    assets: t.field({
      type: [ContextAssetType],
      description: "What appears in it, by type and name.",
      resolve: ({ assets }) => assets,
    }),
  }),
});

builder.queryFields((t) => ({
  continuityWarnings: t.field({
    type: [WarningType],
    description: `What does not fit together in a branch, in story order, the first ${maxWarnings}. Told from what is stored, without any guess.`,
    args: { branchId: t.arg.id({ required: true, description: "The branch." }) },
    resolve: (_root, { branchId }, { deps, viewer }) =>
      branchWarnings(deps, viewer as Viewer, requireId("Branch", branchId, ["branchId"])),
  }),
  sceneReadiness: t.field({
    type: ReadinessType,
    description: "What has to be done before a scene can be rendered.",
    args: { sceneId: t.arg.id({ required: true, description: "The scene." }) },
    resolve: (_root, { sceneId }, { deps, viewer }) =>
      sceneReadiness(deps, viewer as Viewer, requireId("Scene", sceneId, ["sceneId"])),
  }),
  sceneContext: t.field({
    type: ContextType,
    description: "A scene with what comes before it and what appears in it.",
    args: { sceneId: t.arg.id({ required: true, description: "The scene." }) },
    resolve: (_root, { sceneId }, { deps, viewer }) =>
      sceneContext(deps, viewer as Viewer, requireId("Scene", sceneId, ["sceneId"])),
  }),
}));
