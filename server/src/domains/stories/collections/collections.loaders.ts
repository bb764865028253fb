import { visibleCollections } from "#domains/stories/collections/stored-collection.ts";
import { byId, defineLoader } from "#graphql/loader.ts";
import type { PromptCollection } from "#platform/db/generated/client.ts";

export const collectionLoader = defineLoader<PromptCollection>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.promptCollection.findMany({
      where: { AND: [{ id: { in: [...ids] } }, visibleCollections(viewer)] },
    }),
  ),
);

/** By scene that the viewer may see. */
export const collectionOfSceneLoader = defineLoader<PromptCollection>(async ({ deps }, sceneIds) => {
  const rows = await deps.db.prisma.promptCollection.findMany({ where: { sceneId: { in: [...sceneIds] } } });
  return new Map(rows.map((row) => [row.sceneId ?? "", row]));
});

/** By branch that the viewer may see. */
export const collectionOfBranchLoader = defineLoader<PromptCollection>(async ({ deps }, branchIds) => {
  const rows = await deps.db.prisma.promptCollection.findMany({ where: { branchId: { in: [...branchIds] } } });
  return new Map(rows.map((row) => [row.branchId ?? "", row]));
});
