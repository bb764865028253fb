import type pg from "pg";
import type { Deps } from "#app/deps.ts";

/** The graph of a take's segment (or of its one run) as it ran, and the picture in it; null when its job is gone. */
export async function graphOfSegment(
  { db }: Pick<Deps, "db">,
  takeId: string,
  index: number,
): Promise<{ json: string; inputSha256: string | null } | null> {
  const { rows } = await db.pool.query<{ json: string; inputSha256: string | null }>(
    `SELECT g.json, a.sha256 AS "inputSha256"
     FROM take t LEFT JOIN take_segment s ON s.take_id = t.id AND s.index = $2
     JOIN run r ON r.job_id = coalesce(s.job_id, CASE WHEN $2 = 0 THEN t.job_id END)
     JOIN run_graph g ON g.run_id = r.id LEFT JOIN asset a ON a.id = r.input_asset_id
     WHERE t.id = $1 ORDER BY r.index LIMIT 1`,
    [takeId, index],
  );
  return rows[0] ?? null;
}

/**
 * Gives the one run of a job that has not begun the graph of another, with its own picture in it: what was edited in the
 * workflow since (defaults of parameters, say) is not to be seen in it.
 */
export async function useGraph(
  client: pg.PoolClient,
  jobId: string,
  { json, inputSha256 }: { json: string; inputSha256: string | null },
  ownSha256: string | null,
): Promise<void> {
  const graph = inputSha256 && ownSha256 ? json.replaceAll(`callsheet/${inputSha256}`, `callsheet/${ownSha256}`) : json;
  await client.query(`UPDATE run_graph SET json = $2 FROM run WHERE run.id = run_graph.run_id AND run.job_id = $1`, [
    jobId,
    graph,
  ]);
}
