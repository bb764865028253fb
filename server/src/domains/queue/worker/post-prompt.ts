import { failure, failureOfComfyError } from "#domains/queue/logic/run-error.ts";
import { withAttemptPrefix } from "#domains/queue/logic/machine-graph.ts";
import { transition } from "#domains/queue/transition.ts";
import { markUnreachable } from "#domains/machines/machine-health.ts";
import type { RunContext } from "#domains/queue/worker/run-context.ts";
import { backToPending, settleCanceled, settleFailure } from "#domains/queue/worker/settle.ts";
import { uploadInputs } from "#domains/queue/worker/upload-inputs.ts";
import { ComfyError, ComfyUnreachableError } from "#platform/comfy/errors.ts";
import type { JsonObject } from "#lib/json.ts";

/** "accepted": the machine has it. "unsure": the answer was lost, ask the machine. "settled": there is nothing to follow. */
export type Posted = "accepted" | "unsure" | "settled";

/** Uploads the inputs and posts the prompt; that it may have been posted is on the row before it is. */
export async function postPrompt(context: RunContext): Promise<Posted> {
  const { deps, run, connection, workerId } = context;
  try {
    const missing = await uploadInputs(context);
    if (missing) {
      await settleFailure(context, missing);
      return "settled";
    }
  } catch (error) {
    return refuse(context, error);
  }
  connection.socket.register(run.comfyPromptId);
  const { rowCount } = await deps.db.relaxedPool.query({
    name: "mark-posted",
    text: `UPDATE run SET posted_at = now(), worker_id = $3 WHERE id = $1 AND comfy_prompt_id = $2 AND status = 'CLAIMED' AND posted_at IS NULL`,
    values: [run.id, run.comfyPromptId, workerId],
  });
  if (rowCount === 0) {
    connection.socket.unregister(run.comfyPromptId);
    await settleCanceled(context);
    return "settled";
  }
  try {
    const accepted = await connection.client.submit({
      prompt: withAttemptPrefix(run.graph, run.comfyPromptId) as unknown as JsonObject,
      promptId: run.comfyPromptId,
      clientId: connection.socket.clientId,
      extraData: { callsheet: { runId: run.id, jobId: run.jobId }, preview_method: "auto" },
    });
    if (accepted.nodeErrors.length > 0 && !run.allowPartial) {
      await connection.client.cancel(run.comfyPromptId);
      const [first] = accepted.nodeErrors;
      await settleFailure(
        context,
        failure("PARTIAL_GRAPH", `The machine dropped a part of the graph: ${first?.errors[0]?.message ?? "node errors"}`, {
          nodeId: first?.nodeId ?? null,
          nodeType: first?.classType ?? null,
          details: { nodeErrors: accepted.nodeErrors },
        }),
      );
      connection.socket.unregister(run.comfyPromptId);
      return "settled";
    }
    return "accepted";
  } catch (error) {
    if (error instanceof ComfyUnreachableError && !error.neverSent) return "unsure";
    connection.socket.unregister(run.comfyPromptId);
    return refuse(context, error);
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
    await deps.db.pool.query(`UPDATE run SET posted_at = NULL WHERE id = $1 AND comfy_prompt_id = $2`, [run.id, run.comfyPromptId]);
    if (!(await backToPending(context))) await settleCanceled(context);
    return "settled";
  }
  // An input that vanished from the machine (its folder was emptied) is uploaded again by the next attempt.
  connection.uploaded.clear();
  await settleFailure(context, failureOfComfyError(error));
  return "settled";
}

/** Records that the machine has the prompt. */
export async function markSubmitted({ deps, run }: RunContext): Promise<void> {
  await transition(deps.db.relaxedPool, {
    runIds: [run.id],
    comfyPromptId: run.comfyPromptId,
    from: ["CLAIMED"],
    to: "SUBMITTED",
    set: { submitted_at: { sql: "coalesce(submitted_at, now())" } },
  });
  deps.bus.publish("job.changed", { jobId: run.jobId });
}
