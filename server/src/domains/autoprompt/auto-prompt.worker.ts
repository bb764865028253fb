import type { Deps } from "#app/deps.ts";
import { autoPromptPayload, autoPromptQueueName } from "#domains/autoprompt/auto-prompt-job.ts";
import { writeAutoPrompt } from "#domains/autoprompt/write-auto-prompt.ts";
import { inScope } from "#platform/work/scope.ts";
import { within } from "#lib/within.ts";

/** Sets of pictures that one process works on at once; how many calls that makes is the language model's own limit. */
const concurrency = 4;
const closeMs = 5_000;

/** Has prompts written, and goes on with what a process left behind that died. */
export async function startAutoPromptWorker(deps: Deps): Promise<AsyncDisposable> {
  const { db, log, queueBackend, autoPromptQueue } = deps;
  const { lockDurationMs: lockMs } = deps.config.worker;
  const closing = new AbortController();
  const worker = queueBackend.worker(
    autoPromptQueueName,
    (job) => {
      const payload = autoPromptPayload.parse(job.data);
      const { autoPromptId, requestId } = payload;
      return inScope({ ids: { requestId, autoPromptId } }, () => writeAutoPrompt(deps, payload, closing.signal));
    },
    {
      concurrency,
      lockDuration: lockMs,
      stalledInterval: Math.max(1_000, Math.floor(lockMs / 2)),
      maxStalledCount: 1_000,
    },
  );
  worker.on("error", (error) => log.warn({ err: error }, "auto-prompts"));
  worker.on("failed", (_job, error) => {
    if (!closing.signal.aborted) log.error({ err: error }, "auto-prompts could not be written; they are tried again");
  });
  await worker.waitUntilReady();
  const open = await db.prisma.autoPrompt.findMany({
    where: { finishedAt: null },
    select: { id: true, attempt: true },
    orderBy: { id: "asc" },
  });
  for (const { id, attempt } of open) await autoPromptQueue.add({ autoPromptId: id, attempt });
  return {
    [Symbol.asyncDispose]: async () => {
      closing.abort(new Error("the worker stops; another goes on"));
      await within(closeMs, worker.close());
    },
  };
}
