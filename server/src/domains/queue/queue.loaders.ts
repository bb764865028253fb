import type { Viewer } from "#domains/accounts/viewer.ts";
import { ownedBy } from "#domains/accounts/viewer.ts";
import type { AssetRow } from "#domains/assets/assets.graphql.ts";
import { activeStatuses } from "#domains/queue/logic/run-status.ts";
import type { PromptSnapshot } from "#domains/queue/submit/submit-input.ts";
import { byId, defineListLoader, defineLoader, definePageLoader } from "#graphql/loader.ts";
import { isoTimestamps } from "#platform/db/iso-timestamps.ts";
import type { Job } from "#platform/db/generated/client.ts";
import type { RunStatus } from "#platform/db/generated/enums.ts";

/** A run as lists show it: without its graph. */
export interface RunRow {
  id: string;
  jobId: string;
  index: number;
  status: RunStatus;
  attempt: number;
  progress: number;
  currentNode: string | null;
  comfyPromptId: string | null;
  machineId: string | null;
  seed: string | null;
  choiceSeed: string | null;
  inputAssetId: string | null;
  outputPrefix: string;
  error: { code: string; message: string; nodeId: string | null; nodeType: string | null; details: unknown } | null;
  createdAt: Date | string;
  startedAt: Date | string | null;
  submittedAt: Date | string | null;
  executedAt: Date | string | null;
  executedUntil: Date | string | null;
  finishedAt: Date | string | null;
}

/** A job as lists show it: moments may be ISO text. */
export type JobRow = Omit<Job, "createdAt" | "startedAt" | "finishedAt"> & {
  createdAt: Date | string;
  startedAt: Date | string | null;
  finishedAt: Date | string | null;
};

/** Columns of a JobRow, for raw statements on a table or alias named `job`. */
export const jobColumns = `
  job.id, job.name, job.workflow_version_id AS "workflowVersionId", job.project_id AS "projectId", job.parent_id AS "parentId", job.created_by_id AS "createdById",
  job.pool, job.priority, job.is_paused AS "isPaused", job.required_labels AS "requiredLabels", job.stage_on_submit AS "stageOnSubmit", job.params, job.seed_mode AS "seedMode", job.allow_partial AS "allowPartial",
  job.timeout_secs AS "timeoutSecs", job.idempotency_key AS "idempotencyKey", job.payload_hash AS "payloadHash", job.total, job.pending,
  job.active, job.canceling, job.succeeded, job.failed, job.canceled, job.status, job.actionable_rank AS "actionableRank",
  job.created_at AS "createdAt", job.started_at AS "startedAt", job.finished_at AS "finishedAt"`;

/** Columns of a RunRow, for raw statements on a table or alias named `run`. */
export const runColumns = `
  run.id, run.job_id AS "jobId", run.index, run.status, run.attempt, run.progress, run.current_node AS "currentNode",
  run.comfy_prompt_id AS "comfyPromptId", run.machine_id AS "machineId", run.seed::text AS seed, run.choice_seed::text AS "choiceSeed", run.input_asset_id AS "inputAssetId",
  run.output_prefix AS "outputPrefix", run.error, run.created_at AS "createdAt", run.started_at AS "startedAt",
  run.submitted_at AS "submittedAt", run.executed_at AS "executedAt",
  run.executed_until AS "executedUntil", run.finished_at AS "finishedAt"`;

const visible = (viewer: Viewer | null) => (viewer ? ownedBy(viewer) : { id: "" });

export const jobLoader = defineLoader<JobRow>(async ({ deps, viewer }, ids) =>
  byId(await deps.db.prisma.job.findMany({ where: { AND: [{ id: { in: [...ids] } }, visible(viewer)] } })),
);

/** Runs of jobs that the viewer may see. */
export const runLoader = defineLoader<RunRow>(async (context, ids) => {
  const { rows } = await context.deps.db.pool.query<RunRow>(
    `SELECT ${runColumns} FROM run WHERE id = ANY($1::uuid[])`,
    [ids],
  );
  const jobs = await jobLoader(context).loadMany([...new Set(rows.map((row) => row.jobId))]);
  const seen = new Set(jobs.flatMap((job) => (job && !(job instanceof Error) ? [job.id] : [])));
  return byId(rows.filter((row) => seen.has(row.jobId)));
});

/** Id of the run that made an asset. */
export const runOfAssetLoader = defineLoader<string>(async ({ deps }, assetIds) => {
  const rows = await deps.db.prisma.runOutput.findMany({
    where: { assetId: { in: [...assetIds] } },
    select: { assetId: true, runId: true },
  });
  return new Map(rows.map((row) => [row.assetId, row.runId]));
});

/**
 * Runs of a job that have ended, and the shares that are done of those in hand, summed, by job. Both at one moment: a run
 * that ends between two reads would count in neither.
 */
