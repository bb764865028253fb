import { z } from "zod";

/** The BullMQ queue that carries claimed runs to workers. */
export const runQueueName = "runs";

export const runPayload = z.object({
  runId: z.uuid(),
  comfyPromptId: z.uuid(),
  /** By which request the job came, for whoever looks into the queue. */
  requestId: z.string().nullish(),
});
export type RunPayload = z.infer<typeof runPayload>;

/** A payload, and the trace that its job belongs to. */
export interface RunEntry extends RunPayload {
  traceparent?: string | null;
}

/**
 * The prompt id names the attempt, so adding an attempt twice is harmless. Errors that the handler does not expect (the
 * database away, say) are tried again for as long as it takes: the run's own attempts are counted on its row.
 */
export const runJobOptions = ({ comfyPromptId, traceparent }: RunEntry) => ({
  jobId: comfyPromptId,
  // As bullmq-otel writes it; what one call adds for several jobs belongs to several traces.
  ...(traceparent ? { telemetry: { metadata: JSON.stringify({ traceparent }) } } : {}),
  attempts: 10_000,
  backoff: { type: "fixed", delay: 1_000 },
  removeOnComplete: true,
  removeOnFail: true,
});
