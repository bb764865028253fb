import type { Deps } from "#app/deps.ts";
import { loadSubmitTarget } from "#domains/queue/preflight/preflight-variations.service.ts";
import type { SubmitInput, PromptSnapshot } from "#domains/queue/submit/submit-input.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import type { ExecutionStage } from "#domains/stories/executions/execution-findings.ts";
import {
  type DrivenExecution,
  type DrivenScene,
  type DrivenTransition,
  viewerOf,
} from "#domains/stories/executions/load-execution.ts";
import { imageJob, type StageSetting, videoJob } from "#domains/stories/executions/stage-jobs.ts";
import { ConflictError, DomainError, UnavailableError } from "#lib/domain-error.ts";
import type { JsonObject } from "#lib/json.ts";
import { inScope } from "#platform/work/scope.ts";

export type SubmitPartDeps = Pick<Deps, "config" | "db" | "storage" | "bus" | "runQueue" | "log">;

/** Longest part of a job's name that a title takes. */
const maxTitle = 80;
const shortTitle = (title: string): string => [...title].slice(0, maxTitle).join("");

/** Submits the job that makes the images of a scene. */
export async function submitScene(deps: SubmitPartDeps, execution: DrivenExecution, scene: DrivenScene): Promise<void> {
  const images = await deps.db.prisma.executionImage.findMany({
    where: { executionSceneId: scene.id },
    orderBy: { variant: "asc" },
  });
  const job = imageJob(await settingOf(deps, execution, "IMAGES"), execution.sourceAssetId, {
    params: scene.params as JsonObject,
    seed: BigInt(images[0]?.seed.toFixed() ?? 0),
    prompts: images.map(({ prompts }) => prompts as unknown as PromptSnapshot[]),
  });
  const name = `${scene.order + 1} ${shortTitle(scene.title)} · images · ${execution.execId}`;
  await submitPart(deps, execution, { table: "execution_scene", stage: "IMAGES", id: scene.id }, { ...job, name });
}

/** Submits the job that makes the clip between the chosen images of two scenes. */
export async function submitTransition(
  deps: SubmitPartDeps,
  execution: DrivenExecution,
  transition: DrivenTransition,
): Promise<void> {
  const { order } = transition;
  const [from, to] = [execution.scenes[order], execution.scenes[order + 1]];
  const [firstAssetId, lastAssetId] = [chosenOf(from), chosenOf(to)];
  if (!from || !to || !firstAssetId || !lastAssetId) throw new Error("a transition begins once its images are there");
  const { prompts } = await deps.db.prisma.executionTransition.findUniqueOrThrow({ where: { id: transition.id } });
  const keys = { first: execution.firstFrameKey, last: execution.lastFrameKey };
  const setting = await settingOf(deps, execution, "VIDEOS");
  const part = {
    params: transition.params as JsonObject,
    seed: BigInt(transition.seed.toFixed()),
    prompts: prompts as unknown as PromptSnapshot[],
  };
  const job = videoJob(setting, keys, { firstAssetId, lastAssetId }, part);
  const name = `${order + 1} ${shortTitle(from.title)} to ${order + 2} ${shortTitle(to.title)} · ${execution.execId}`;
  const table = "execution_transition";
  await submitPart(deps, execution, { table, stage: "VIDEOS", id: transition.id }, { ...job, name });
}

function chosenOf(scene: DrivenScene | undefined): string | null {
  return scene?.images.find(({ variant }) => variant === scene.chosenVariant)?.assetId ?? null;
}

async function settingOf(
  deps: SubmitPartDeps,
  { imageVersionId, videoVersionId, branch, pool, priority }: DrivenExecution,
  stage: ExecutionStage,
): Promise<StageSetting> {
  const id = stage === "IMAGES" ? imageVersionId : videoVersionId;
  const { workflowId } = await deps.db.prisma.workflowVersion.findUniqueOrThrow({ where: { id } });
  const target = await loadSubmitTarget(deps, workflowId, id);
  return { target, projectId: branch.projectId, pool, priority };
}

interface PartRow {
  table: "execution_scene" | "execution_transition";
  stage: ExecutionStage;
  id: string;
}

/** Job and part are tied in one transaction, so that a part never has two; and none while the execution is not at its stage. */
async function submitPart(
  deps: SubmitPartDeps,
  execution: DrivenExecution,
  { table, stage, id }: PartRow,
  job: SubmitInput,
): Promise<void> {
  try {
    await inScope({ ids: { requestId: execution.requestId ?? undefined, executionId: execution.id } }, () =>
      submitJob(deps, viewerOf(execution), job, async (client, [jobId]) => {
        // The execution's row before its parts', as everywhere.
        const open = await client.query(
          `SELECT 1 FROM execution WHERE id = $1 AND status = $2::"ExecutionStatus" FOR NO KEY UPDATE`,
          [execution.id, stage],
        );
        const tied = await client.query(
          `UPDATE ${table} SET status = 'GENERATING', job_id = $2, error = NULL, updated_at = now()
         WHERE id = $1 AND job_id IS NULL AND status IN ('PENDING', 'GENERATING')`,
          [id, jobId],
        );
        if (open.rowCount !== 1 || tied.rowCount !== 1) throw new ConflictError("This is rendered already", partTaken);
        await client.query("UPDATE job SET parent_id = $2 WHERE id = $1", [jobId, execution.jobId]);
      }),
    );
  } catch (error) {
    // Another process was quicker, or somebody has canceled it meanwhile.
    if (error instanceof ConflictError && error.code === partTaken) return;
    if (!(error instanceof DomainError) || error instanceof UnavailableError) throw error;
    // Machines and workflows may have changed since the start: waiting does not mend that.
    await deps.db.pool.query(
      `UPDATE ${table} SET status = 'FAILED', error = $2, updated_at = now() WHERE id = $1 AND status = 'PENDING'`,
      [id, error.message],
    );
  }
}

const partTaken = "PART_TAKEN";
