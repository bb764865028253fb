import { ofProject, ofProjectOrStudio } from "#domains/accounts/viewer.ts";
import { type SlotRow, slotLoader, slotsOfVersionLoader } from "#domains/workflows/workflows.loaders.ts";
import type { Context } from "#graphql/context.ts";
import { byId, defineListLoader, defineLoader, expectLoaded } from "#graphql/loader.ts";
import type {
  Character,
  CharacterGroup,
  CharacterImage,
  OverrideTemplate,
  PromptOverride,
  ScenePromptDefault,
  SceneType,
} from "#platform/db/generated/client.ts";

export const sceneTypeLoader = defineLoader<SceneType>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  return byId(
    await deps.db.prisma.sceneType.findMany({ where: { AND: [{ id: { in: [...ids] } }, ofProjectOrStudio(viewer)] } }),
  );
});

export const characterLoader = defineLoader<Character>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  return byId(
    await deps.db.prisma.character.findMany({ where: { AND: [{ id: { in: [...ids] } }, ofProject(viewer)] } }),
  );
});

export const characterGroupLoader = defineLoader<CharacterGroup>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  return byId(
    await deps.db.prisma.characterGroup.findMany({ where: { AND: [{ id: { in: [...ids] } }, ofProject(viewer)] } }),
  );
});

/** How many characters each group has. */
export const characterCountLoader = defineLoader<number>(async ({ deps }, groupIds) => {
  const counts = await deps.db.prisma.character.groupBy({
    by: ["groupId"],
    where: { groupId: { in: [...groupIds] } },
    _count: true,
  });
  return new Map(counts.map(({ groupId, _count }) => [groupId ?? "", _count]));
});

/** Reference images of characters, in their order. */
export const characterImagesLoader = defineListLoader<CharacterImage>(
  ({ deps }, characterIds) =>
    deps.db.prisma.characterImage.findMany({
      where: { characterId: { in: [...characterIds] } },
      orderBy: { sortOrder: "asc" },
    }),
  (image) => image.characterId,
);

export const overrideTemplateLoader = defineLoader<OverrideTemplate>(async ({ deps, viewer }, ids) =>
  viewer ? byId(await deps.db.prisma.overrideTemplate.findMany({ where: { id: { in: [...ids] } } })) : new Map(),
);

export const promptDefaultLoader = defineLoader<ScenePromptDefault>(async ({ deps, viewer }, ids) => {
  if (!viewer) return new Map();
  return byId(
    await deps.db.prisma.scenePromptDefault.findMany({
      where: { id: { in: [...ids] }, sceneType: ofProjectOrStudio(viewer) },
    }),
  );
});

/** A default as lists carry it. `slot` is there when it was read along. */
export type PromptDefaultRow = Pick<ScenePromptDefault, "id" | "sceneTypeId" | "slotId" | "clipPosition" | "text"> & {
  slot?: SlotRow;
};

const defaultRowsLoader = defineListLoader<PromptDefaultRow>(
  async ({ deps }, ids) => {
    const { rows } = await deps.db.pool.query<PromptDefaultRow>({
      name: "defaults-of-scene-types",
      text: `SELECT d.id, d.scene_type_id AS "sceneTypeId", d.slot_id AS "slotId", d.clip_position AS "clipPosition", d.text
             FROM scene_prompt_default d JOIN prompt_slot s ON s.id = d.slot_id
             WHERE d.scene_type_id = ANY($1::uuid[]) ORDER BY s.sort_order, s.id, d.clip_position`,
      values: [ids],
    });
    return rows;
  },
  (entry) => entry.sceneTypeId,
);

/** A scene type's defaults in the order of their slots, each with its slot where the scene type's version has it. */
export async function defaultsOfSceneType(
  context: Context,
  sceneType: Pick<SceneType, "id" | "workflowVersionId">,
): Promise<PromptDefaultRow[]> {
  const [defaults, slots] = await Promise.all([
    defaultRowsLoader(context).load(sceneType.id),
    slotsOfVersionLoader(context).load(sceneType.workflowVersionId),
  ]);
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  return defaults.map((entry) => {
    const slot = byId.get(entry.slotId);
    return slot ? { ...entry, slot } : entry;
  });
}

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
export async function slotInSceneType(
  context: Context,
  { sceneTypeId, slotId }: { sceneTypeId: string; slotId: string },
): Promise<SlotRow> {
  const sceneType = expectLoaded(await sceneTypeLoader(context).load(sceneTypeId), "The scene type");
  const slots = await slotsOfVersionLoader(context).load(sceneType.workflowVersionId);
  return slots.find(({ id }) => id === slotId) ?? expectLoaded(await slotLoader(context).load(slotId), "The slot");
}
