import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import type { InputSource } from "#domains/queue/worker/open-source.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { parseJson } from "#lib/json.ts";
import type { RunStatus } from "#platform/db/generated/enums.ts";

/** All that a worker needs of a run, read in one statement. */
export interface LoadedRun {
  id: string;
  jobId: string;
  index: number;
  status: RunStatus;
  attempt: number;
  transientFailures: number;
  comfyPromptId: string | null;
  postedAt: Date | null;
  submittedAt: Date | null;
  outputPrefix: string;
  pool: string;
  /** What its graph asks of a machine. */
  needs: string;
  requiredLabels: string[];
  timeoutSecs: number;
  allowPartial: boolean;
  projectId: string | null;
  createdById: string;
  /** By which request its job came, if by one, and in which trace. */
  requestId: string | null;
  traceparent: string | null;
  workflowVersionId: string;
  /** Its input, when that is read where it lies. */
  source: InputSource | null;
  machine: { id: string; name: string; url: string; apiKey: string | null; failureStreak: number } | null;
  graph: ApiGraph;
  /** From the submit to the claim, in seconds. */
  waitedSecs: number | null;
}

export async function loadRun({ db }: Pick<Deps, "db">, runId: string): Promise<LoadedRun | null> {
  // Planned once there; elsewhere Postgres would plan it anew each time, since it can't tell how long a list is.
  const [run] = await loadRuns(db.relaxedPool, [runId]);
  return run ?? null;
}

/** Runs that are no more are left out. */
export async function loadRuns(client: Pick<pg.Pool, "query">, runIds: readonly string[]): Promise<LoadedRun[]> {
  const { rows } = await client.query<Omit<LoadedRun, "graph"> & { json: string }>({
    name: "load-run",
    text: `
      SELECT run.id, run.job_id AS "jobId", run.index, run.status, run.attempt, run.transient_failures AS "transientFailures",
        run.comfy_prompt_id AS "comfyPromptId", run.posted_at AS "postedAt", run.submitted_at AS "submittedAt",
        run.output_prefix AS "outputPrefix", run.pool, run.needs, run.required_labels AS "requiredLabels",
        job.timeout_secs AS "timeoutSecs", job.allow_partial AS "allowPartial", job.project_id AS "projectId",
        job.created_by_id AS "createdById", job.request_id AS "requestId", job.traceparent, job.workflow_version_id AS "workflowVersionId", graph.json,
        extract(epoch FROM run.started_at - run.created_at)::float8 AS "waitedSecs",
        CASE WHEN machine.id IS NULL THEN NULL ELSE
          json_build_object('id', machine.id, 'name', machine.name, 'url', machine.url, 'apiKey', machine.api_key, 'failureStreak', machine.failure_streak) END AS machine,
        CASE WHEN input.is_in_place THEN json_build_object('filename', input.filename, 'path', input.source_path, 'sha256', input.sha256,
          'modifiedAt', input.source_modified_at, 'bytes', (SELECT bytes FROM blob WHERE blob.sha256 = input.sha256)) END AS source
      FROM run JOIN job ON job.id = run.job_id JOIN run_graph graph ON graph.run_id = run.id
      LEFT JOIN machine ON machine.id = run.machine_id
      LEFT JOIN asset input ON input.id = run.input_asset_id
      WHERE run.id = ANY($1::uuid[])`,
    values: [runIds],
  });
  return rows.map(({ json, ...run }) => ({ ...run, graph: parseJson(json) as unknown as ApiGraph }));
}
