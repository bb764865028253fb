import { z } from "zod";

/** The BullMQ queue of chapters that are to be translated. */
export const translationQueueName = "chapter-translations";

export const translationPayload = z.object({
  translationId: z.uuid(),
  attempt: z.number().int(),
  requestId: z.string().optional(),
});
export type TranslationPayload = z.infer<typeof translationPayload>;

/**
 * One job for each, and another for each retry. What the handler does not expect (the database away) is tried again; what a
 * model or its server gets wrong is told of at the translation.
 */
export const translationJobOptions = ({ translationId, attempt }: TranslationPayload) => ({
  jobId: `${translationId}-${attempt}`,
  attempts: 100,
  backoff: { type: "fixed", delay: 2_000 },
  removeOnComplete: true,
  removeOnFail: true,
});
