import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { JobEstimate } from "#domains/queue/estimates/logic/estimate.ts";
import { preflightVariations } from "#domains/queue/preflight/preflight-variations.service.ts";
import type { SubmitInput } from "#domains/queue/submit/submit-input.ts";
import type { ExecutionFinding, ExecutionStage } from "#domains/stories/executions/execution-findings.ts";
import { type ExecutionInput, type ExecutionPlan, planExecution } from "#domains/stories/executions/plan-execution.ts";
import { imageJob, type StageSetting, videoJob } from "#domains/stories/executions/stage-jobs.ts";

/** What would become of an execution: what stands against it, and what its stages take and cost. */
export interface ExecutionPreflight {
  sceneCount: number;
  findings: ExecutionFinding[];
  images: JobEstimate;
  videos: JobEstimate;
}

type PreflightDeps = Pick<Deps, "config" | "db" | "storage">;

/**
 * Looks ahead at an execution; stores nothing.
 * @throws NotFoundError, ValidationError where there is no telling what is meant, or a film can't come of it
 */
export async function preflightExecution(
  deps: PreflightDeps,
  viewer: Viewer,
  input: ExecutionInput,
): Promise<ExecutionPreflight> {
  const plan = await planExecution(deps, viewer, input);
  const { images, videos } = await preflightPlan(deps, viewer, plan);
  return { sceneCount: plan.scenes.length, findings: plan.findings.all, images, videos };
}

/** Plans the jobs of both stages, and adds what stands against their runs to the plan's findings. */
export async function preflightPlan(
  deps: PreflightDeps,
  viewer: Viewer,
  plan: ExecutionPlan,
): Promise<Record<"images" | "videos", JobEstimate>> {
  const settingOf = (stage: ExecutionStage): StageSetting => ({
    target: plan.targets[stage],
    projectId: plan.branch.projectId,
    pool: plan.pool,
    priority: plan.priority,
  });
  const imageJobs = plan.scenes.map(({ params, images }) =>
    imageJob(settingOf("IMAGES"), plan.asset.id, {
      params,
      seed: images[0]?.seed ?? plan.seed,
      prompts: images.map(({ prompts }) => prompts),
    }),
  );
  // The images are not there yet: the input stands in for them.
  const frames = { firstAssetId: plan.asset.id, lastAssetId: plan.asset.id };
  const videoJobs = plan.transitions.map((part) => videoJob(settingOf("VIDEOS"), plan.frames, frames, part));
  const lookAhead = async (stage: ExecutionStage, jobs: readonly SubmitInput[]): Promise<JobEstimate> => {
    const { findings, estimate } = await preflightVariations(deps, viewer, jobs);
    for (const [order, ofPart] of findings.entries())
      for (const each of ofPart) plan.findings.addRun(stage, each, order + 1);
    return estimate;
  };
  return { images: await lookAhead("IMAGES", imageJobs), videos: await lookAhead("VIDEOS", videoJobs) };
}
