import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import type { PlannedRun } from "#domains/queue/submit/plan-job.ts";
import { modelFiles } from "#domains/workflows/logic/model-files.ts";
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
  requiredLabels: string[];
  stageOnSubmit: boolean;
  params: unknown;
  seedMode: SeedMode;
  allowPartial: boolean;
  timeoutSecs: number;
  idempotencyKey: string | null;
  payloadHash: string | null;
  /** By which request it came, if by one, and in which trace. */
  requestId?: string | null;
  traceparent?: string | null;
  runs: PlannedRun[];
}

/** The only job, when one statement stores all of it. */
export function smallJob(jobs: readonly NewJob[]): NewJob | null {
  const [job] = jobs;
  return job && jobs.length === 1 && job.runs.length <= batchSize ? job : null;
}

/**
 * Writes jobs and all their runs in one transaction, and does not wait for the disk: the caller flushes before it answers.
 * @returns the jobs' ids in order
 * @throws the database's unique violation when the idempotency key was used in between
 */
export async function storeJobs(
  { db }: Pick<Deps, "db">,
  jobs: readonly NewJob[],
  storeFirst?: (client: pg.PoolClient) => Promise<void>,
  alsoStore?: (client: pg.PoolClient, jobIds: readonly string[]) => Promise<void>,
): Promise<string[]> {
  const client = await db.relaxedPool.connect();
  try {
    await client.query("BEGIN");
    await storeFirst?.(client);
    const ids: string[] = [];
    for (const job of jobs) ids.push(await insertJob(client, job));
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

/** The job and its first runs in one statement, further runs in batches. @returns its id */
export async function insertJob(client: Pick<pg.Pool, "query">, job: NewJob): Promise<string> {
  const id = uuidv7();
  await client.query({
    name: "insert-job",
    text: insertJobAndRuns,
    values: [
      id,
      job.pool,
      job.priority,
      job.createdById,
      rowsOf(job, 0),
      job.name,
      job.versionId,
      job.projectId,
      stringifyJson(job.params),
      job.seedMode,
      job.allowPartial,
      job.timeoutSecs,
      job.idempotencyKey,
      job.payloadHash,
      job.runs.length,
      job.requiredLabels,
      job.stageOnSubmit,
      job.requestId ?? null,
      job.traceparent ?? null,
    ],
  });
  for (let start = batchSize; start < job.runs.length; start += batchSize) {
    await client.query({
      name: "insert-runs",
      text: insertRuns,
      values: [id, job.pool, job.priority, job.createdById, rowsOf(job, start), job.requiredLabels],
    });
  }
  return id;
}

const rowsOf = (job: NewJob, start: number): string =>
  JSON.stringify(job.runs.slice(start, start + batchSize).map(asRow));

const runParts = (labels: string): string => `given AS (
    SELECT * FROM json_to_recordset($5::json) AS g(
      id uuid, index int, try_index int, seed numeric, choice_seed numeric, input_asset_id uuid, output_prefix text, width int, height int, needs text, graph text, prompts jsonb, models text[])
  ), inserted AS (
    INSERT INTO run (id, job_id, index, try_index, seed, choice_seed, input_asset_id, output_prefix, width, height, needs, pool, priority, created_by_id, required_labels)
    SELECT id, $1, index, try_index, seed, choice_seed, input_asset_id, output_prefix, width, height, needs, $2, $3, $4, ${labels}::text[] FROM given ORDER BY index
    RETURNING id
  )
  INSERT INTO run_graph (run_id, json, prompts, models) SELECT given.id, given.graph, given.prompts, given.models FROM given JOIN inserted USING (id)`;

const insertRuns = `WITH ${runParts("$6")}`;

const insertJobAndRuns = `
  WITH job AS (
    INSERT INTO job (id, pool, priority, created_by_id, name, workflow_version_id, project_id, params, seed_mode,
      allow_partial, timeout_secs, idempotency_key, payload_hash, total, pending, required_labels, stage_on_submit, request_id, traceparent)
    VALUES ($1, $2, $3, $4, $6, $7, $8, $9, $10::"SeedMode", $11, $12, $13, $14, $15, $15, $16::text[], $17, $18, $19)
  ), ${runParts("$16")}`;

function asRow(run: PlannedRun) {
  return {
    id: uuidv7(),
    index: run.index,
    try_index: run.tryIndex,
    seed: run.seed.toString(),
    choice_seed: run.choiceSeed.toString(),
    input_asset_id: run.input?.dbId ?? null,
    output_prefix: run.outputPrefix,
    width: run.size?.width ?? null,
    height: run.size?.height ?? null,
    needs: run.needs,
    graph: stringifyJson(run.graph),
    prompts: run.prompts,
    models: modelFiles(run.graph),
  };
}
