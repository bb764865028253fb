import type { Deps } from "#app/deps.ts";

const maxKeys = 500;

/** Keys in the metadata of characters of these projects (null: of all), the most frequent first. */
export async function countMetadataKeys(
  { db }: Pick<Deps, "db">,
  projectIds: readonly string[] | null,
): Promise<{ name: string; count: number }[]> {
  const { rows } = await db.pool.query<{ name: string; count: number }>({
    name: "count-metadata-keys",
    text: `SELECT key AS name, count(*)::int AS count FROM "character" c CROSS JOIN jsonb_object_keys(c.metadata) AS key
           WHERE $1::uuid[] IS NULL OR c.project_id = ANY ($1) GROUP BY key ORDER BY count DESC, key LIMIT ${maxKeys}`,
    values: [projectIds],
  });
  return rows;
}
