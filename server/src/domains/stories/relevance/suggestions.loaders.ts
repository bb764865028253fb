import { visibleOfBranch } from "#domains/stories/visible-stories.ts";
import { byId, defineListLoader, defineLoader } from "#graphql/loader.ts";
import type { SceneAssetSuggestion } from "#platform/db/generated/client.ts";

export const suggestionLoader = defineLoader<SceneAssetSuggestion>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.sceneAssetSuggestion.findMany({
      where: { AND: [{ id: { in: [...ids] } }, { scene: visibleOfBranch(viewer) }] },
    }),
  ),
);

/** Open suggestions of scenes, in the order of the answer. */
export const suggestionsOfSceneLoader = defineListLoader<SceneAssetSuggestion>(
  ({ deps }, sceneIds) =>
    deps.db.prisma.sceneAssetSuggestion.findMany({
      where: { sceneId: { in: [...sceneIds] }, status: "OPEN" },
      orderBy: { id: "asc" },
    }),
  ({ sceneId }) => sceneId,
);
