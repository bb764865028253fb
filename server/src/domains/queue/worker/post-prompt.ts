import { failure, failureOfComfyError, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { withAttemptPrefix } from "#domains/queue/logic/machine-graph.ts";
import { transition } from "#domains/queue/transition.ts";
import { markUnreachable } from "#domains/machines/machine-health.ts";
import { lacksSomething, leaveToAnother } from "#domains/queue/worker/leave-to-another.ts";
import { HandBackError, type RunContext } from "#domains/queue/worker/run-context.ts";
import { backToPending, settleCanceled, settleFailure } from "#domains/queue/worker/settle.ts";
import { uploadInputs } from "#domains/queue/worker/upload-inputs.ts";
import type { ComfyAccepted } from "#platform/comfy/client.ts";
import {
  ComfyError,
  ComfyHttpError,
  ComfyMalformedAnswerError,
  ComfyUnreachableError,
  ComfyValidationError,
} from "#platform/comfy/errors.ts";
import { StorageUnavailableError } from "#platform/storage/storage.ts";

/**
 * "accepted": the machine has it. "settled": there is nothing to follow. `unsure`: it may have it, ask; should it not know
 * the prompt, this is why.
 */
export type Posted = "accepted" | "settled" | { unsure: RunFailure };

/** A pause after which this process makes sure that nobody took it for dead and its run over. */
const suspiciousPauseMs = 1_000;

/** Uploads the inputs and posts the prompt; that it may have been posted is on the row before it is. */
export async function postPrompt(context: RunContext): Promise<Posted> {
  const { run, connection } = context;
  try {
    const missing = await uploadInputs(context);
    if (missing) {
      await settleFailure(context, missing);
      return "settled";
    }
  } catch (error) {
    if (connection.released.aborted) throw new HandBackError();
    if (error instanceof StorageUnavailableError) {
      if (!(await settleCanceled(context)))
        await settleFailure(context, failure("STORAGE_ERROR", error.message, { isTransient: true }));
      return "settled";
    }
    return refuse(context, error);
  }
  await connection.opened;
  connection.socket.register(run.comfyPromptId);
  const posted = (await markPosted(context)) ? await post(context) : "settled";
  // Whether the machine has the prompt is asked at once, as for one that somebody else posted, and not awaited.
  if (posted !== "accepted") connection.socket.unregister(run.comfyPromptId);
  if (posted === "settled") await settleCanceled(context);
  return posted;
}

/**
 * Notes that the prompt may have been posted, unless that was noted with the claim, and waits until that and the claim itself are on disk: after a crash the
 * machine is asked by this id. @returns false when the run was canceled, another worker has it, or a crash took the claim
 */
async function markPosted({ deps, run, workerId, notedAt }: RunContext): Promise<boolean> {
  const begun = notedAt ?? performance.now();
  if (notedAt === null) {
    const { rowCount } = await deps.db.pool.query({
      name: "mark-posted",
      text: `UPDATE run SET posted_at = now(), worker_id = $3 WHERE id = $1 AND comfy_prompt_id = $2 AND status = 'CLAIMED' AND posted_at IS NULL`,
      values: [run.id, run.comfyPromptId, workerId],
    });
    if (rowCount === 0) return false;
  }
  if (performance.now() - begun < suspiciousPauseMs) return true;
  // This process was held up. Meanwhile another may have found that the machine does not know the prompt.
  const { rowCount: mine } = await deps.db.pool.query(
    `UPDATE run SET posted_at = now() WHERE id = $1 AND comfy_prompt_id = $2 AND status = 'CLAIMED' AND worker_id = $3`,
    [run.id, run.comfyPromptId, workerId],
  );
  return mine === 1;
}

async function post(context: RunContext): Promise<Posted> {
  const { run, connection } = context;
  try {
    const { nodeErrors } = await submit(context);
    if (nodeErrors.length === 0 || run.allowPartial) return "accepted";
    await connection.client.cancel(run.comfyPromptId).catch(() => undefined);
    const [first] = nodeErrors;
    const problem = failure(
      "PARTIAL_GRAPH",
      `The machine dropped a part of the graph: ${first?.errors[0]?.message ?? "node errors"}`,
      {
        nodeId: first?.nodeId ?? null,
        nodeType: first?.classType ?? null,
        details: { nodeErrors },
      },
    );
    if (lacksSomething({ type: "", nodeErrors })) await leaveToAnother(context, problem);
    else await settleFailure(context, problem);
    return "settled";
  } catch (error) {
    // A gateway's 504 or half an answer says nothing about whether the prompt arrived.
    const isUnsure =
      (error instanceof ComfyUnreachableError && !error.neverSent) ||
      (error instanceof ComfyHttpError && error.isTransient) ||
      error instanceof ComfyMalformedAnswerError;
    return isUnsure ? { unsure: failureOfComfyError(error) } : refuse(context, error);
  }
}

async function submit(context: RunContext): Promise<ComfyAccepted> {
  const { run, connection } = context;
  // Machines write what is in `extra_pnginfo` into the files that they make, beside the graph.
  const origin = { runId: run.id, jobId: run.jobId };
  const attempt = () =>
    connection.client.submit({
      prompt: withAttemptPrefix(run.graph, run.comfyPromptId),
      promptId: run.comfyPromptId,
      clientId: connection.socket.clientId,
      extraData: { callsheet: origin, extra_pnginfo: { callsheet: origin }, preview_method: "auto" },
    });
  try {
    return await attempt();
  } catch (error) {
    // Refused, hence not queued. An input that this process put there earlier may be gone: somebody emptied the folder.
    if (!(error instanceof ComfyValidationError) || connection.uploaded.size === 0) throw error;
    connection.uploaded.clear();
    if (await uploadInputs(context)) throw error;
    if (connection.uploaded.size === 0) throw error;
    return attempt();
  }
}

/** The machine did not take the prompt. An outage is no failure of the run: it waits for a machine again. */
async function refuse(context: RunContext, error: unknown): Promise<"settled"> {
  if (!(error instanceof ComfyError)) throw error;
  const { deps, run, connection } = context;
  if (error instanceof ComfyUnreachableError) {
    await markUnreachable(deps, run.machine.id, error.message);
    connection.uploaded.clear();
    // Nothing reached the machine, so the attempt does not count.
    if (await backToPending(context, { attempt: { sql: "attempt" } }))
      deps.runLog.add(run, "MOVED", `${run.machine.name} could not be reached; the run waits for a machine`);
    else await settleCanceled(context);
    return "settled";
  }
  const problem = failureOfComfyError(error);
  if (error instanceof ComfyValidationError && lacksSomething(error)) await leaveToAnother(context, problem);
  else await settleFailure(context, problem);
  return "settled";
}

/** Records that the machine has the prompt. */
export async function markSubmitted(context: RunContext): Promise<void> {
  const { deps, run } = context;
  const moved = await transition(deps.db.relaxedPool, {
    runIds: [run.id],
    comfyPromptId: run.comfyPromptId,
    from: ["CLAIMED"],
    to: "SUBMITTED",
    set: { submitted_at: { sql: "coalesce(submitted_at, now())" } },
  });
  if (moved.length > 0) context.reached = "SUBMITTED";
  deps.bus.publish("job.changed", { jobId: run.jobId });
}
