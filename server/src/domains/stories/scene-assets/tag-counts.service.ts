import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireBranch } from "#domains/stories/continuity/find-scene.ts";

export interface TagCount {
  tag: string;
  count: number;
}

/** How many states of a branch have which tag, the most frequent first. @throws NotFoundError */
export async function tagCounts({ db }: Pick<Deps, "db">, viewer: Viewer, branchId: string): Promise<TagCount[]> {
  await requireBranch({ db }, viewer, branchId);
  const { rows } = await db.pool.query<TagCount>({
    name: "status-tag-counts",
    text: `SELECT tag, count(*)::int AS count FROM scene
           JOIN scene_asset ON scene_asset.scene_id = scene.id CROSS JOIN LATERAL unnest(status_tags) AS tag
           WHERE scene.branch_id = $1 GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 500`,
    values: [branchId],
  });
  return rows;
}
