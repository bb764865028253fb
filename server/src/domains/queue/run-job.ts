import { z } from "zod";

/** The BullMQ queue that carries claimed runs to workers. */
export const runQueueName = "runs";

export const runPayload = z.object({ runId: z.uuid(), comfyPromptId: z.uuid() });
export type RunPayload = z.infer<typeof runPayload>;

/**
 * The prompt id names the attempt, so adding an attempt twice is harmless. Errors that the handler does not expect (the
 * database away, say) are tried again for as long as it takes: the run's own attempts are counted on its row.
 */
export const runJobOptions = (payload: RunPayload) => ({
  jobId: payload.comfyPromptId,
  attempts: 10_000,
  backoff: { type: "fixed", delay: 1_000 },
  removeOnComplete: true,
  removeOnFail: true,
});
