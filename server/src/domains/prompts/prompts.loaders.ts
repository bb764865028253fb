import { ofProject, ofProjectOrStudio } from "#domains/accounts/viewer.ts";
import { type SlotRow, slotLoader, slotsOfVersionLoader } from "#domains/workflows/workflows.loaders.ts";
import type { Context } from "#graphql/context.ts";
import { byId, defineListLoader, defineLoader, expectLoaded } from "#graphql/loader.ts";
import type { Character, PromptOverride, ScenePromptDefault, SceneType } from "#platform/db/generated/client.ts";

export const sceneTypeLoader = defineLoader<SceneType>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  return byId(await deps.db.prisma.sceneType.findMany({ where: { AND: [{ id: { in: [...ids] } }, ofProjectOrStudio(viewer)] } }));
});

export const characterLoader = defineLoader<Character>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  return byId(await deps.db.prisma.character.findMany({ where: { AND: [{ id: { in: [...ids] } }, ofProject(viewer)] } }));
});

export const promptDefaultLoader = defineLoader<ScenePromptDefault>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  return byId(await deps.db.prisma.scenePromptDefault.findMany({ where: { id: { in: [...ids] }, sceneType: ofProjectOrStudio(viewer) } }));
});

/** Defaults by scene type id, in the order of their slots. */
export const defaultsOfSceneTypeLoader = defineListLoader<ScenePromptDefault>(
  ({ deps }, ids) =>
    deps.db.prisma.scenePromptDefault.findMany({
      where: { sceneTypeId: { in: [...ids] } },
      orderBy: [{ slot: { sortOrder: "asc" } }, { slotId: "asc" }, { clipPosition: "asc" }],
    }),
  (entry) => entry.sceneTypeId,
);

export const overrideLoader = defineLoader<PromptOverride>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  const inProject = ofProject(viewer);
  const visible =
    viewer.projectIds === "all"
      ? {}
      : { sceneType: ofProjectOrStudio(viewer), OR: [inProject, { group: inProject }, { character: inProject }] };
  return byId(await deps.db.prisma.promptOverride.findMany({ where: { AND: [{ id: { in: [...ids] } }, visible] } }));
});

/** A slot with its text in the version that the scene type uses, or, when that lacks the slot, in the current one. */
export async function slotInSceneType(context: Context, { sceneTypeId, slotId }: { sceneTypeId: string; slotId: string }): Promise<SlotRow> {
  const sceneType = expectLoaded(await sceneTypeLoader(context).load(sceneTypeId), "The scene type");
  const slots = await slotsOfVersionLoader(context).load(sceneType.workflowVersionId);
  return slots.find(({ id }) => id === slotId) ?? expectLoaded(await slotLoader(context).load(slotId), "The slot");
}
