import type { DetectedSlot } from "#domains/workflows/logic/slots.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { PromptSlot } from "#platform/db/generated/client.ts";

export interface OrphanedSlot {
  slot: PromptSlot;
  defaultCount: number;
  overrideCount: number;
}

export interface SlotReport {
  slotsAdded: PromptSlot[];
  slotsKept: PromptSlot[];
  slotsOrphaned: OrphanedSlot[];
  warnings: string[];
}

const keyOf = (slot: { nodeId: string; inputName: string }): string => `${slot.nodeId}\n${slot.inputName}`;

/**
 * Brings the slots of a workflow in line with what was found in its new current version. Slots are the same by
 * (nodeId, inputName): those keep label, type, order, lock and description. Gone ones vanish when nothing hangs on them;
 * those with defaults or overrides are reported, and removed only when the caller has confirmed it.
 */
export async function reconcileSlots(
  tx: PrismaTx,
  input: { workflowId: string; versionId: string; detected: DetectedSlot[]; removeOrphans: boolean },
): Promise<SlotReport> {
  const { workflowId, versionId, detected, removeOrphans } = input;
  const existing = await tx.promptSlot.findMany({
    where: { workflowId },
    include: { _count: { select: { defaults: true, overrides: true } }, texts: { select: { version: { select: { id: true, sceneTypes: { select: { id: true }, take: 1 } } } } } },
  });
  const byKey = new Map(existing.map((slot) => [keyOf(slot), slot]));
  const wanted = new Set(detected.map(keyOf));
  const warnings: string[] = [];

  const fresh = detected.filter((slot) => !byKey.has(keyOf(slot)));
  const slotsAdded = await tx.promptSlot.createManyAndReturn({
    data: fresh.map(({ nodeId, inputName, slotType, label, description, sortOrder }) => ({
      workflowId, nodeId, inputName, slotType, label, description, sortOrder,
    })),
  });
  for (const slot of slotsAdded) byKey.set(keyOf(slot), { ...slot, _count: { defaults: 0, overrides: 0 }, texts: [] });

  await tx.promptSlotText.createMany({
    data: detected.flatMap((found) => {
      const slot = byKey.get(keyOf(found));
      return slot ? [{ versionId, slotId: slot.id, defaultText: found.defaultText, isLinked: found.isLinked }] : [];
    }),
    skipDuplicates: true,
  });

  for (const found of detected) {
    const edited = byKey.get(keyOf(found))?.editedDefaultText;
    if (edited != null && edited !== found.defaultText) {
      warnings.push(`"${byKey.get(keyOf(found))?.label}" keeps its edited default text; the graph says: ${found.defaultText ?? "(linked)"}`);
    }
  }

  const gone = existing.filter((slot) => !wanted.has(keyOf(slot)));
  const hasDependents = (slot: (typeof gone)[number]): boolean => slot._count.defaults + slot._count.overrides > 0;
  const inUse = (slot: (typeof gone)[number]): boolean => slot.texts.some((text) => text.version.sceneTypes.length > 0);
  const removed = gone.filter((slot) => (hasDependents(slot) ? removeOrphans : !inUse(slot)));
  await tx.promptSlot.deleteMany({ where: { id: { in: removed.map((slot) => slot.id) } } });

  return {
    slotsAdded,
    slotsKept: existing.filter((slot) => wanted.has(keyOf(slot))),
    slotsOrphaned: gone.filter(hasDependents).map((slot) => ({
      slot,
      defaultCount: slot._count.defaults,
      overrideCount: slot._count.overrides,
    })),
    warnings,
  };
}
