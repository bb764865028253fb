import { visibleOfBranch } from "#domains/stories/visible-stories.ts";
import { byId, defineListLoader, defineLoader } from "#graphql/loader.ts";
import type {
  Execution,
  ExecutionImage,
  ExecutionScene,
  ExecutionTransition,
  SlotPrompt,
} from "#platform/db/generated/client.ts";

export const executionLoader = defineLoader<Execution>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.execution.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibleOfBranch(viewer)] } }),
  ),
);

export const executionSceneLoader = defineLoader<ExecutionScene>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.executionScene.findMany({
      where: { AND: [{ id: { in: [...ids] } }, { execution: visibleOfBranch(viewer) }] },
    }),
  ),
);

export const executionTransitionLoader = defineLoader<ExecutionTransition>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.executionTransition.findMany({
      where: { AND: [{ id: { in: [...ids] } }, { execution: visibleOfBranch(viewer) }] },
    }),
  ),
);

export const executionImageLoader = defineLoader<ExecutionImage>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.executionImage.findMany({
      where: { AND: [{ id: { in: [...ids] } }, { scene: { execution: visibleOfBranch(viewer) } }] },
    }),
  ),
);

export const scenesOfExecutionLoader = defineListLoader<ExecutionScene>(
  ({ deps }, executionIds) =>
    deps.db.prisma.executionScene.findMany({
      where: { executionId: { in: [...executionIds] } },
      orderBy: { order: "asc" },
    }),
  ({ executionId }) => executionId,
);

export const transitionsOfExecutionLoader = defineListLoader<ExecutionTransition>(
  ({ deps }, executionIds) =>
    deps.db.prisma.executionTransition.findMany({
      where: { executionId: { in: [...executionIds] } },
      orderBy: { order: "asc" },
    }),
  ({ executionId }) => executionId,
);

export const imagesOfSceneLoader = defineListLoader<ExecutionImage>(
  ({ deps }, sceneIds) =>
    deps.db.prisma.executionImage.findMany({
      where: { executionSceneId: { in: [...sceneIds] } },
      orderBy: { variant: "asc" },
    }),
  ({ executionSceneId }) => executionSceneId,
);

/** Mappings of branches or scenes, by the id of either. */
export const slotPromptsLoader = defineListLoader<SlotPrompt>(
  ({ deps }, ownerIds) =>
    deps.db.prisma.slotPrompt.findMany({
      where: { OR: [{ branchId: { in: [...ownerIds] } }, { sceneId: { in: [...ownerIds] } }] },
      orderBy: [{ slot: { workflowId: "asc" } }, { slot: { sortOrder: "asc" } }, { id: "asc" }],
    }),
  ({ branchId, sceneId }) => branchId ?? sceneId ?? "",
);

/** Executions by the parent job that jobs have. */
export const executionOfJobLoader = defineLoader<Execution>(async ({ deps, viewer }, parentIds) => {
  const where = { AND: [{ jobId: { in: [...parentIds] } }, visibleOfBranch(viewer)] };
  return new Map((await deps.db.prisma.execution.findMany({ where })).map((execution) => [execution.jobId, execution]));
});

/** Runs of one stage, those of the present jobs of its parts; `done` counts the share of runs in hand. */
export interface StageProgress {
  stage: "IMAGES" | "VIDEOS";
  total: number;
  succeeded: number;
  failed: number;
  done: number;
}

export const progressLoader = defineListLoader<StageProgress & { executionId: string }>(
  async ({ deps }, executionIds) => {
    const { rows } = await deps.db.pool.query<StageProgress & { executionId: string }>({
      name: "execution-progress",
      text: `WITH part AS (
             SELECT s.execution_id, 'IMAGES' AS stage, s.status, s.job_id, e.variants AS runs
             FROM execution_scene s JOIN execution e ON e.id = s.execution_id WHERE e.id = ANY($1::uuid[])
             UNION ALL
             SELECT execution_id, 'VIDEOS', status, job_id, 1 FROM execution_transition WHERE execution_id = ANY($1::uuid[])
           )
           SELECT part.execution_id AS "executionId", stage, sum(runs)::int AS total,
             sum(CASE WHEN part.status = 'DONE' THEN runs ELSE coalesce(job.succeeded, 0) END)::int AS succeeded,
             sum(CASE WHEN part.status = 'DONE' THEN 0 ELSE coalesce(job.failed, 0) END)::int AS failed,
             sum(CASE WHEN part.status = 'DONE' THEN runs ELSE coalesce(job.succeeded, 0) + coalesce(share.progress, 0) END)::float8 AS done
           FROM part LEFT JOIN job ON job.id = part.job_id
           LEFT JOIN LATERAL (
             SELECT sum(run.progress) AS progress FROM run
             WHERE run.job_id = job.id AND job.active > 0 AND run.status IN ('CLAIMED', 'SUBMITTED', 'RUNNING', 'COLLECTING')
           ) share ON true
           GROUP BY 1, 2`,
      values: [executionIds],
    });
    return rows;
  },
  ({ executionId }) => executionId,
);
