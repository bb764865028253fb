import type { Deps } from "#app/deps.ts";
import { normaliseTags } from "#domains/fragments/logic/normalise-tags.ts";
import { prefixQuery } from "#domains/fragments/logic/prefix-query.ts";
import { notACursor, type Page } from "#graphql/connection.ts";
import { isUuid } from "#graphql/ids.ts";
import { isStorable } from "#lib/storable-text.ts";
import type { Fragment } from "#platform/db/generated/client.ts";

export interface FragmentFilter {
  search?: string | undefined;
  category?: string | undefined;
  /** A fragment must have all of them. */
  tags?: string[] | undefined;
  /** Its pinned fragments come first. */
  sceneTypeId?: string | undefined;
}

export type FoundFragment = Fragment & { pinned: 0 | 1 };

const columns = `f.id, f.text, f.description, f.category, f.tags, f.usage_count AS "usageCount", f.created_at AS "createdAt", f.updated_at AS "updatedAt"`;

/** How many fragments are looked at in their order before the matches are gathered and sorted. */
const headSize = 2_000;

/**
 * A page of fragments: those pinned to the scene type first, then the most used, then the newest (ids are in order of
 * time). Pinned and other ones are two ranges, one after the other. One statement, which costs the same on every page.
 */
export async function searchFragments(
  { db }: Pick<Deps, "db">,
  filter: FragmentFilter,
  page: Page,
): Promise<FoundFragment[]> {
  const parameters: unknown[] = [];
  const add = (value: unknown): string => `$${parameters.push(value)}`;
  const matches = conditionsOf(filter, add);
  const after = page.cursor && readCursor(page);
  const direction = page.backward ? "ASC" : "DESC";
  const limit = add(page.take);
  const pinsOf = filter.sceneTypeId === undefined ? "" : `p.scene_type_id = ${add(filter.sceneTypeId)}::uuid`;

  const range = (pinned: 0 | 1): string | null => {
    if (after && after.pinned !== pinned) {
      const isAhead = page.backward ? pinned > after.pinned : pinned < after.pinned;
      if (!isAhead) return null;
    }
    const behind =
      after?.pinned === pinned
        ? `(f.usage_count, f.id) ${page.backward ? ">" : "<"} (${add(after.usageCount)}::int, ${add(after.id)}::uuid)`
        : "true";
    const shape = { columns: `${columns}, ${pinned} AS pinned`, behind, conditions: matches, direction, limit };
    // Pins are few: they are looked at one by one. OFFSET 0 keeps Postgres from beginning with the matches.
    if (pinned === 1)
      return sorted(
        shape,
        `(SELECT f.* FROM fragment_pin p JOIN fragment f ON f.id = p.fragment_id WHERE ${pinsOf} OFFSET 0) f`,
      );
    if (pinsOf !== "")
      shape.conditions = [
        ...matches,
        `NOT EXISTS (SELECT FROM fragment_pin p WHERE p.fragment_id = f.id AND ${pinsOf})`,
      ];
    return matches.length === 0 ? inOrder(shape) : headFirst(shape);
  };
  const ranges = [filter.sceneTypeId === undefined ? null : range(1), range(0)].filter((sql) => sql !== null);
  if (ranges.length === 0) return [];
  const { rows } = await db.pool.query<FoundFragment>(
    `SELECT * FROM (${ranges.join(" UNION ALL ")}) found ORDER BY pinned ${direction}, "usageCount" ${direction}, id ${direction} LIMIT ${limit}`,
    parameters,
  );
  return page.backward ? rows.toReversed() : rows;
}

interface RangeShape {
  columns: string;
  behind: string;
  conditions: readonly string[];
  direction: string;
  limit: string;
}

/** Reads along the index: for what nearly everything fits. */
function inOrder({ columns, behind, conditions, direction, limit }: RangeShape): string {
  const where = [behind, ...conditions].join(" AND ");
  return `(SELECT ${columns} FROM fragment f WHERE ${where} ORDER BY f.usage_count ${direction}, f.id ${direction} LIMIT ${limit})`;
}

/** Gathers what fits, through the index of what is asked for, then sorts. The + 0 keeps Postgres from reading along the order instead. */
function sorted({ columns, behind, conditions, direction, limit }: RangeShape, from = "fragment f"): string {
  const where = [behind, ...conditions].join(" AND ");
  return `(SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY f.usage_count + 0 ${direction}, f.id ${direction} LIMIT ${limit})`;
}

/**
 * Postgres can't tell how many fragments have a word that begins so, and a wrong guess reads the whole library. So the first
 * ones are looked at in their order; only when too few of them fit are all matches gathered.
 */
function headFirst(shape: RangeShape): string {
  const { columns, behind, conditions, direction, limit } = shape;
  const order = `ORDER BY f.usage_count ${direction}, f.id ${direction}`;
  const isWhole = `(SELECT count(*) FROM head) = ${limit}`;
  const rest = sorted({ ...shape, conditions: [...conditions, `NOT ${isWhole}`] });
  return `(WITH head AS MATERIALIZED (
      SELECT ${columns} FROM (SELECT * FROM fragment f WHERE ${behind} ${order} LIMIT ${headSize}) f
      WHERE ${conditions.join(" AND ")} ${order} LIMIT ${limit})
    SELECT * FROM head WHERE ${isWhole} UNION ALL ${rest})`;
}

export async function countFragments({ db }: Pick<Deps, "db">, filter: FragmentFilter): Promise<number> {
  const parameters: unknown[] = [];
  const conditions = conditionsOf(filter, (value) => `$${parameters.push(value)}`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  const { rows } = await db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM fragment f ${where}`,
    parameters,
  );
  return rows[0]?.count ?? 0;
}

/** What `toConnection` writes into cursors. */
export function cursorOfFragment(fragment: FoundFragment): string[] {
  return [String(fragment.pinned), String(fragment.usageCount), fragment.id];
}

function readCursor(page: Page): { pinned: number; usageCount: number; id: string } {
  const [pinned = "", usageCount = "", id = ""] = page.cursor ?? [];
  if (!/^[01]$/.test(pinned) || !/^\d{1,9}$/.test(usageCount) || !isUuid(id)) throw notACursor(page);
  return { pinned: Number(pinned), usageCount: Number(usageCount), id };
}

/** The filter as conditions on `f`; `add` answers the placeholder of a value. */
export function conditionsOf({ search, category, tags }: FragmentFilter, add: (value: unknown) => string): string[] {
  const conditions: string[] = [];
  const query = search === undefined ? null : prefixQuery(search);
  if (query !== null) conditions.push(`f.search @@ to_tsquery('simple', ${add(query)})`);
  // Nothing typed means no filter; signs alone were typed but occur in no index.
  else if (search !== undefined && search.trim() !== "") conditions.push("false");
  if (category !== undefined) conditions.push(isStorable(category) ? `f.category = ${add(category.trim())}` : "false");
  const wanted = normaliseTags(tags ?? []);
  if (wanted.length > 0) conditions.push(wanted.every(isStorable) ? `f.tags @> ${add(wanted)}::text[]` : "false");
  return conditions;
}
