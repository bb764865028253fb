import type { PromptSlot, Workflow, WorkflowVersion } from "#platform/db/generated/client.ts";
import { byId, defineListLoader, defineLoader } from "#graphql/loader.ts";

/** A slot as one version has it. */
export type SlotRow = Omit<PromptSlot, "workflowId" | "createdAt" | "updatedAt"> & { defaultText: string | null; isLinked: boolean };

export const workflowLoader = defineLoader<Workflow>(async ({ deps }, ids) =>
  byId(await deps.db.prisma.workflow.findMany({ where: { id: { in: [...ids] } } })),
);

export const versionLoader = defineLoader<WorkflowVersion>(async ({ deps }, ids) =>
  byId(await deps.db.prisma.workflowVersion.findMany({ where: { id: { in: [...ids] } } })),
);

/** The graph's JSON text by version id. */
export const graphLoader = defineLoader<string>(async ({ deps }, ids) => {
  const rows = await deps.db.prisma.workflowGraph.findMany({ where: { versionId: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.versionId, row.json]));
});

/** Slots by version id, in their order. */
export const slotsOfVersionLoader = defineListLoader<SlotRow & { versionId: string }>(
  async ({ deps }, ids) => {
    const rows = await deps.db.prisma.promptSlotText.findMany({
      where: { versionId: { in: [...ids] } },
      include: { slot: true },
      orderBy: [{ slot: { sortOrder: "asc" } }, { slotId: "asc" }],
    });
    return rows.map(({ slot, versionId, defaultText, isLinked }) => ({ ...slot, versionId, defaultText, isLinked }));
  },
  (slot) => slot.versionId,
);

/** Slots by id, with the text of their workflow's current version. */
export const slotLoader = defineLoader<SlotRow>(async ({ deps }, ids) => {
  const rows = await deps.db.prisma.promptSlot.findMany({
    where: { id: { in: [...ids] } },
    include: { texts: { where: { version: { currentOf: { isNot: null } } } } },
  });
  return byId(
    rows.map(({ texts, ...slot }) => ({ ...slot, defaultText: texts[0]?.defaultText ?? null, isLinked: texts[0]?.isLinked ?? false })),
  );
});
