import type { Viewer } from "#domains/accounts/viewer.ts";
import type { MergedEntry } from "#domains/prompts/merge-entries.ts";
import type { OverrideTarget } from "#domains/prompts/override-target.ts";
import type { PrismaTx } from "#platform/db/client.ts";

/** Inserts overrides of one scope in one scene type, or replaces those that are there, in one statement. */
export async function storeOverrides(
  tx: PrismaTx,
  viewer: Viewer,
  { scope, sceneTypeId }: Pick<OverrideTarget, "scope" | "sceneTypeId">,
  entries: readonly (MergedEntry & { targetId: string })[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO prompt_override
      (id, scope, target_id, project_id, group_id, character_id, scene_type_id, slot_id, text, fragments, notes, created_by_id, updated_at)
    SELECT e.id, ${scope}::"OverrideScope", e."targetId",
      CASE ${scope} WHEN 'PROJECT' THEN e."targetId" END, CASE ${scope} WHEN 'GROUP' THEN e."targetId" END,
      CASE ${scope} WHEN 'CHARACTER' THEN e."targetId" END,
      ${sceneTypeId}::uuid, e."slotId", e.text, e.fragments, e.notes, ${viewer.userId}::uuid, now()
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      AS e(id uuid, "targetId" uuid, "slotId" uuid, text text, fragments jsonb, notes text)
    ON CONFLICT (target_id, scene_type_id, slot_id) DO UPDATE
      SET text = EXCLUDED.text, fragments = EXCLUDED.fragments, notes = EXCLUDED.notes, updated_at = EXCLUDED.updated_at`;
}

/** Adds one for each occurrence of an id. Rows are locked in the order of ids, so that two saves can't block each other. */
export async function countUses(tx: PrismaTx, fragmentIds: readonly string[]): Promise<void> {
  if (fragmentIds.length === 0) return;
  await tx.$executeRaw`
    WITH uses AS (SELECT id, count(*)::int AS count FROM unnest(${[...fragmentIds]}::uuid[]) AS id GROUP BY id),
      locked AS MATERIALIZED (SELECT f.id FROM fragment f JOIN uses USING (id) ORDER BY f.id FOR NO KEY UPDATE OF f)
    UPDATE fragment f SET usage_count = f.usage_count + uses.count FROM uses JOIN locked USING (id) WHERE f.id = uses.id`;
}
