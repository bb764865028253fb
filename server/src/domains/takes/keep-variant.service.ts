import type { Viewer } from "#domains/accounts/viewer.ts";
import { ofProject } from "#domains/accounts/viewer.ts";
import type { Deps } from "#app/deps.ts";
import { listOverrides, setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { setScenePromptDefaults } from "#domains/prompts/scene-defaults.service.ts";
import { keptSlots, type VariantDrafts } from "#domains/takes/logic/variant-drafts.ts";
import type { DraftFragment } from "#domains/prompts/logic/fragment-entries.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Character, TakeComparison } from "#platform/db/generated/client.ts";
import type { OverrideScope } from "#platform/db/generated/enums.ts";

/** Where the texts of a variant are saved: in the scene type, for everybody, or as an override. */
export type KeepScope = OverrideScope | "SCENE_TYPE";

/**
 * Saves the texts of a variant in one layer and marks it as the winner of its comparison. A variant that only replaces
 * texts leaves the fragments of the layer as they are.
 * @throws NotFoundError (take), ConflictError (code NO_VARIANT: the take is in no comparison; NOTHING_TO_KEEP),
 *   ValidationError (fragments in a scene type, no group), ForbiddenError (code SLOT_LOCKED)
 */
export async function keepVariant(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  { takeId, scope }: { takeId: string; scope: KeepScope },
): Promise<TakeComparison> {
  const take = await db.prisma.take.findFirst({
    where: { id: takeId, character: ofProject(viewer) },
    include: { character: true, variant: true },
  });
  if (!take) throw new NotFoundError("The take", ["takeId"]);
  const { variant, character, sceneTypeId } = take;
  if (!variant) throw new ConflictError("The take is no variant of a comparison", "NO_VARIANT", ["takeId"]);
  const drafts = variant.drafts as unknown as VariantDrafts;
  if (keptSlots(drafts).length + drafts.draftDefaults.length === 0)
    throw new ConflictError("The variant is what is stored already", "NOTHING_TO_KEEP", ["takeId"]);
  if (scope === "SCENE_TYPE") await keepAsDefaults({ db }, viewer, sceneTypeId, drafts);
  else await keepAsOverrides({ db }, viewer, { sceneTypeId, scope, targetId: targetOf(character, scope) }, drafts);
  return db.prisma.takeComparison.update({ where: { id: variant.comparisonId }, data: { winner: variant.index } });
}

async function keepAsDefaults(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  sceneTypeId: string,
  drafts: VariantDrafts,
): Promise<void> {
  if (drafts.draftOverrides.some(({ fragments }) => fragments.length > 0))
    throw ValidationError.at(
      ["scope"],
      "the variant has fragments, which a scene type does not keep; keep it as an override",
    );
  const whole = keptSlots(drafts).flatMap(({ slotId, text }) =>
    text === undefined ? [] : [{ slotId, text, clipPosition: "FULL_CLIP" as const }],
  );
  const clips = drafts.draftDefaults.filter(({ clipPosition }) => clipPosition !== "FULL_CLIP");
  await setScenePromptDefaults(deps, viewer, sceneTypeId, [...whole, ...clips]);
}

async function keepAsOverrides(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  target: { sceneTypeId: string; scope: OverrideScope; targetId: string },
  drafts: VariantDrafts,
): Promise<void> {
  const stored = new Map((await listOverrides(deps, viewer, target)).map((override) => [override.slotId, override]));
  await setPromptOverrides(
    deps,
    viewer,
    target,
    keptSlots(drafts).map(({ slotId, text, fragments }) => {
      const before = stored.get(slotId);
      return {
        slotId,
        text: text ?? before?.text,
        fragments: fragments ?? ((before?.fragments ?? []) as unknown as DraftFragment[]),
        notes: before?.notes,
      };
    }),
  );
}

function targetOf({ id, groupId, projectId }: Character, scope: OverrideScope): string {
  if (scope === "CHARACTER") return id;
  if (scope === "PROJECT") return projectId;
  if (groupId === null) throw ValidationError.at(["scope"], "the character is in no group");
  return groupId;
}
