import type { Deps } from "#app/deps.ts";
import { normaliseTags } from "#domains/fragments/logic/normalise-tags.ts";
import { prefixQuery } from "#domains/fragments/logic/prefix-query.ts";
import type { Page } from "#graphql/connection.ts";
import { ValidationError } from "#lib/domain-error.ts";
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

/**
 * A page of fragments: those pinned to the scene type first, then the most used, then the newest (ids are in order of
 * time). Pinned and other ones are two ranges, each read along the index, so that a page costs the same anywhere.
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

  const range = (pinned: 0 | 1): string | null => {
    const conditions = [...matches];
    if (after && after.pinned !== pinned) {
      const isAhead = page.backward ? pinned > after.pinned : pinned < after.pinned;
      if (!isAhead) return null;
    } else if (after) {
      conditions.push(
        `(f.usage_count, f.id) ${page.backward ? ">" : "<"} (${add(after.usageCount)}::int, ${add(after.id)}::uuid)`,
      );
    }
    if (filter.sceneTypeId !== undefined) {
      const pin = `SELECT FROM fragment_pin p WHERE p.fragment_id = f.id AND p.scene_type_id = ${add(filter.sceneTypeId)}::uuid`;
      conditions.push(`${pinned === 1 ? "" : "NOT "}EXISTS (${pin})`);
    }
    const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
    return `(SELECT ${columns}, ${pinned} AS pinned FROM fragment f ${where} ORDER BY f.usage_count ${direction}, f.id ${direction} LIMIT ${limit})`;
  };
  const ranges = [filter.sceneTypeId === undefined ? null : range(1), range(0)].filter((sql) => sql !== null);
  if (ranges.length === 0) return [];
  const { rows } = await db.pool.query<FoundFragment>(
    `SELECT * FROM (${ranges.join(" UNION ALL ")}) found ORDER BY pinned ${direction}, "usageCount" ${direction}, id ${direction} LIMIT ${limit}`,
    parameters,
  );
  return page.backward ? rows.toReversed() : rows;
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
  const isOurs =
    /^[01]$/.test(pinned) && /^\d{1,9}$/.test(usageCount) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  if (!isOurs) throw ValidationError.at([page.backward ? "before" : "after"], "not a cursor of this connection");
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
