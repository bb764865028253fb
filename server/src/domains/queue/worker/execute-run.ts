import { isEnded } from "#domains/queue/logic/run-status.ts";
import { failure, failureOfComfyError, failureOfExecution, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { type MovedRun, transition } from "#domains/queue/transition.ts";
import { fetchOutputs, succeed } from "#domains/queue/worker/collect-outputs.ts";
import { EarlyOutputs } from "#domains/queue/worker/early-outputs.ts";
import { followRun } from "#domains/queue/worker/follow-run.ts";
import { LiveProgress } from "#domains/queue/worker/live-progress.ts";
import { markSubmitted, postPrompt } from "#domains/queue/worker/post-prompt.ts";
import { HandBackError, type RunContext } from "#domains/queue/worker/run-context.ts";
import { backToPending, readStatus, settleCanceled, settleFailure } from "#domains/queue/worker/settle.ts";
import type { RunStatus } from "#platform/db/generated/enums.ts";
import type { ComfyOutputs } from "#platform/comfy/outputs.ts";

/**
 * What is known about the prompt's way to the machine. `unsure`: the answer was lost, for this reason. "taken-over": a
 * worker that is gone meant to post it.
 */
type Arrival = "accepted" | "taken-over" | { unsure: RunFailure };

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
  const cancel = context.cancels.watch(run.id, run.comfyPromptId);
  const progress = new LiveProgress(context);
  try {
    const arrival = await arrive(context);
    if (!arrival) return;
    if (arrival === "accepted" && context.reached === "CLAIMED") void progress.write(() => markSubmitted(context));
    await followToEnd(context, progress, arrival, cancel.signal);
  } finally {
    cancel.end();
    await progress.clear();
  }
}

/** Posts the prompt, unless that was done before. @returns null when there is nothing to follow */
async function arrive(context: RunContext): Promise<Arrival | null> {
  const { deps, run, workerId, connection } = context;
  if (run.postedAt === null) {
    if (connection.released.aborted) throw new HandBackError();
    if (run.attempt === 1 && run.waitedSecs !== null) deps.runMetrics.waited(run.pool, run.waitedSecs);
    deps.runLog.add(run, "TAKEN", `${run.machine.name} has a place for it`);
    const posted = await postPrompt(context);
    if (posted === "accepted")
      deps.runLog.add(run, "ACCEPTED", `${run.machine.name} accepted it as prompt ${run.comfyPromptId}`);
    return posted === "settled" ? null : posted;
  }
  deps.runLog.add(run, "TAKEN_OVER", `The worker that had it is gone; ${run.machine.name} is asked what became of it`);
  await deps.db.pool.query(`UPDATE run SET worker_id = $3 WHERE id = $1 AND comfy_prompt_id = $2`, [
    run.id,
    run.comfyPromptId,
    workerId,
  ]);
  return run.submittedAt === null ? "taken-over" : "accepted";
}

async function followToEnd(
  context: RunContext,
  progress: LiveProgress,
  arrival: Arrival,
  canceled: AbortSignal,
): Promise<void> {
  const { run, connection, deps } = context;
  const early = new EarlyOutputs(connection);
  const since = (run.submittedAt ?? run.postedAt)?.getTime() ?? Date.now();
  const end = await followRun(context, progress, early, canceled);
  await progress.close();
  switch (end.state) {
    case "succeeded":
      deps.runMetrics.executed(run.pool, Math.max(0, Date.now() - since) / 1000);
      return collect(context, end.outputs, early);
    case "failed":
      return settleFailure(context, failureOfExecution(end.error));
    case "interrupted":
      if (await settleCanceled(context)) return;
      return settleFailure(context, failure("INTERRUPTED", `Somebody stopped the prompt on ${run.machine.name}`));
    case "lost":
      connection.uploaded.clear();
      return settleLost(context, arrival);
    case "nonsense":
      await connection.client.cancel(run.comfyPromptId).catch(() => undefined);
      return settleFailure(context, failureOfComfyError(end.error));
    case "timeout":
      await connection.client.cancel(run.comfyPromptId).catch(() => undefined);
      if (await settleCanceled(context)) return;
      return settleFailure(context, failure("TIMEOUT", `The run took longer than ${run.timeoutSecs} s`));
    case "machine-lost":
      if (await settleCanceled(context)) return;
      // The expression reads the row as it was: the machine that the run leaves.
      if (
        await backToPending(context, {
          excluded_machine_ids: { sql: "array_append(excluded_machine_ids, machine_id)" },
        })
      ) {
        deps.runLog.add(run, "MOVED", `${run.machine.name} has been away for too long; the run moves on`);
        return;
      }
      return settleFailure(
        context,
        failure("MACHINE_LOST", `${run.machine.name} went away before the outputs were fetched`),
      );
  }
}

