import type { Deps } from "#app/deps.ts";
import { conditionsOf, type FragmentFilter } from "#domains/fragments/search-fragments.ts";

/** A category or tag, and how many fragments have it. */
export interface FacetCount {
  name: string;
  count: number;
}

/** What a filter can still offer; a library has many tags that occur once. */
const maxFacets = 500;

/** The categories of the fragments that match, the most frequent first. */
export async function countCategories(deps: Pick<Deps, "db">, filter: FragmentFilter): Promise<FacetCount[]> {
  return countBy(deps, filter, "f.category", "fragment f", "f.category IS NOT NULL");
}

/** The tags of the fragments that match, the most frequent first. */
export async function countTags(deps: Pick<Deps, "db">, filter: FragmentFilter): Promise<FacetCount[]> {
  return countBy(deps, filter, "tag", "fragment f CROSS JOIN unnest(f.tags) AS tag");
}

async function countBy(
  { db }: Pick<Deps, "db">,
  filter: FragmentFilter,
  name: string,
  from: string,
  ...also: string[]
): Promise<FacetCount[]> {
  const parameters: unknown[] = [];
  const conditions = [...conditionsOf(filter, (value) => `$${parameters.push(value)}`), ...also];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  const { rows } = await db.pool.query<FacetCount>(
    `SELECT ${name} AS name, count(*)::int AS count FROM ${from} ${where}
     GROUP BY ${name} ORDER BY count DESC, name LIMIT ${maxFacets}`,
    parameters,
  );
  return rows;
}
