import { z } from "zod";

/** The BullMQ queue of prompts that are to be written. */
export const autoPromptQueueName = "auto-prompts";

export const autoPromptPayload = z.object({
  autoPromptId: z.uuid(),
  attempt: z.number().int(),
  requestId: z.string().optional(),
});
export type AutoPromptPayload = z.infer<typeof autoPromptPayload>;

/**
 * One job for each, and another for each retry. What the handler does not expect (the database away) is tried again; what a
 * model or its server gets wrong is told of at the picture.
 */
export const autoPromptJobOptions = ({ autoPromptId, attempt }: AutoPromptPayload) => ({
  jobId: `${autoPromptId}-${attempt}`,
  attempts: 100,
  backoff: { type: "fixed", delay: 2_000 },
  removeOnComplete: true,
  removeOnFail: true,
});
