import type { Deps } from "#app/deps.ts";
import { encodeId } from "#graphql/ids.ts";
import type { FoundEvent } from "#domains/webhooks/logic/payload.ts";
import type { WebhookEvent } from "#platform/db/generated/enums.ts";

export type FindDeps = Pick<Deps, "config" | "db">;

/** Where to look: at these, or, left out, at everything. */
export interface Scope {
  jobIds?: string[];
  takeIds?: string[];
  machines?: boolean;
}

export type Named = { id: string; name: string } | null;
const named = (type: string, id: string | null, name: string | null): Named =>
  id === null ? null : { id: encodeId(type, id), name: name ?? "" };

/** A link into the web client, where its address is known. */
export function linkTo({ config }: Pick<Deps, "config">, path: string): { url?: string } {
  return config.webhooks.webUrl === undefined ? {} : { url: `${config.webhooks.webUrl}${path}` };
}

interface JobRow {
  id: string;
  name: string;
  status: string;
  project_id: string | null;
  project: string | null;
  total: number;
  succeeded: number;
  failed: number;
  canceled: number;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

export async function findJobEvents(deps: FindDeps, since: Date, jobIds?: string[]): Promise<FoundEvent[]> {
  const { rows } = await deps.db.pool.query<JobRow>(
    `SELECT j.id, j.name, j.status, j.project_id, p.name AS project, j.total, j.succeeded, j.failed, j.canceled,
       j.created_at, j.started_at, j.finished_at
     FROM job j LEFT JOIN project p ON p.id = j.project_id
     WHERE ${jobIds ? "j.id = ANY($2) AND" : "$2::uuid[] IS NULL AND"} (j.started_at >= $1 OR j.finished_at >= $1)`,
    [since, jobIds ?? null],
  );
  return rows.flatMap((row) => {
    const id = encodeId("Job", row.id);
    const { name, status, total, succeeded, failed, canceled } = row;
    const data = {
      job: {
        id,
        name,
        status,
        project: named("Project", row.project_id, row.project),
        runs: { total, succeeded, failed, canceled },
        createdAt: row.created_at,
        startedAt: row.started_at,
        finishedAt: row.finished_at,
        ...linkTo(deps, `/jobs/${encodeURIComponent(id)}`),
      },
    };
    const found = (event: WebhookEvent, at: Date | null): FoundEvent[] =>
      at === null || at < since
        ? []
        : [{ event, key: `${row.id} ${at.toISOString()}`, at, projectId: row.project_id, data }];
    return [...found("JOB_STARTED", row.started_at), ...found("JOB_ENDED", row.finished_at)];
  });
}

interface RunRow {
  id: string;
  index: number;
  status: "SUCCEEDED" | "FAILED";
  attempt: number;
  error: { code: string; message: string } | null;
  finished_at: Date;
  job_id: string;
  job: string;
  project_id: string | null;
  project: string | null;
  machine_id: string | null;
  machine: string | null;
}

/** Runs by way of their jobs: they have no index by time, which would cost each of them a write. */
export async function findRunEvents(
  deps: FindDeps,
  since: Date,
  statuses: string[],
  jobIds?: string[],
): Promise<FoundEvent[]> {
  const { rows } = await deps.db.pool.query<RunRow>(
    `SELECT r.id, r.index, r.status, r.attempt, r.error, r.finished_at, j.id AS job_id, j.name AS job,
       j.project_id, p.name AS project, m.id AS machine_id, m.name AS machine
     FROM job j JOIN run r ON r.job_id = j.id
       LEFT JOIN project p ON p.id = j.project_id LEFT JOIN machine m ON m.id = r.machine_id
     WHERE ${jobIds ? "j.id = ANY($3)" : "$3::uuid[] IS NULL AND (j.finished_at IS NULL OR j.finished_at >= $1)"}
       AND r.status = ANY($2::"RunStatus"[]) AND r.finished_at >= $1`,
    [since, statuses, jobIds ?? null],
  );
  return rows.map((row) => {
    const jobId = encodeId("Job", row.job_id);
    return {
      event: `RUN_${row.status}`,
      key: `${row.id} ${row.finished_at.toISOString()}`,
      at: row.finished_at,
      projectId: row.project_id,
      data: {
        run: {
          id: encodeId("Run", row.id),
          index: row.index,
          status: row.status,
          attempt: row.attempt,
          error: row.status === "FAILED" && row.error ? { code: row.error.code, message: row.error.message } : null,
          finishedAt: row.finished_at,
          job: named("Job", row.job_id, row.job),
          project: named("Project", row.project_id, row.project),
          machine: named("Machine", row.machine_id, row.machine),
          ...linkTo(deps, `/jobs/${encodeURIComponent(jobId)}`),
        },
      },
    };
  });
}
