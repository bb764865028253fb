import type { Deps } from "#app/deps.ts";
import { cancelJob } from "#domains/queue/jobs.service.ts";
import { type CollectDeps, collectScene, collectTransition } from "#domains/stories/executions/collect-part.ts";
import {
  type DrivenExecution,
  type DrivenScene,
  type DrivenTransition,
  loadDrivenExecution,
  stateOf,
  viewerOf,
} from "#domains/stories/executions/load-execution.ts";
import { type StitchDeps, stitchFilm } from "#domains/stories/executions/stitch-film.ts";
import { type SubmitPartDeps, submitScene, submitTransition } from "#domains/stories/executions/submit-part.ts";
import { nextSteps, type PartStep } from "#domains/stories/logic/execution-step.ts";
import type { ExecutionStatus } from "#platform/db/generated/enums.ts";

export type AdvanceDeps = SubmitPartDeps & CollectDeps & StitchDeps & Pick<Deps, "runLog">;

/**
 * Does all that can be done for an execution now: reads where it stands, takes the next steps, and looks again. It can be
 * called at any time, twice, late, or after a crash between any two steps; each step is a compare-and-set.
 */
export async function advanceExecution(deps: AdvanceDeps, executionId: string): Promise<void> {
  const tell = (): void => deps.bus.publish("execution.changed", { executionId });
  for (;;) {
    const execution = await loadDrivenExecution(deps, executionId);
    if (!execution) return;
    if (execution.canceledAt) return stopJobs(deps, execution);
    const steps = nextSteps(stateOf(execution));
    if (steps === null) return;
    if ("parts" in steps) {
      for (const step of steps.parts) {
        await (steps.stage === "IMAGES"
          ? takeSceneStep(deps, execution, execution.scenes[step.index] as DrivenScene, step)
          : takeTransitionStep(deps, execution, execution.transitions[step.index] as DrivenTransition, step));
        tell();
      }
    } else if ("moveTo" in steps) await moveTo(deps, execution, steps.moveTo);
    else await stitchFilm(deps, execution);
    tell();
  }
}

async function takeSceneStep(
  deps: AdvanceDeps,
  execution: DrivenExecution,
  scene: DrivenScene,
  step: PartStep,
): Promise<void> {
  if (step.kind === "submit") return submitScene(deps, execution, scene);
  if (step.kind === "collect") return collectScene(deps, execution, scene);
  const where = { id: scene.id, status: "GENERATING" as const, job: { status: scene.job?.status ?? "FAILED" } };
  await deps.db.prisma.executionScene.updateMany({ where, data: { status: step.status } });
}

async function takeTransitionStep(
  deps: AdvanceDeps,
  execution: DrivenExecution,
  transition: DrivenTransition,
  step: PartStep,
): Promise<void> {
  if (step.kind === "submit") return submitTransition(deps, execution, transition);
  if (step.kind === "collect") return collectTransition(deps, execution, transition);
  const where = {
    id: transition.id,
    status: "GENERATING" as const,
    job: { status: transition.job?.status ?? "FAILED" },
  };
  await deps.db.prisma.executionTransition.updateMany({ where, data: { status: step.status } });
}

async function moveTo({ db }: AdvanceDeps, { id, status }: DrivenExecution, to: ExecutionStatus): Promise<void> {
  const isOver = to === "FAILED" || to === "CANCELED";
  await db.prisma.execution.updateMany({
    where: { id, status },
    data: { status: to, stitchProgress: 0, finishedAt: isOver ? new Date() : null },
  });
}

/** Who canceled an execution may have been cut short before its jobs were told. */
async function stopJobs(deps: AdvanceDeps, execution: DrivenExecution): Promise<void> {
  for (const { job } of [...execution.scenes, ...execution.transitions])
    if (job && job.finishedAt === null) await cancelJob(deps, viewerOf(execution), job.id, "NOW");
}
