import type { Deps } from "#app/deps.ts";
import {
  autoPromptJobOptions,
  type AutoPromptPayload,
  autoPromptQueueName,
} from "#domains/autoprompt/auto-prompt-job.ts";
import { currentScope } from "#platform/work/scope.ts";
import { within } from "#lib/within.ts";

/** How the rest of the product has prompts written: now, or by a worker elsewhere. */
export interface AutoPromptQueue extends AsyncDisposable {
  /** Adding what waits already is harmless. */
  add(payload: AutoPromptPayload): Promise<void>;
}

const closeMs = 5_000;

export function createAutoPromptQueue({ queueBackend, log }: Pick<Deps, "queueBackend" | "log">): AutoPromptQueue {
  const queue = queueBackend.queue(autoPromptQueueName);
  queue.on("error", (error) => log.warn({ err: error }, "queue of auto-prompts"));
  return {
    add: async (payload) => {
      await queue.add("write", { requestId: currentScope()?.ids.requestId, ...payload }, autoPromptJobOptions(payload));
    },
    [Symbol.asyncDispose]: async () => void (await within(closeMs, queue.close())),
  };
}
