import { insertSlots, insertSlotTexts } from "#domains/workflows/insert-slots.ts";
import { matchSlots } from "#domains/workflows/logic/reimport.ts";
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
  /** Found again, the updated ones among them. */
  slotsKept: PromptSlot[];
  slotsUpdated: PromptSlot[];
  slotsOrphaned: OrphanedSlot[];
  slotsRemoved: PromptSlot[];
  warnings: string[];
}

interface Input {
  workflowId: string;
  /** The version that was current before; null for a new workflow. */
  previousVersionId: string | null;
  versionId: string;
  detected: DetectedSlot[];
  removeOrphans: boolean;
}

/**
 * Brings the slots of a workflow in line with what was found in its new current version. Gone slots on which texts hang
 * are orphans: reported, and parted from their texts only when the caller has confirmed it. A slot itself stays as long as
 * a version has it that a scene type uses.
 */
export async function reconcileSlots(
  tx: PrismaTx,
  { workflowId, previousVersionId, versionId, detected, removeOrphans }: Input,
): Promise<SlotReport> {
  const rows = await readSlots(tx, workflowId, previousVersionId);
  const { added, kept, updated, gone } = matchSlots(rows, detected);

  const slotsAdded = await insertSlots(tx, workflowId, added);
  const ids = new Map([...rows, ...slotsAdded].map((slot) => [keyOf(slot), slot.id]));
  await insertSlotTexts(
    tx,
    versionId,
    detected.flatMap((found) => {
      const slotId = ids.get(keyOf(found));
      return slotId ? [{ slotId, defaultText: found.defaultText, isLinked: found.isLinked }] : [];
    }),
  );

  const orphans = gone.filter((slot) => slot.defaultCount + slot.overrideCount > 0);
  if (removeOrphans && orphans.length > 0) {
    const slotId = { in: orphans.map((slot) => slot.id) };
    await tx.scenePromptDefault.deleteMany({ where: { slotId } });
    await tx.promptOverride.deleteMany({ where: { slotId } });
  }
  const slotsRemoved = gone.filter((slot) => !slot.isInUse && (removeOrphans || !orphans.includes(slot)));
  await tx.promptSlot.deleteMany({ where: { id: { in: slotsRemoved.map((slot) => slot.id) } } });

  return {
    slotsAdded,
    slotsKept: [...kept, ...updated].map(({ existing }) => existing),
    slotsUpdated: updated.map(({ existing }) => existing),
    slotsOrphaned: orphans.map((slot) => ({
      slot,
      defaultCount: slot.defaultCount,
      overrideCount: slot.overrideCount,
    })),
    slotsRemoved,
    warnings: [...kept, ...updated]
      .filter(({ isEditKept }) => isEditKept)
      .map(
        ({ existing, detected: found }) =>
          `"${existing.label}" keeps its edited default text; the graph says: ${found.defaultText ?? "(linked)"}`,
      ),
  };
}

const keyOf = (slot: { nodeId: string; inputName: string }): string => JSON.stringify([slot.nodeId, slot.inputName]);

/** The workflow's slots with their text in a version, and what hangs on them. */
async function readSlots(tx: PrismaTx, workflowId: string, versionId: string | null) {
  const rows = await tx.promptSlot.findMany({
    where: { workflowId },
    include: {
      _count: { select: { defaults: true, overrides: true } },
      texts: {
        select: {
          versionId: true,
          defaultText: true,
          isLinked: true,
          version: { select: { sceneTypes: { select: { id: true }, take: 1 } } },
        },
      },
    },
  });
  return rows.map(({ _count, texts, ...slot }) => {
    const text = texts.find((each) => each.versionId === versionId);
    return {
      ...slot,
      defaultText: slot.editedDefaultText ?? text?.defaultText ?? null,
      isLinked: text?.isLinked ?? false,
      isDefaultEdited: slot.editedDefaultText !== null,
      defaultCount: _count.defaults,
      overrideCount: _count.overrides,
      isInUse: texts.some((each) => each.version.sceneTypes.length > 0),
    };
  });
}
