import type { PromptSlot, Workflow, WorkflowVersion } from "#platform/db/generated/client.ts";
import { machineOptions } from "#domains/machines/machine-options.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { contentOfGraph } from "#domains/workflows/logic/definition/apply-definition.ts";
import type { RunRecipe } from "#domains/workflows/logic/recipe.ts";
import { parseJson } from "#lib/json.ts";
import { byId, defineListLoader, defineLoader, definePageLoader } from "#graphql/loader.ts";

/** A slot as one version has it. */
export type SlotRow = Omit<PromptSlot, "workflowId" | "createdAt" | "updatedAt"> & {
  defaultText: string | null;
  isLinked: boolean;
};

export const workflowLoader = defineLoader<Workflow>(async ({ deps }, ids) =>
  byId(await deps.db.prisma.workflow.findMany({ where: { id: { in: [...ids] } } })),
);

export const versionLoader = defineLoader<VersionRow>(async ({ deps }, ids) =>
  byId(
    await deps.db.prisma.workflowVersion.findMany({
      where: { id: { in: [...ids] } },
      omit: { parameters: true, recipe: true },
    }),
  ),
);

/** The parameters' JSON text by workflow: the current version's, as people edited them. */
export const parametersLoader = defineLoader<string>(async ({ deps }, workflowIds) => {
  const rows = await deps.db.prisma.workflowParameters.findMany({
    where: { workflowId: { in: [...workflowIds] } },
    select: { workflowId: true, effective: true },
  });
  return new Map(rows.map((row) => [row.workflowId, row.effective]));
});

/** What machines offer, by `[pool, source]` as JSON. */
export const machineOptionsLoader = defineLoader<string[]>(async ({ deps }, keys) => {
  const byPool = new Map<string, string[]>();
  for (const key of keys) {
    const [pool, source] = JSON.parse(key) as [string, string];
    byPool.set(pool, [...(byPool.get(pool) ?? []), source]);
  }
  const found = await Promise.all(
    [...byPool].map(async ([pool, sources]) => ({ pool, options: await machineOptions(deps, pool, sources) })),
  );
  return new Map(
    found.flatMap(({ pool, options }) =>
      [...options].map(([source, choices]) => [JSON.stringify([pool, source]), choices] as const),
    ),
  );
});

/** Recipes by version id. Of versions that are older than recipes, what their graph says. */
export const recipeLoader = defineLoader<RunRecipe>(async (context, ids) => {
  const rows = await context.deps.db.prisma.workflowVersion.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, recipe: true },
  });
  const recipes = rows.map(async ({ id, recipe }): Promise<[string, RunRecipe]> => {
    if (recipe !== null) return [id, parseJson(recipe) as unknown as RunRecipe];
    const graph = parseJson((await graphLoader(context).load(id)) ?? "{}") as unknown as ApiGraph;
    return [id, contentOfGraph(graph, undefined).recipe];
  });
  return new Map(await Promise.all(recipes));
});

/** A version as lists show it: without its parameters and recipe, which can be long. */
export type VersionRow = Omit<WorkflowVersion, "parameters" | "recipe">;

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
