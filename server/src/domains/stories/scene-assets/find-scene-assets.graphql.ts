import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireBranch } from "#domains/stories/continuity/find-scene.ts";
import { ProjectAssetTypeType } from "#domains/stories/project-assets.graphql.ts";
import {
  cursorOfSceneAsset,
  findSceneAssets,
  sceneAssetsWhere,
} from "#domains/stories/scene-assets/find-scene-assets.ts";
import { SceneAssetType } from "#domains/stories/scene-assets/scene-assets.graphql.ts";
import { type TagCount, tagCounts } from "#domains/stories/scene-assets/tag-counts.service.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { requireId } from "#graphql/ids.ts";

const TagMatchType = builder.enumType("TagMatch", {
  description: "Which of several tags must be there.",
  values: { ANY: { description: "At least one." }, ALL: { description: "All of them." } } as const,
});

const TagCountType = builder.objectRef<TagCount>("StatusTagCount").implement({
  description: "A tag, and how often it is there.",
  fields: (t) => ({
    tag: t.exposeString("tag", { description: "The tag." }),
    count: t.exposeInt("count", { description: "How many states of assets have it." }),
  }),
});

builder.queryFields((t) => ({
  sceneAssets: t.connection(
    {
      type: SceneAssetType,
      description: "States of assets in all scenes of a branch, in story order.",
      args: {
        branchId: t.arg.id({ required: true, description: "The branch." }),
        tags: t.arg.stringList({ description: "Only those with these tags." }),
        tagMatch: t.arg({ type: TagMatchType, defaultValue: "ANY", description: "Any or all of the tags." }),
        types: t.arg({ type: [ProjectAssetTypeType], description: "Only of assets of these types." }),
        search: t.arg.string({ description: "Part of the name or of the text that stands, or a tag." }),
        fromScene: t.arg.int({ description: "Only from the scene with this number on." }),
        toScene: t.arg.int({ description: "Only up to the scene with this number." }),
      },
      resolve: async (_root, { branchId, tags, tagMatch, types, search, fromScene, toScene, ...args }, context) => {
        const { deps, viewer } = context;
        const branch = await requireBranch(deps, viewer as Viewer, requireId("Branch", branchId, ["branchId"]));
        const where = sceneAssetsWhere(branch.id, {
          tags: tags ?? undefined,
          tagMatch: tagMatch ?? "ANY",
          types: types ?? undefined,
          search: search ?? undefined,
          fromScene: fromScene ?? undefined,
          toScene: toScene ?? undefined,
        });
        const page = readPage(args);
        return toConnection(page, await findSceneAssets(deps, where, page), cursorOfSceneAsset, () =>
          deps.db.prisma.sceneAsset.count({ where }),
        );
      },
    },
    { name: "SceneAssetConnection", description: "A page of scene assets." },
    { name: "SceneAssetEdge", description: "A scene asset in a page." },
  ),
  statusTagCounts: t.field({
    type: [TagCountType],
    description: "The tags of a branch, the most frequent first; at most 500.",
    args: { branchId: t.arg.id({ required: true, description: "The branch." }) },
    resolve: (_root, { branchId }, { deps, viewer }) =>
      tagCounts(deps, viewer as Viewer, requireId("Branch", branchId, ["branchId"])),
  }),
}));
