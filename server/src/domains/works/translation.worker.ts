import type { Deps } from "#app/deps.ts";
import { translationPayload, translationQueueName } from "#domains/works/translation-job.ts";
import { writeTranslation } from "#domains/works/write-translation.ts";
import { inScope } from "#platform/work/scope.ts";
import { within } from "#lib/within.ts";

/** Chapters that one process works on at once; how many calls that makes is the language model's own limit. */
const concurrency = 4;
const closeMs = 5_000;

/** Translates chapters, and goes on with what a process left behind that died. */
export async function startTranslationWorker(deps: Deps): Promise<AsyncDisposable> {
  const { db, log, queueBackend, translationQueue } = deps;
  const { lockDurationMs: lockMs } = deps.config.worker;
  const closing = new AbortController();
  const worker = queueBackend.worker(
    translationQueueName,
    (job) => {
      const payload = translationPayload.parse(job.data);
      const { translationId, requestId } = payload;
      return inScope({ ids: { requestId, translationId } }, () => writeTranslation(deps, payload, closing.signal));
    },
    {
      concurrency,
      lockDuration: lockMs,
      stalledInterval: Math.max(1_000, Math.floor(lockMs / 2)),
      maxStalledCount: 1_000,
    },
  );
  worker.on("error", (error) => log.warn({ err: error }, "translations"));
  worker.on("failed", (_job, error) => {
    if (!closing.signal.aborted) log.error({ err: error }, "a translation could not go on; it is tried again");
  });
  await worker.waitUntilReady();
  const open = await db.prisma.chapterTranslation.findMany({
    where: { status: { in: ["PENDING", "RUNNING"] } },
    select: { id: true, attempt: true },
    orderBy: { id: "asc" },
  });
  for (const { id, attempt } of open) await translationQueue.add({ translationId: id, attempt });
  return {
    [Symbol.asyncDispose]: async () => {
      closing.abort(new Error("the worker stops; another goes on"));
      await within(closeMs, worker.close());
    },
  };
}
