import { ForbiddenError, NotFoundError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";

/**
 * Makes sure that texts may be written for these slots: each belongs to the scene type's version and none is locked. The
 * scene type stays at that version until the transaction ends.
 * @throws NotFoundError (scene type, slot), ForbiddenError (code SLOT_LOCKED), for the first wrong one, with its path
 */
export async function requireWritableSlots(
  tx: PrismaTx,
  sceneTypeId: string,
  slots: readonly { slotId: string; path: string[] }[],
): Promise<void> {
  const [sceneType] = await tx.$queryRaw<{ versionId: string }[]>`
    SELECT workflow_version_id AS "versionId" FROM scene_type WHERE id = ${sceneTypeId}::uuid FOR SHARE`;
  if (!sceneType) throw new NotFoundError("The scene type", ["sceneTypeId"]);
  const rows = await tx.promptSlot.findMany({
    where: { id: { in: slots.map(({ slotId }) => slotId) }, texts: { some: { versionId: sceneType.versionId } } },
    select: { id: true, label: true, isUserEditable: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { slotId, path } of slots) {
    const slot = byId.get(slotId);
    if (!slot) throw new NotFoundError("The prompt slot, in the workflow version of the scene type,", path);
    if (!slot.isUserEditable) throw new ForbiddenError(`The slot "${slot.label}" is locked`, "SLOT_LOCKED", path);
  }
}
