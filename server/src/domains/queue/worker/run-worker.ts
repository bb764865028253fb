import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Deps } from "#app/deps.ts";
import { startHealthWatch } from "#domains/machines/machine-health.ts";
import { runPayload, runQueueName } from "#domains/queue/run-job.ts";
import { CancelRequests } from "#domains/queue/worker/cancel-requests.ts";
import { executeRun } from "#domains/queue/worker/execute-run.ts";
import { loadRun } from "#domains/queue/worker/load-run.ts";
import { MachineConnections } from "#domains/queue/worker/machine-connections.ts";
import { HandBackError } from "#domains/queue/worker/run-context.ts";

const heartbeatMs = 5_000;
/** How often rows and BullMQ are compared, besides at start and at events. */
const reconcileMs = 10_000;

/** A worker process: takes claimed runs from BullMQ, drives machines, watches their health, and mends what was left behind. */
export async function startRunWorker(deps: Deps): Promise<AsyncDisposable & { id: string }> {
  const { config, db, bus, log, runQueue } = deps;
  const workerId = randomUUID();
  const connections = new MachineConnections(log);
  const cancels = new CancelRequests(deps);
  const shutdown = new AbortController();
  await db.prisma.worker.create({ data: { id: workerId, host: `${hostname()}:${process.pid}` } });

  const worker = deps.queueBackend.worker(
    runQueueName,
    async (job) => {
      const { runId, comfyPromptId } = runPayload.parse(job.data);
      const run = await loadRun(deps, runId);
      // Another attempt has taken its place, or the run or its machine is gone: nothing to do here.
      if (!run || run.comfyPromptId !== comfyPromptId || !run.machine) return;
      const connection = connections.get(run.machine);
      await executeRun({
        deps,
        workerId,
        run: { ...run, comfyPromptId, machine: run.machine },
        connection,
        cancels,
        shutdown: shutdown.signal,
      });
    },
    {
      concurrency: config.worker.concurrency,
      lockDuration: config.worker.lockDurationMs,
      stalledInterval: Math.max(1_000, Math.floor(config.worker.lockDurationMs / 2)),
      // A run may be interrupted as often as processes die; its own attempts are counted on its row.
      maxStalledCount: 1_000_000,
      drainDelay: 5,
    },
  );
  worker.on("error", (error) => log.warn({ err: error }, "worker"));
  worker.on("failed", (_job, error) => {
    if (!(error instanceof HandBackError)) log.error({ err: error }, "a run's handler failed; it is tried again");
  });

  const health = startHealthWatch(deps);
  const stopListening = bus.subscribe("system.changed", () => void attempt("dispatch", () => runQueue.dispatch()));
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error({ err: error }, what);
    }
  };
  const beat = setInterval(() => {
    void attempt("heartbeat", () =>
      db.prisma.worker.upsert({
        where: { id: workerId },
        create: { id: workerId, host: `${hostname()}:${process.pid}` },
        update: { lastHeartbeatAt: new Date() },
      }),
    );
  }, heartbeatMs);
  const reconcile = async (): Promise<void> => {
    await attempt("restore", () => runQueue.restore());
    await attempt("dispatch", () => runQueue.dispatch());
  };
  const mend = setInterval(() => void reconcile(), reconcileMs);
  await worker.waitUntilReady();
  void reconcile();

  return {
    id: workerId,
    [Symbol.asyncDispose]: async () => {
      clearInterval(beat);
      clearInterval(mend);
      stopListening();
      // Handlers hand their runs back at once; BullMQ waits for them before it closes.
      shutdown.abort();
      await worker.close();
      await health.close();
      cancels.close();
      await connections.close();
      await db.prisma.worker.deleteMany({ where: { id: workerId } });
    },
  };
}
