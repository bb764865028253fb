import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { mergeEntries, type MergedEntry } from "#domains/prompts/merge-entries.ts";
import { isEmptyEntry, type OverrideEntry } from "#domains/prompts/override-entry.ts";
import { type OverrideTarget, requireTarget } from "#domains/prompts/override-target.ts";
import { maxPromptLength } from "#domains/prompts/scene-defaults.service.ts";
import { requireSceneType } from "#domains/prompts/scene-types.service.ts";
import { requireWritableSlots } from "#domains/prompts/writable-slots.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { PromptOverride } from "#platform/db/generated/client.ts";

const entriesInput = z.object({
  overrides: z
    .array(
      z.object({
        slotId: z.string(),
        text: storableText(maxPromptLength).nullish(),
        fragments: z
          .array(
            z.object({
              type: z.enum(["FRAGMENT_REF", "INLINE"]),
              fragmentId: z.string().nullish(),
              text: storableText(maxPromptLength).nullish(),
            }),
          )
          .max(200),
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
      const sceneType = await requireSceneType(tx, viewer, sceneTypeId);
      await requireTarget(tx, viewer, target);
      const slots = entries.map(({ slotId }, index) => ({ slotId, path: ["overrides", String(index), "slotId"] }));
      await requireWritableSlots(tx, sceneType.workflowVersionId, slots);
      // Two saves of one target would both take a reference for new; rows that do not exist yet can't be locked.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`overrides ${targetId} ${sceneTypeId}`}, 0))`;
      const slotIds = entries.map(({ slotId }) => slotId);
      const ofSlots = { targetId, sceneTypeId, slotId: { in: slotIds } };
      const stored = await tx.promptOverride.findMany({ where: ofSlots });
      const { merged, newlyUsed } = await mergeEntries(tx, stored, entries);
      const deleted = entries.filter(isEmptyEntry).map(({ slotId }) => slotId);
      await tx.promptOverride.deleteMany({ where: { ...ofSlots, slotId: { in: deleted } } });
      await upsert(
        tx,
        viewer,
        target,
        merged.filter(({ slotId }) => !deleted.includes(slotId)),
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

async function upsert(
  tx: PrismaTx,
  viewer: Viewer,
  { scope, targetId, sceneTypeId }: OverrideTarget,
  entries: readonly MergedEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO prompt_override
      (id, scope, target_id, project_id, group_id, character_id, scene_type_id, slot_id, text, fragments, notes, created_by_id, updated_at)
    SELECT e.id, ${scope}::"OverrideScope", ${targetId}::uuid,
      CASE ${scope} WHEN 'PROJECT' THEN ${targetId}::uuid END, CASE ${scope} WHEN 'GROUP' THEN ${targetId}::uuid END,
      CASE ${scope} WHEN 'CHARACTER' THEN ${targetId}::uuid END,
      ${sceneTypeId}::uuid, e."slotId", e.text, e.fragments, e.notes, ${viewer.userId}::uuid, now()
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      AS e(id uuid, "slotId" uuid, text text, fragments jsonb, notes text)
    ON CONFLICT (target_id, scene_type_id, slot_id) DO UPDATE
      SET text = EXCLUDED.text, fragments = EXCLUDED.fragments, notes = EXCLUDED.notes, updated_at = EXCLUDED.updated_at`;
}

/** Adds one for each occurrence of an id. Rows are locked in the order of ids, so that two saves can't block each other. */
async function countUses(tx: PrismaTx, fragmentIds: readonly string[]): Promise<void> {
  if (fragmentIds.length === 0) return;
  await tx.$executeRaw`
    WITH uses AS (SELECT id, count(*)::int AS count FROM unnest(${[...fragmentIds]}::uuid[]) AS id GROUP BY id),
      locked AS MATERIALIZED (SELECT f.id FROM fragment f JOIN uses USING (id) ORDER BY f.id FOR NO KEY UPDATE OF f)
    UPDATE fragment f SET usage_count = f.usage_count + uses.count FROM uses JOIN locked USING (id) WHERE f.id = uses.id`;
}
