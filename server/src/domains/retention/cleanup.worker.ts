import type { Deps } from "#app/deps.ts";
import { cleanUp } from "#domains/retention/cleanup.service.ts";
import { forgetOldAnswers } from "#platform/llm/answer-cache.ts";
import { within } from "#lib/within.ts";

const queueName = "cleanup";
const closeMs = 5_000;

/** Cleans up when the schedule says so: once, however many workers there are. */
export async function startCleanupSchedule(deps: Deps): Promise<AsyncDisposable> {
  const { config, log, queueBackend } = deps;
  const queue = queueBackend.queue(queueName);
  queue.on("error", (error) => log.warn({ err: error }, "clean-up schedule"));
  const { cron } = config.retention;
  if (cron === null) {
    await queue.removeJobScheduler(queueName);
    return { [Symbol.asyncDispose]: async () => void (await within(closeMs, queue.close())) };
  }
  const worker = queueBackend.worker(queueName, async () => {
    await cleanUp(deps, null);
    await forgetOldAnswers(deps.db, new Date());
  });
  worker.on("error", (error) => log.warn({ err: error }, "clean-up schedule"));
  worker.on("failed", (_job, error) => log.error({ err: error }, "the scheduled clean-up failed"));
  await queue.upsertJobScheduler(
    queueName,
    { pattern: cron },
    { name: "clean up", opts: { removeOnComplete: true, removeOnFail: true } },
  );
  return {
    [Symbol.asyncDispose]: async () => {
      await within(closeMs, worker.close());
      await within(closeMs, queue.close());
    },
  };
}
