import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import type { PlannedRun } from "#domains/queue/submit/plan-job.ts";
import { stringifyJson } from "#lib/json.ts";
import type { SeedMode } from "#platform/db/generated/enums.ts";

/** Runs that one statement inserts. */
const batchSize = 200;

export interface NewJob {
  name: string;
  versionId: string;
  projectId: string | null;
  createdById: string;
  pool: string;
  priority: number;
  params: unknown;
  seedMode: SeedMode;
  allowPartial: boolean;
  timeoutSecs: number;
  idempotencyKey: string | null;
  payloadHash: string | null;
  runs: PlannedRun[];
}

/**
 * Writes jobs and all their runs in one transaction. @returns the jobs' ids in order
 * @throws the database's unique violation when the idempotency key was used in between
 */
export async function storeJobs(
  { db }: Pick<Deps, "db">,
  jobs: readonly NewJob[],
  storeFirst: (client: pg.PoolClient) => Promise<void>,
  alsoStore?: (client: pg.PoolClient, jobIds: readonly string[]) => Promise<void> | undefined,
): Promise<string[]> {
  const client = await db.pool.connect();
  try {
    await client.query("BEGIN");
    await storeFirst(client);
    const ids: string[] = [];
    for (const job of jobs) {
      const id = uuidv7();
      await client.query({
        name: "insert-job",
        text: `INSERT INTO job (id, name, workflow_version_id, project_id, created_by_id, pool, priority, params, seed_mode,
                 allow_partial, timeout_secs, idempotency_key, payload_hash, total, pending)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::"SeedMode", $10, $11, $12, $13, $14, $14)`,
        values: [
          id, job.name, job.versionId, job.projectId, job.createdById, job.pool, job.priority, stringifyJson(job.params), job.seedMode,
          job.allowPartial, job.timeoutSecs, job.idempotencyKey, job.payloadHash, job.runs.length,
        ],
      });
      for (let start = 0; start < job.runs.length; start += batchSize) {
        const rows = job.runs.slice(start, start + batchSize).map(asRow);
        await client.query({ name: "insert-runs", text: insertRuns, values: [id, job.pool, job.priority, job.createdById, JSON.stringify(rows)] });
      }
      ids.push(id);
    }
    await alsoStore?.(client, ids);
    await client.query("COMMIT");
    return ids;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

const insertRuns = `
  WITH given AS (
    SELECT * FROM json_to_recordset($5::json) AS g(
      id uuid, index int, try_index int, seed numeric, input_asset_id uuid, output_prefix text, graph text, prompts jsonb)
  ), inserted AS (
    INSERT INTO run (id, job_id, index, try_index, seed, input_asset_id, output_prefix, pool, priority, created_by_id)
    SELECT id, $1, index, try_index, seed, input_asset_id, output_prefix, $2, $3, $4 FROM given ORDER BY index
    RETURNING id
  )
  INSERT INTO run_graph (run_id, json, prompts) SELECT given.id, given.graph, given.prompts FROM given JOIN inserted USING (id)`;

function asRow(run: PlannedRun) {
  return {
    id: uuidv7(),
    index: run.index,
    try_index: run.tryIndex,
    seed: run.seed.toString(),
    input_asset_id: run.input?.dbId ?? null,
    output_prefix: run.outputPrefix,
    graph: stringifyJson(run.graph),
    prompts: run.prompts,
  };
}
