import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { cursorOfScene, sceneCountLoader, scenePage, scenePageLoader } from "#domains/stories/branch-pages.loaders.ts";
import { BranchType } from "#domains/stories/branches.graphql.ts";
import type { Shot } from "#domains/stories/logic/shots.ts";
import { shotsOf } from "#domains/stories/scenes.service.ts";
import { branchLoader, neighboursLoader, sceneLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { decodeId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import type { Scene } from "#platform/db/generated/client.ts";
import { SceneStatus } from "#platform/db/generated/enums.ts";

const SceneStatusType = builder.enumType(SceneStatus, {
  name: "SceneStatus",
  description: "How far a scene is.",
  values: {
    SCRIPT: { description: "Being written." },
    ASSETS: { description: "Its assets are being put into their state." },
    READY: { description: "Every asset has its image: it can be rendered." },
    RENDERED: { description: "Rendered." },
  },
});

const ShotType = builder.objectRef<Shot>("Shot").implement({
  description: "What is seen between two cuts of a scene.",
  fields: (t) => ({
    number: t.exposeInt("number", { description: "Its number in the scene." }),
    action: t.exposeString("action", { description: "What happens." }),
    setting: t.exposeString("setting", { description: "Where, and at what time." }),
    foreground: t.exposeStringList("foreground", { description: "Names of the characters in front." }),
    background: t.exposeStringList("background", { description: "Names of the characters behind." }),
    camera: t.exposeString("camera", { description: "How the camera stands and moves." }),
  }),
});

/** Not SceneType, which is a kind of shot. */
export const StorySceneType = builder.objectRef<Scene>("Scene");
builder.node(StorySceneType, {
  description: "A scene of the script, in a branch.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => sceneLoader(context).load(id),
  fields: (t) => ({
    number: t.exposeInt("number", { description: "Its place in the story, from 1 without gaps." }),
    title: t.exposeString("title", { description: "What it is called." }),
    scriptExcerpt: t.exposeString("scriptExcerpt", { description: "Its part of the script." }),
    shots: t.field({ type: [ShotType], description: "Its shots, in their order.", resolve: (scene) => shotsOf(scene) }),
    shotCount: t.int({ description: "How many shots it has.", resolve: (scene) => shotsOf(scene).length }),
    endStateSummary: t.exposeString("endStateSummary", {
      nullable: true,
      description: "How it leaves its characters, places and props.",
    }),
    endFrame: t.field({
      type: AssetType,
      nullable: true,
      description: "The picture that it ends with.",
      resolve: ({ endFrameId }, _args, context) => (endFrameId ? assetLoader(context).load(endFrameId) : null),
    }),
    status: t.field({ type: SceneStatusType, description: "How far it is.", resolve: ({ status }) => status }),
    branch: t.field({
      type: BranchType,
      description: "The branch that it belongs to.",
      resolve: async ({ branchId }, _args, context) =>
        expectLoaded(await branchLoader(context).load(branchId), "The branch"),
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.objectFields(StorySceneType, (t) => ({
  previous: t.field({
    type: StorySceneType,
    nullable: true,
    description: "The scene before it in the branch; null for the first.",
    resolve: async ({ id, number }, _args, context) =>
      (await neighboursLoader(context).load(id)).find((each) => each.number < number) ?? null,
  }),
  next: t.field({
    type: StorySceneType,
    nullable: true,
    description: "The scene after it in the branch; null for the last.",
    resolve: async ({ id, number }, _args, context) =>
      (await neighboursLoader(context).load(id)).find((each) => each.number > number) ?? null,
  }),
}));

builder.objectField(BranchType, "scenes", (t) =>
  t.connection(
    {
      type: StorySceneType,
      description: "Its scenes, in story order.",
      resolve: async ({ id }, args, context) => {
        const page = readPage(args);
        const rows = await scenePageLoader(context).load(id, scenePage(page));
        return toConnection(
          page,
          page.backward ? rows.toReversed() : rows,
          cursorOfScene,
          async () => (await sceneCountLoader(context).load(id)) ?? 0,
        );
      },
    },
    { name: "SceneConnection", description: "A page of scenes." },
    { name: "SceneEdge", description: "A scene in a page." },
  ),
);

builder.queryField("scene", (t) =>
  t.field({
    type: StorySceneType,
    nullable: true,
    description: "One scene; null when there is none or the viewer may not see it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, args, context) => {
      const id = decodeId("Scene", args.id);
      return id === null ? null : sceneLoader(context).load(id);
    },
  }),
);
