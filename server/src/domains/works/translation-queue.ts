import type { Deps } from "#app/deps.ts";
import {
  translationJobOptions,
  type TranslationPayload,
  translationQueueName,
} from "#domains/works/translation-job.ts";
import { currentScope } from "#platform/work/scope.ts";
import { within } from "#lib/within.ts";

/** How the rest of the product has chapters translated: now, or by a worker elsewhere. */
export interface TranslationQueue extends AsyncDisposable {
  /** Adding what waits already is harmless. */
  add(payload: TranslationPayload): Promise<void>;
}

const closeMs = 5_000;

export function createTranslationQueue({ queueBackend, log }: Pick<Deps, "queueBackend" | "log">): TranslationQueue {
  const queue = queueBackend.queue(translationQueueName);
  queue.on("error", (error) => log.warn({ err: error }, "queue of translations"));
  return {
    add: async (payload) => {
      await queue.add(
        "translate",
        { requestId: currentScope()?.ids.requestId, ...payload },
        translationJobOptions(payload),
      );
    },
    [Symbol.asyncDispose]: async () => void (await within(closeMs, queue.close())),
  };
}
