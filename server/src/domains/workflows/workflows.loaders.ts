import type { PromptSlot, Workflow, WorkflowVersion } from "#platform/db/generated/client.ts";
import { byId, defineListLoader, defineLoader, definePageLoader } from "#graphql/loader.ts";

/** A slot as one version has it. */
export type SlotRow = Omit<PromptSlot, "workflowId" | "createdAt" | "updatedAt"> & {
  defaultText: string | null;
  isLinked: boolean;
};

export const workflowLoader = defineLoader<Workflow>(async ({ deps }, ids) =>
  byId(await deps.db.prisma.workflow.findMany({ where: { id: { in: [...ids] } } })),
);

export const versionLoader = defineLoader<WorkflowVersion>(async ({ deps }, ids) =>
  byId(await deps.db.prisma.workflowVersion.findMany({ where: { id: { in: [...ids] } } })),
);

/** A version as lists show it: without its parameters, which can be long. */
export type VersionRow = Omit<WorkflowVersion, "parameters">;

/** Pages of versions by workflow, newest first, or oldest first for backward ones. */
export const versionPageLoader = definePageLoader<
  { take: number; backward: boolean; after: string | null },
  VersionRow
>(
  async ({ deps }, { take, backward, after }, workflowIds) => {
    const { rows } = await deps.db.pool.query<VersionRow>({
      name: backward ? "version-page-back" : "version-page",
      text: `SELECT version.* FROM unnest($1::uuid[]) AS w(id)
             CROSS JOIN LATERAL (
               SELECT id, workflow_id AS "workflowId", number, content_hash AS "contentHash", node_count AS "nodeCount", created_at AS "createdAt"
               FROM workflow_version
               WHERE workflow_id = w.id AND ($3::uuid IS NULL OR id ${backward ? ">" : "<"} $3)
               ORDER BY id ${backward ? "" : "DESC"} LIMIT $2
             ) version`,
      values: [workflowIds, take, after],
    });
    return rows;
  },
  (version) => version.workflowId,
);

export const versionCountLoader = defineLoader<number>(async ({ deps }, workflowIds) => {
  const rows = await deps.db.prisma.workflowVersion.groupBy({
    by: ["workflowId"],
    where: { workflowId: { in: [...workflowIds] } },
    _count: true,
  });
  return new Map(rows.map((row) => [row.workflowId, row._count]));
});

/** Id of the oldest other workflow whose current graph is the same, by workflow. */
export const duplicateLoader = defineLoader<string>(async ({ deps }, workflowIds) => {
  const { rows } = await deps.db.pool.query<{ id: string; olderId: string }>({
    name: "duplicate-workflows",
    text: `SELECT DISTINCT ON (w.id) w.id, older.id AS "olderId" FROM workflow w
           JOIN workflow_version v ON v.id = w.current_version_id
           JOIN workflow_version same ON same.content_hash = v.content_hash
           JOIN workflow older ON older.current_version_id = same.id AND older.id < w.id
           WHERE w.id = ANY($1::uuid[]) ORDER BY w.id, older.id`,
    values: [workflowIds],
  });
  return new Map(rows.map((row) => [row.id, row.olderId]));
});

/** The graph's JSON text by version id. */
export const graphLoader = defineLoader<string>(async ({ deps }, ids) => {
  const rows = await deps.db.prisma.workflowGraph.findMany({ where: { versionId: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.versionId, row.json]));
});

/** Slots by version id, in their order. */
export const slotsOfVersionLoader = defineListLoader<SlotRow & { versionId: string }>(
  async ({ deps }, ids) => {
    // Raw: this is the widest list there is, and rows of plain text and flags gain nothing from an object mapper.
    const { rows } = await deps.db.pool.query<SlotRow & { versionId: string }>({
      name: "slots-of-versions",
      text: `SELECT t.version_id AS "versionId", t.default_text AS "defaultText", t.is_linked AS "isLinked", s.id, s.node_id AS "nodeId",
               s.input_name AS "inputName", s.label, s.slot_type AS "slotType", s.sort_order AS "sortOrder",
               s.is_user_editable AS "isUserEditable", s.description, s.edited_default_text AS "editedDefaultText"
             FROM prompt_slot_text t JOIN prompt_slot s ON s.id = t.slot_id
             WHERE t.version_id = ANY($1::uuid[]) ORDER BY s.sort_order, s.id`,
      values: [ids],
    });
    return rows;
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
    rows.map(({ texts, ...slot }) => ({
      ...slot,
      defaultText: texts[0]?.defaultText ?? null,
      isLinked: texts[0]?.isLinked ?? false,
    })),
  );
});
