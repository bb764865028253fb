import { backOffMs, failure, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { restMs } from "#domains/queue/logic/suspension.ts";
import { handedBack } from "#domains/queue/run-queue.ts";
import { type MovedRun, transition } from "#domains/queue/transition.ts";
import type { Attempt } from "#domains/queue/worker/run-context.ts";
import { toStorable } from "#lib/storable-text.ts";
import { stringifyJson } from "#lib/json.ts";
import type { RunStatus } from "#platform/db/generated/enums.ts";

/** By failures in a row, from the first; the last one holds for all further ones. */
const rests = Array.from({ length: 10 }, (_, index) => restMs(index + 1));

const ended = { finished_at: { sql: "now()" } };

/**
 * The run failed: it is tried again by itself while that can help and attempts are left, else it is FAILED. A cancel may
 * come between any two statements here, so they are tried until one of them has found the run.
 */
export async function settleFailure(attempt: Attempt, problem: RunFailure): Promise<void> {
  const { deps, run } = attempt;
  const { isTransient, ...error } = problem;
  const failures = run.transientFailures + 1;
  const set = { error: stringifyJson(toStorable(error)), transient_failures: failures };
  const fail = async (from: RunStatus[]): Promise<boolean> => {
    const hasFailed = await move(attempt, from, "FAILED", { ...set, ...ended });
    if (!hasFailed) return false;
    deps.runMetrics.failed(error.code, true);
    deps.runMetrics.ended(run.pool, "FAILED");
    deps.runLog.add(run, "FAILED", `${error.code}: ${error.message}`);
    return true;
  };
  // Our own storage says nothing about the machine.
  if (isTransient && error.code !== "STORAGE_ERROR") await countMachineFailure(attempt, problem);
  do {
    if (await fail(["CANCELING"])) return;
    if (isTransient && failures < deps.config.worker.attempts) {
      const inMs = backOffMs(failures);
      const notBefore = { sql: "now() + ? * interval '1 millisecond'", values: [inMs] };
      if (await backToPending(attempt, { ...set, not_before: notBefore })) {
        deps.runMetrics.failed(error.code, false);
        deps.runLog.add(run, "RETRIED", `Tried again in ${inMs / 1000} s; ${error.code}: ${error.message}`);
        return deps.runQueue.wake(inMs + 5);
      }
      // What was executed already is not executed again because its files can't be had.
      if (await fail(["COLLECTING"])) return;
    } else if (await fail(["CLAIMED", "SUBMITTED", "RUNNING", "COLLECTING"])) {
      return;
    }
  } while (await isCanceling(attempt));
}

/** Back to the queue for another attempt or another machine. */
export async function backToPending(attempt: Attempt, set: Record<string, unknown> = {}): Promise<boolean> {
  return move(attempt, ["CLAIMED", "SUBMITTED", "RUNNING"], "PENDING", { ...handedBack, ...set });
}

/** The run was stopped because somebody asked for it. */
export async function settleCanceled(attempt: Attempt): Promise<boolean> {
  const isCanceled = await move(attempt, ["CANCELING"], "CANCELED", { ...ended, current_node: null });
  if (!isCanceled) return false;
  attempt.deps.runMetrics.ended(attempt.run.pool, "CANCELED");
  attempt.deps.runLog.add(attempt.run, "CANCELED", "Stopped");
  return true;
}

/** The machine that the run was on is no more. */
export async function settleWithoutMachine(attempt: Attempt): Promise<void> {
  const gone = failure("MACHINE_LOST", "The machine was removed before the outputs were fetched");
  if (await backToPending(attempt)) {
    attempt.deps.runLog.add(attempt.run, "MOVED", "Its machine is no more; the run waits for another one");
    return;
  }
  if (await settleCanceled(attempt)) return;
  await settleFailure(attempt, gone);
}

/** The present state of this attempt; null when the run has gone on without it. */
export async function readStatus({ deps, run }: Attempt): Promise<RunStatus | null> {
  const { rows } = await deps.db.pool.query<{ status: RunStatus }>(
    `SELECT status FROM run WHERE id = $1 AND comfy_prompt_id = $2`,
    [run.id, run.comfyPromptId],
  );
  return rows[0]?.status ?? null;
}

async function isCanceling(attempt: Attempt): Promise<boolean> {
  return (await readStatus(attempt)) === "CANCELING";
}

async function move(
  attempt: Attempt,
  from: RunStatus[],
  to: RunStatus,
  set: Record<string, unknown>,
): Promise<boolean> {
  const { deps, run } = attempt;
  const moved = await transition(deps.db.pool, { runIds: [run.id], comfyPromptId: run.comfyPromptId, from, to, set });
  await finish(attempt, moved);
  return moved.length > 0;
}

/** What follows every end of an attempt: news for watchers, the job's end for other domains, the machine for the next. */
export async function finish(
  { deps, run }: Attempt,
  moved: readonly MovedRun[],
  { freesMachine = true } = {},
): Promise<void> {
  if (moved.length === 0) return;
  deps.bus.publish("job.changed", { jobId: run.jobId });
  if (freesMachine) deps.runQueue.wake();
  if (moved.some((row) => row.jobEnded)) await deps.runQueue.jobEnded(run.jobId);
}

/**
 * Counts towards the machine's suspension. A machine that forgot its queue has failed once, however many prompts were in
 * it: only the one that was executed counts.
 */
async function countMachineFailure({ deps, run }: Attempt, { code }: RunFailure): Promise<void> {
  const machineId = run.machine?.id ?? null;
  const { rows } = await deps.db.pool.query<{ name: string; failures: number; until: Date | null }>(
    `UPDATE machine SET failure_streak = failure_streak + 1,
       suspended_until = coalesce(
         now() + ($2::float8[])[least(failure_streak + 1, cardinality($2::float8[]))] * interval '1 millisecond', suspended_until)
     WHERE id = $1 AND ($3 <> 'LOST' OR EXISTS (SELECT 1 FROM run WHERE run.id = $4 AND run.status = 'RUNNING'))
     RETURNING name, failure_streak AS failures, suspended_until AS until`,
    [machineId, rests, code, run.id],
  );
  const [machine] = rows;
  if (!machine || restMs(machine.failures) === null) return;
  deps.bus.publish("system.changed", { reason: "machine-updated" });
  deps.log.warn(
    {
      event: "MACHINE_SUSPENDED",
      machineId,
      machine: machine.name,
      failures: machine.failures,
      until: machine.until,
      code,
    },
    "The machine rests after failing several times in a row",
  );
}
