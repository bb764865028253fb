import { ForbiddenError, NotFoundError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";

/**
 * Makes sure that texts may be written for these slots: each belongs to the version and none is locked.
 * @throws NotFoundError, ForbiddenError (code SLOT_LOCKED), for the first wrong one, with its path
 */
export async function requireWritableSlots(
  prisma: PrismaTx,
  versionId: string,
  slots: readonly { slotId: string; path: string[] }[],
): Promise<void> {
  const rows = await prisma.promptSlot.findMany({
    where: { id: { in: slots.map(({ slotId }) => slotId) }, texts: { some: { versionId } } },
    select: { id: true, label: true, isUserEditable: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { slotId, path } of slots) {
    const slot = byId.get(slotId);
    if (!slot) throw new NotFoundError("The prompt slot, in the workflow version of the scene type,", path);
    if (!slot.isUserEditable) throw new ForbiddenError(`The slot "${slot.label}" is locked`, "SLOT_LOCKED", path);
  }
}