/** The machine does not know the prompt. When it had accepted it, the policy decides; else it simply goes again. */
async function settleLost(context: RunContext, arrival: Arrival): Promise<void> {
  const { run, deps } = context;
  if (await settleCanceled(context)) return;
  // A worker died between its note and the post: neither the run nor the machine has failed.
  if (arrival === "taken-over" && (await backToPending(context))) {
    deps.runLog.add(run, "MOVED", `It had not arrived at ${run.machine.name}; it goes again`);
    return;
  }
  if (typeof arrival === "object") return settleFailure(context, arrival.unsure);
  const problem = failure(
    "LOST",
    `${run.machine.name} no longer knows the prompt; it was restarted or its queue was cleared`,
    {
      isTransient: deps.config.worker.onLost === "retry",
    },
  );
  await settleFailure(context, problem);
}

/** Fetches while the states are written: what is fetched is only used once the run is COLLECTING. */
async function collect(context: RunContext, outputs: ComfyOutputs, early: EarlyOutputs): Promise<void> {
  const begun = performance.now();
  const [passed, fetched] = await Promise.all([passToCollecting(context), fetchOutputs(context, outputs, early)]);
  if (!passed) return;
  if ("problem" in fetched) return settleFailure(context, fetched.problem);
  await succeed(context, fetched.outputs, passed.hasGivenPlace);
  context.deps.runMetrics.transferred(context.run.pool, (performance.now() - begun) / 1000);
}

/**
 * The machine is free while we fetch.
 * @returns null when the run is no longer this attempt's; else whether the place was offered to others, which is spared
 * when none waits
 */
async function passToCollecting(context: RunContext): Promise<{ hasGivenPlace: boolean } | null> {
  const { deps, run } = context;
  let moved = await stepToCollecting(context);
  if (!moved) {
    const status = await readStatus(context);
    if (status === null || isEnded(status)) return null;
    // Somebody else has brought it there, or a crash of the database has taken states away that were written before.
    context.reached = "CLAIMED";
    moved = status === "COLLECTING" ? undefined : await stepToCollecting(context);
    if (status !== "COLLECTING" && !moved) return null;
  }
  deps.bus.publish("job.changed", { jobId: run.jobId });
  deps.runLog.add(run, "EXECUTED", `${run.machine.name} is done; the outputs are fetched`);
  const hasGivenPlace = moved?.othersWait !== false;
  if (hasGivenPlace) deps.runQueue.wake();
  return { hasGivenPlace };
}

/** A quick prompt is over before its states were written; they are passed through all the same. */
async function stepToCollecting({ deps, run, reached }: RunContext): Promise<MovedRun | undefined> {
  const step = (from: RunStatus[], to: RunStatus, set: Record<string, unknown>, asksOthers = false) =>
    transition(deps.db.relaxedPool, { runIds: [run.id], comfyPromptId: run.comfyPromptId, from, to, set, asksOthers });
  const executed = { executed_at: { sql: "coalesce(executed_at, now())" } };
  if (reached === "CLAIMED")
    await step(["CLAIMED"], "SUBMITTED", { submitted_at: { sql: "coalesce(submitted_at, now())" } });
  if (reached !== "RUNNING") await step(["SUBMITTED"], "RUNNING", executed);
  const [moved] = await step(
    ["RUNNING", "CANCELING"],
    "COLLECTING",
    { progress: 0.99, ...executed, executed_until: { sql: "now()" } },
    true,
  );
  return moved;
}
