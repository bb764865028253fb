import type { Deps } from "#app/deps.ts";
import { type RunHistory, type RunTimes, sizeKey } from "#domains/queue/estimates/logic/run-times.ts";

export interface VersionOnPool {
  versionId: string;
  pool: string;
}

const pairKey = ({ versionId, pool }: VersionOnPool): string => `${versionId} ${pool}`;

/** The latest jobs that count, and the latest runs of each. */
const historyLimits = { jobs: 20, runs: 50 };

/**
 * Execution times of the latest successful runs, for any number of versions and pools in one statement. Waiting and
 * transfer are no part of them.
 */
export async function readHistories(
  { db }: Pick<Deps, "db">,
  wanted: readonly VersionOnPool[],
): Promise<(pair: VersionOnPool) => RunHistory> {
  const pairs = [...new Map(wanted.map((pair) => [pairKey(pair), pair])).values()];
  type Row = VersionOnPool & RunTimes & { width: number | null; height: number | null; isAll: boolean };
  const { rows } =
    pairs.length === 0
      ? { rows: [] }
      : await db.pool.query<Row>({
          name: "run-histories",
          text: `
            SELECT pair.version_id AS "versionId", pair.pool, run.width, run.height, grouping(run.width) = 1 AS "isAll",
              percentile_cont(0.5) WITHIN GROUP (ORDER BY run.secs) AS p50,
              percentile_cont(0.9) WITHIN GROUP (ORDER BY run.secs) AS p90, count(*)::int AS "sampleCount"
            FROM unnest($1::uuid[], $2::text[]) AS pair(version_id, pool)
            CROSS JOIN LATERAL (
              SELECT id FROM job WHERE job.workflow_version_id = pair.version_id AND job.pool = pair.pool AND job.succeeded > 0
              ORDER BY id DESC LIMIT ${historyLimits.jobs}
            ) AS job
            CROSS JOIN LATERAL (
              SELECT width, height, extract(epoch FROM executed_until - executed_at)::float8 AS secs FROM run
              WHERE run.job_id = job.id AND run.status = 'SUCCEEDED' AND executed_until IS NOT NULL
              ORDER BY index DESC LIMIT ${historyLimits.runs}
            ) AS run
            GROUP BY GROUPING SETS ((pair.version_id, pair.pool), (pair.version_id, pair.pool, run.width, run.height))`,
          values: [pairs.map(({ versionId }) => versionId), pairs.map(({ pool }) => pool)],
        });
  const histories = new Map<string, { all: RunTimes | null; bySize: Map<string, RunTimes> }>();
  for (const { width, height, isAll, versionId, pool, ...times } of rows) {
    const key = pairKey({ versionId, pool });
    const history = histories.get(key) ?? { all: null, bySize: new Map() };
    histories.set(key, history);
    if (isAll) history.all = times;
    else if (width !== null && height !== null) history.bySize.set(sizeKey({ width, height }), times);
  }
  return (pair) => histories.get(pairKey(pair)) ?? { all: null, bySize: new Map() };
}

/** How many runs the machines of each pool can execute at once. Machines that are disabled or paused have no places. */
export async function readPlaces({ db }: Pick<Deps, "db">): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.pool.query<{ pool: string; places: number }>({
    name: "pool-places",
    text: `SELECT pool, sum(concurrency)::int AS places FROM machine, unnest(pools) AS pool
           WHERE is_enabled AND NOT is_paused GROUP BY pool`,
  });
  return new Map(rows.map(({ pool, places }) => [pool, places]));
}
