import { cursorId, notACursor, type Page } from "#graphql/connection.ts";
import { defineLoader, definePageLoader } from "#graphql/loader.ts";
import { isStorable } from "#lib/storable-text.ts";
import type { ProjectAsset, Scene, SceneAssetChange } from "#platform/db/generated/client.ts";
import { ProjectAssetType } from "#platform/db/generated/enums.ts";

export interface PageKind {
  take: number;
  backward: boolean;
  /** The sort key to start behind. */
  key: readonly string[] | null;
}

/** @param isKey whether the cursor's parts are a sort key of the connection @throws ValidationError */
function kindOf(page: Page, isKey: (key: readonly string[]) => boolean): PageKind {
  if (page.cursor && !isKey(page.cursor)) throw notACursor(page);
  return { take: page.take, backward: page.backward, key: page.cursor };
}

/** Rows in the order of their ids, as a statement gave them. */
function inOrder<Row extends { id: string }>(ids: readonly { id: string }[], rows: readonly Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }) => byId.get(id) ?? []);
}

const isSceneNumber = ([number = ""]: readonly string[]): boolean => /^-?\d{1,6}$/.test(number);
export const scenePage = (page: Page): PageKind => kindOf(page, isSceneNumber);
export const cursorOfScene = ({ number }: Scene): string[] => [String(number)];

/** Pages of scenes by branch, in story order, or in reverse for backward ones. */
export const scenePageLoader = definePageLoader<PageKind, Scene>(
  async ({ deps }, { take, backward, key }, branchIds) => {
    const { rows } = await deps.db.pool.query<{ id: string }>({
      name: backward ? "scene-page-back" : "scene-page",
      text: `SELECT page.id FROM unnest($1::uuid[]) AS b(id)
             CROSS JOIN LATERAL (
               SELECT id FROM scene WHERE branch_id = b.id AND ($3::int IS NULL OR number ${backward ? "<" : ">"} $3)
               ORDER BY number ${backward ? "DESC" : ""} LIMIT $2
             ) page`,
      values: [branchIds, take, key?.[0] ?? null],
    });
    return inOrder(rows, await deps.db.prisma.scene.findMany({ where: { id: { in: rows.map(({ id }) => id) } } }));
  },
  ({ branchId }) => branchId,
);

export const sceneCountLoader = defineLoader<number>(async ({ deps }, branchIds) => {
  const where = { branchId: { in: [...branchIds] } };
  const rows = await deps.db.prisma.scene.groupBy({ by: ["branchId"], where, _count: true });
  return new Map(rows.map((row) => [row.branchId, row._count]));
});

export interface AssetFilter {
  types: readonly ProjectAssetType[] | null;
  /** With LIKE's wildcards escaped. */
  search: string | null;
  isLocked: boolean | null;
  isDeferred: boolean | null;
}

const isAssetKey = ([type = "", name]: readonly string[]): boolean =>
  Object.hasOwn(ProjectAssetType, type) && name !== undefined && isStorable(name);
export const assetPage = (page: Page, filter: AssetFilter) => ({ ...kindOf(page, isAssetKey), filter });
export const cursorOfAsset = ({ type, name }: ProjectAsset): string[] => [type, name];

/** The filter as a condition on project_asset, with the four values from that parameter on. */
const fits = (first: number): string => `
  ($${first}::"ProjectAssetType"[] IS NULL OR type = ANY($${first}))
  AND ($${first + 1}::text IS NULL OR name ILIKE '%' || $${first + 1} || '%' OR description ILIKE '%' || $${first + 1} || '%')
  AND ($${first + 2}::bool IS NULL OR is_locked = $${first + 2}) AND ($${first + 3}::bool IS NULL OR is_deferred = $${first + 3})`;
const valuesOf = ({ types, search, isLocked, isDeferred }: AssetFilter) => [types, search, isLocked, isDeferred];

/** Pages of project assets by branch, by type and name. */
export const assetPageLoader = definePageLoader<PageKind & { filter: AssetFilter }, ProjectAsset>(
  async ({ deps }, { take, backward, key, filter }, branchIds) => {
    const [type = null, name = null] = key ?? [];
    const direction = backward ? "DESC" : "";
    const { rows } = await deps.db.pool.query<{ id: string }>({
      name: backward ? "project-asset-page-back" : "project-asset-page",
      text: `SELECT page.id FROM unnest($1::uuid[]) AS b(id)
             CROSS JOIN LATERAL (
               SELECT id FROM project_asset
               WHERE branch_id = b.id AND ($3::"ProjectAssetType" IS NULL OR (type, name) ${backward ? "<" : ">"} ($3, $4::text))
                 AND ${fits(5)}
               ORDER BY type ${direction}, name ${direction} LIMIT $2
             ) page`,
      values: [branchIds, take, type, name, ...valuesOf(filter)],
    });
    const where = { id: { in: rows.map(({ id }) => id) } };
    return inOrder(rows, await deps.db.prisma.projectAsset.findMany({ where }));
  },
  ({ branchId }) => branchId,
);

/** How many project assets each branch has that fit a filter. */
export const assetCountLoader = definePageLoader<AssetFilter, { branchId: string; count: number }>(
  async ({ deps }, filter, branchIds) => {
    const { rows } = await deps.db.pool.query<{ branchId: string; count: number }>({
      name: "project-asset-count",
      text: `SELECT branch_id AS "branchId", count(*)::int AS count FROM project_asset
             WHERE branch_id = ANY($1::uuid[]) AND ${fits(2)} GROUP BY 1`,
      values: [branchIds, ...valuesOf(filter)],
    });
    return rows;
  },
  ({ branchId }) => branchId,
);

/** As `Date` writes it, of a year that the database has too. */
const isMoment = (text = ""): boolean =>
  /^(?!0000)\d{4}-/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;
export const changePage = (page: Page): PageKind => {
  cursorId(page);
  return kindOf(page, ([, createdAt]) => isMoment(createdAt));
};
export const cursorOfChange = ({ id, createdAt }: SceneAssetChange): string[] => [id, createdAt.toISOString()];

/** Pages of changes by instance, newest first, or oldest first for backward ones. */
export const changePageLoader = definePageLoader<PageKind, SceneAssetChange>(
  async ({ deps }, { take, backward, key }, sceneAssetIds) => {
    const [id = null, createdAt = null] = key ?? [];
    const direction = backward ? "" : "DESC";
    const { rows } = await deps.db.pool.query<{ id: string }>({
      name: backward ? "scene-asset-change-page-back" : "scene-asset-change-page",
      text: `SELECT page.id FROM unnest($1::uuid[]) AS a(id)
             CROSS JOIN LATERAL (
               SELECT id FROM scene_asset_change
               WHERE scene_asset_id = a.id
                 AND ($3::uuid IS NULL OR (created_at, id) ${backward ? ">" : "<"} ($4::timestamptz, $3))
               ORDER BY created_at ${direction}, id ${direction} LIMIT $2
             ) page`,
      values: [sceneAssetIds, take, id, createdAt],
    });
    const where = { id: { in: rows.map((row) => row.id) } };
    return inOrder(rows, await deps.db.prisma.sceneAssetChange.findMany({ where }));
  },
  ({ sceneAssetId }) => sceneAssetId,
);
