import type { TestApp } from "#test/test-app.ts";

/** What must hold after any drill. Every list is empty when all is well. */
export interface Audit {
  /** Runs that are in no final state, or SUCCEEDED without their file. */
  unfinished: string[];
  incomplete: string[];
  /** Jobs whose counters differ from their runs. */
  miscounted: string[];
  /** Files that no row knows, and rows whose file is not there. */
  orphanedFiles: string[];
  missingFiles: string[];
  /** Assets of outputs that no run has. */
  orphanedAssets: string[];
  /** Runs of which the machines executed more than one prompt to its end. */
  executedTwice: string[];
}

/** @param filesOfRun outputs that each run makes */
export async function audit({ deps, simulators }: TestApp, filesOfRun = 1): Promise<Audit> {
  const { pool } = deps.db;
  const list = async (sql: string, values: unknown[] = []): Promise<string[]> =>
    (await pool.query<{ what: string }>(sql, values)).rows.map((row) => row.what);
  const blobs = await list(`SELECT sha256 AS what FROM blob`);
  const files: string[] = [];
  for await (const { sha256 } of deps.storage.listUntouched(Number.NEGATIVE_INFINITY)) files.push(sha256);
  const known = new Set(blobs);
  const there = new Set(files);
  return {
    unfinished: await list(
      `SELECT id || ' ' || status AS what FROM run WHERE status NOT IN ('SUCCEEDED', 'FAILED', 'CANCELED')`,
    ),
    incomplete: await list(
      `SELECT run.id || ' has ' || count(asset_id) AS what FROM run LEFT JOIN run_output ON run_id = run.id
       WHERE status = 'SUCCEEDED' GROUP BY run.id HAVING count(asset_id) <> $1`,
      [filesOfRun],
    ),
    miscounted: await list(
      `SELECT job.id AS what FROM job JOIN run ON run.job_id = job.id GROUP BY job.id HAVING succeeded <> count(*) FILTER (WHERE run.status = 'SUCCEEDED')
         OR failed <> count(*) FILTER (WHERE run.status = 'FAILED') OR canceled <> count(*) FILTER (WHERE run.status = 'CANCELED')
         OR total <> count(*) OR pending + active + canceling <> 0 OR job.finished_at IS NULL`,
    ),
    orphanedFiles: files.filter((file) => !known.has(file)),
    missingFiles: blobs.filter((sha256) => !there.has(sha256)),
    orphanedAssets: await list(
      `SELECT id AS what FROM asset WHERE kind = 'OUTPUT' AND NOT EXISTS (SELECT 1 FROM run_output WHERE asset_id = asset.id)`,
    ),
    executedTwice: executedTwice(simulators),
  };
}

export const allWell: Audit = {
  unfinished: [],
  incomplete: [],
  miscounted: [],
  orphanedFiles: [],
  missingFiles: [],
  orphanedAssets: [],
  executedTwice: [],
};

/** Prompts carry their run's id. One that its machine forgot while it ran has not ended, and may run again. */
function executedTwice(simulators: TestApp["simulators"]): string[] {
  const ends = new Map<string, number>();
  for (const { state, extraData } of simulators.flatMap((simulator) => simulator.executions)) {
    const { runId } = extraData["callsheet"] as { runId: string };
    if (state === "succeeded") ends.set(runId, (ends.get(runId) ?? 0) + 1);
  }
  return [...ends].filter(([, count]) => count > 1).map(([runId, count]) => `${runId} ${count} times`);
}