export const doneRunsLoader = defineLoader<number>(async ({ deps }, ids) => {
  const { rows } = await deps.db.pool.query<{ id: string; sum: number }>({
    name: "active-progress",
    text: `SELECT job.id, job.succeeded + job.failed + job.canceled + coalesce(
             (SELECT sum(progress) FROM run WHERE job_id = job.id AND status = ANY($2::"RunStatus"[])), 0) AS sum
           FROM job WHERE id = ANY($1::uuid[])`,
    values: [ids, activeStatuses],
  });
  return new Map(rows.map((row) => [row.id, row.sum]));
});

/** Output assets by run, in their order. */
export const outputsLoader = defineListLoader<AssetRow & { runId: string }>(
  async ({ deps }, runIds) => {
    const rows = await deps.db.prisma.runOutput.findMany({
      where: { runId: { in: [...runIds] } },
      orderBy: [{ runId: "asc" }, { index: "asc" }],
      include: { asset: { include: { blob: true } } },
    });
    return rows.map(({ runId, asset }) => ({ ...asset, runId }));
  },
  (row) => row.runId,
);

/** The newest outputs of jobs, a few for each. */
export const latestOutputsLoader = defineListLoader<AssetRow & { jobId: string }>(
  async ({ deps }, jobIds) => {
    const { rows } = await deps.db.pool.query<{ jobId: string; assetId: string }>({
      name: "latest-outputs",
      text: `SELECT j.id AS "jobId", o.asset_id AS "assetId" FROM unnest($1::uuid[]) AS j(id)
             CROSS JOIN LATERAL (
               SELECT run_output.asset_id FROM run JOIN run_output ON run_output.run_id = run.id
               WHERE run.job_id = j.id AND run.status = 'SUCCEEDED'
               ORDER BY run.finished_at DESC, run.index DESC, run_output.index LIMIT 8
             ) o`,
      values: [jobIds],
    });
    const assets = byId(
      await deps.db.prisma.asset.findMany({
        where: { id: { in: rows.map((row) => row.assetId) } },
        include: { blob: true },
      }),
    );
    return rows.flatMap(({ jobId, assetId }) => {
      const asset = assets.get(assetId);
      return asset ? [{ ...asset, jobId }] : [];
    });
  },
  (row) => row.jobId,
);

export const runGraphLoader = defineLoader<{ json: string; prompts: PromptSnapshot[]; models: string[] }>(
  async ({ deps }, runIds) => {
    const rows = await deps.db.prisma.runGraph.findMany({ where: { runId: { in: [...runIds] } } });
    return new Map(
      rows.map(({ runId, json, prompts, models }) => [
        runId,
        { json, prompts: prompts as unknown as PromptSnapshot[], models },
      ]),
    );
  },
);

/** Version number of the preview frame that a run has now. */
export const previewLoader = defineLoader<number>(async ({ deps }, runIds) => {
  const rows = await deps.db.prisma.runPreview.findMany({
    where: { runId: { in: [...runIds] } },
    select: { runId: true, version: true },
  });
  return new Map(rows.map((row) => [row.runId, row.version]));
});

export interface RunPage {
  take: number;
  backward: boolean;
  /** Index to start behind. */
  after: number | null;
  status: RunStatus[] | null;
}

/** Pages of runs by job, in their order, or in reverse for backward ones. */
export const runPageLoader = definePageLoader<RunPage, RunRow>(
  async ({ deps }, { take, backward, after, status }, jobIds) => {
    const { rows } = await deps.db.pool.query<RunRow>({
      name: backward ? "run-page-back" : "run-page",
      text: `SELECT run.* FROM unnest($1::uuid[]) AS j(id)
             CROSS JOIN LATERAL (
               SELECT ${runColumns} FROM run
               WHERE run.job_id = j.id AND ($3::int IS NULL OR run.index ${backward ? "<" : ">"} $3)
                 AND ($4::"RunStatus"[] IS NULL OR run.status = ANY($4))
               ORDER BY run.index ${backward ? "DESC" : ""} LIMIT $2
             ) run`,
      values: [jobIds, take, after, status],
      types: isoTimestamps,
    });
    return rows;
  },
  (row) => row.jobId,
);

/** Numbers of runs by job and state. */
export const runCountsLoader = defineListLoader<{ jobId: string; status: RunStatus; count: number }>(
  async ({ deps }, jobIds) => {
    const rows = await deps.db.prisma.run.groupBy({
      by: ["jobId", "status"],
      where: { jobId: { in: [...jobIds] } },
      _count: true,
    });
    return rows.map((row) => ({ jobId: row.jobId, status: row.status, count: row._count }));
  },
  (row) => row.jobId,
);
