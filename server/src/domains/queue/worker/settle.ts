import { backOffMs, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { transition } from "#domains/queue/transition.ts";
import type { RunContext } from "#domains/queue/worker/run-context.ts";
import { stringifyJson } from "#lib/json.ts";

/** Failures in a row after which a machine rests, and how long at first. */
const suspendAfter = 3;
const suspendMs = 30_000;
const suspendMaxMs = 600_000;

/** The run failed: it is tried again by itself while that can help and attempts are left, else it is FAILED. */
export async function settleFailure(context: RunContext, problem: RunFailure): Promise<void> {
  const { deps, run } = context;
  const { isTransient, ...error } = problem;
  const failures = run.transientFailures + 1;
  const set = { error: stringifyJson(error), transient_failures: failures };
  const canceled = await transition(deps.db.pool, {
    runIds: [run.id],
    comfyPromptId: run.comfyPromptId,
    from: ["CANCELING"],
    to: "FAILED",
    set: { ...set, finished_at: { sql: "now()" } },
  });
  if (canceled.length > 0) return finish(context, canceled);
  if (isTransient) {
    await countMachineFailure(context);
    if (failures < deps.config.worker.attempts) {
      await backToPending(context, { ...set, not_before: new Date(Date.now() + backOffMs(failures)) });
      return;
    }
  }
  const failed = await transition(deps.db.pool, {
    runIds: [run.id],
    comfyPromptId: run.comfyPromptId,
    from: ["CLAIMED", "SUBMITTED", "RUNNING", "COLLECTING"],
    to: "FAILED",
    set: { ...set, finished_at: { sql: "now()" } },
  });
  await finish(context, failed);
}

/** Back to the queue; the attempt counts once its prompt may have reached a machine. */
export async function backToPending(context: RunContext, set: Record<string, unknown> = {}): Promise<boolean> {
  const { deps, run } = context;
  const moved = await transition(deps.db.pool, {
    runIds: [run.id],
    comfyPromptId: run.comfyPromptId,
    from: ["CLAIMED", "SUBMITTED", "RUNNING"],
    to: "PENDING",
    set: {
      machine_id: null,
      worker_id: null,
      comfy_prompt_id: null,
      progress: 0,
      current_node: null,
      attempt: { sql: "attempt + (posted_at IS NOT NULL)::int" },
      posted_at: null,
      ...set,
    },
  });
  await finish(context, moved);
  return moved.length > 0;
}

/** The run was stopped because somebody asked for it. */
export async function settleCanceled(context: RunContext): Promise<boolean> {
  const { deps, run } = context;
  const moved = await transition(deps.db.pool, {
    runIds: [run.id],
    comfyPromptId: run.comfyPromptId,
    from: ["CANCELING"],
    to: "CANCELED",
    set: { finished_at: { sql: "now()" }, current_node: null },
  });
  await finish(context, moved);
  return moved.length > 0;
}

/** What follows every end of an attempt: news for watchers, the job's end for other domains, the machine for the next. */
export async function finish(
  { deps, run }: RunContext,
  moved: { jobId: string; jobEnded: boolean }[],
  { freesMachine = true } = {},
): Promise<void> {
  if (moved.length === 0) return;
  deps.bus.publish("job.changed", { jobId: run.jobId });
  if (freesMachine) void deps.runQueue.dispatch().catch((error: unknown) => deps.log.error({ err: error }, "dispatch"));
  if (moved.some((row) => row.jobEnded)) await deps.runQueue.jobEnded(run.jobId);
}

async function countMachineFailure({ deps, run }: RunContext): Promise<void> {
  await deps.db.pool.query(
    `UPDATE machine SET failure_streak = failure_streak + 1,
       suspended_until = CASE WHEN failure_streak + 1 >= $2
         THEN now() + least($3 * 2 ^ (failure_streak + 1 - $2), $4) * interval '1 millisecond' ELSE suspended_until END
     WHERE id = $1`,
    [run.machine.id, suspendAfter, suspendMs, suspendMaxMs],
  );
}
