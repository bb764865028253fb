import { isEnded } from "#domains/queue/logic/run-status.ts";
import { failure, failureOfExecution } from "#domains/queue/logic/run-error.ts";
import { transition } from "#domains/queue/transition.ts";
import { fetchOutputs, succeed } from "#domains/queue/worker/collect-outputs.ts";
import { followRun } from "#domains/queue/worker/follow-run.ts";
import { LiveProgress } from "#domains/queue/worker/live-progress.ts";
import { markSubmitted, postPrompt } from "#domains/queue/worker/post-prompt.ts";
import { HandBackError, type RunContext } from "#domains/queue/worker/run-context.ts";
import { backToPending, settleCanceled, settleFailure } from "#domains/queue/worker/settle.ts";
import type { ComfyOutputs } from "#platform/comfy/outputs.ts";

/**
 * Takes one attempt of a run from wherever it is to its end. Idempotent: a worker that takes over asks the machine first
 * and posts only what the machine does not know.
 */
export async function executeRun(context: RunContext): Promise<void> {
  const { deps, run } = context;
  if (isEnded(run.status)) {
    // Our predecessor died after the last write: what hangs on the job's end is done again, harmlessly.
    const job = await deps.db.prisma.job.findUnique({ where: { id: run.jobId }, select: { finishedAt: true } });
    if (job?.finishedAt) await deps.runQueue.jobEnded(run.jobId);
    return;
  }
  if (run.status === "CANCELING" && run.postedAt === null) {
    await settleCanceled(context);
    return;
  }
  let accepted = run.status !== "CLAIMED";
  if (run.status === "CLAIMED" && run.postedAt === null && !run.isOlderThanDatabase) {
    if (context.shutdown.aborted) throw new HandBackError();
    const posted = await postPrompt(context);
    if (posted === "settled") return;
    accepted = posted === "accepted";
  }
  const progress = new LiveProgress(context);
  try {
    if (accepted) void progress.write(() => markSubmitted(context));
    await followToEnd(context, progress, accepted);
  } finally {
    await progress.clear();
  }
}

async function followToEnd(context: RunContext, progress: LiveProgress, accepted: boolean): Promise<void> {
  const { run, connection, deps } = context;
  const end = await followRun(context, progress);
  await progress.close();
  switch (end.state) {
    case "succeeded":
      return collect(context, end.outputs);
    case "failed":
      return settleFailure(context, failureOfExecution(end.error));
    case "interrupted":
      if (await settleCanceled(context)) return;
      return settleFailure(context, failure("INTERRUPTED", `Somebody stopped the prompt on ${run.machine.name}`));
    case "lost":
      connection.uploaded.clear();
      if (await settleCanceled(context)) return;
      return settleLost(context, accepted);
    case "timeout":
      await connection.client.cancel(run.comfyPromptId).catch(() => undefined);
      return settleFailure(context, failure("TIMEOUT", `The run took longer than ${run.timeoutSecs} s`));
    case "machine-lost":
      if (await settleCanceled(context)) return;
      await backToPending(context, { excluded_machine_ids: { sql: `array_append(excluded_machine_ids, '${run.machine.id}'::uuid)` } });
      deps.log.warn({ runId: run.id, machine: run.machine.name }, "machine lost; the run moves on");
  }
}

/** The machine does not know the prompt. When it had accepted it, the policy decides; else it simply goes again. */
async function settleLost(context: RunContext, accepted: boolean): Promise<void> {
  const problem = failure("LOST", `${context.run.machine.name} no longer knows the prompt; it was restarted or its queue was cleared`, {
    isTransient: !accepted || context.deps.config.worker.onLost === "retry",
  });
  await settleFailure(context, problem);
}

/** Fetches while the states are written: what is fetched is only used once the run is COLLECTING. */
async function collect(context: RunContext, outputs: ComfyOutputs): Promise<void> {
  const [isOurs, fetched] = await Promise.all([passToCollecting(context), fetchOutputs(context, outputs)]);
  if (!isOurs) return;
  if ("problem" in fetched) return settleFailure(context, fetched.problem);
  await succeed(context, fetched.outputs);
}

/** @returns false when the run is no longer this attempt's */
async function passToCollecting({ deps, run }: RunContext): Promise<boolean> {
  const step = (from: ("CLAIMED" | "SUBMITTED" | "RUNNING" | "CANCELING")[], to: "SUBMITTED" | "RUNNING" | "COLLECTING", set = {}) =>
    transition(deps.db.relaxedPool, { runIds: [run.id], comfyPromptId: run.comfyPromptId, from, to, set });
  // A quick prompt is over before its states were written; they are passed through all the same.
  const collecting = { progress: 0.99, executed_at: { sql: "coalesce(executed_at, now())" } };
  let moved = await step(["RUNNING", "CANCELING"], "COLLECTING", collecting);
  if (moved.length === 0) {
    await step(["CLAIMED"], "SUBMITTED");
    await step(["SUBMITTED"], "RUNNING");
    moved = await step(["RUNNING", "CANCELING"], "COLLECTING", collecting);
  }
  if (moved.length === 0 && run.status !== "COLLECTING") return false;
  deps.bus.publish("job.changed", { jobId: run.jobId });
  // The machine is free while we fetch.
  void deps.runQueue.dispatch().catch((error: unknown) => deps.log.error({ err: error }, "dispatch"));
  return true;
}
