import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { lockTargets } from "#domains/prompts/lock-targets.ts";
import { mergeEntries } from "#domains/prompts/merge-entries.ts";
import { isEmptyEntry, type OverrideEntry } from "#domains/prompts/override-entry.ts";
import { type OverrideTarget, requireTarget } from "#domains/prompts/override-target.ts";
import { maxPromptLength } from "#domains/prompts/scene-defaults.service.ts";
import { requireSceneType } from "#domains/prompts/scene-types.service.ts";
import { countUses, storeOverrides } from "#domains/prompts/store-overrides.ts";
import { requireWritableSlots } from "#domains/prompts/writable-slots.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PromptOverride } from "#platform/db/generated/client.ts";

/** Fragment entries of one override. */
export const maxEntries = 200;
export const fragmentEntriesInput = z
  .array(
    z.object({
      type: z.enum(["FRAGMENT_REF", "INLINE"]),
      fragmentId: z.string().nullish(),
      text: storableText(maxPromptLength).nullish(),
    }),
  )
  .max(maxEntries);

const entriesInput = z.object({
  overrides: z
    .array(
      z.object({
        slotId: z.string(),
        text: storableText(maxPromptLength).nullish(),
        fragments: fragmentEntriesInput,
        notes: storableText(10_000).nullish(),
      }),
    )
    .max(500),
});

/** The overrides of a target in a scene type, in the order of their slots. @throws NotFoundError */
export async function listOverrides(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  target: OverrideTarget,
): Promise<PromptOverride[]> {
  await requireSceneType(db.prisma, viewer, target.sceneTypeId);
  await requireTarget(db.prisma, viewer, target);
  return db.prisma.promptOverride.findMany({
    where: { targetId: target.targetId, sceneTypeId: target.sceneTypeId },
    orderBy: [{ slot: { sortOrder: "asc" } }, { slotId: "asc" }],
  });
}

/**
 * Saves overrides, all or none. Each entry stands for its slot as a whole: an empty one deletes, slots that are not named
 * stay. Uses of fragments are counted once for each reference that the override did not have, whoever saves at the same
 * moment. The number of statements does not depend on that of the entries.
 * @returns the overrides that were saved, in the order of the entries; deleted ones are not among them
 * @throws ValidationError, NotFoundError (scene type, target, slot, fragment), ForbiddenError (code SLOT_LOCKED)
 */
export async function setPromptOverrides(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  target: OverrideTarget,
  input: readonly OverrideEntry[],
): Promise<PromptOverride[]> {
  const entries: OverrideEntry[] = parseInput(entriesInput, { overrides: input }).overrides;
  refuseRepeatedSlots(entries);
  return db.prisma.$transaction(
    async (tx) => {
      const { sceneTypeId, targetId } = target;
      await requireSceneType(tx, viewer, sceneTypeId);
      await requireTarget(tx, viewer, target);
      const slots = entries.map(({ slotId }, index) => ({ slotId, path: ["overrides", String(index), "slotId"] }));
      await requireWritableSlots(tx, sceneTypeId, slots);
      // Two saves of one target would both take a reference for new.
      await lockTargets(tx, [target]);
      const slotIds = entries.map(({ slotId }) => slotId);
      const ofSlots = { targetId, sceneTypeId, slotId: { in: slotIds } };
      const stored = await tx.promptOverride.findMany({ where: ofSlots });
      const { merged, newlyUsed } = await mergeEntries(tx, stored, entries);
      const deleted = entries.filter(isEmptyEntry).map(({ slotId }) => slotId);
      await tx.promptOverride.deleteMany({ where: { ...ofSlots, slotId: { in: deleted } } });
      const kept = merged.filter(({ slotId }) => !deleted.includes(slotId));
      await storeOverrides(
        tx,
        viewer,
        target,
        kept.map((entry) => ({ ...entry, targetId })),
      );
      await countUses(tx, newlyUsed);
      const saved = await tx.promptOverride.findMany({ where: ofSlots });
      return saved.toSorted((a, b) => slotIds.indexOf(a.slotId) - slotIds.indexOf(b.slotId));
    },
    // Saves of one target wait for each other.
    { maxWait: 15_000, timeout: 30_000 },
  );
}

function refuseRepeatedSlots(entries: readonly OverrideEntry[]): void {
  const seen = new Set<string>();
  for (const [index, { slotId }] of entries.entries()) {
    if (seen.has(slotId)) throw ValidationError.at(["overrides", String(index), "slotId"], "the slot is named twice");
    seen.add(slotId);
  }
}
