import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Deps } from "#app/deps.ts";
import { markRestarted, startHealthWatch } from "#domains/machines/machine-health.ts";
import { failure } from "#domains/queue/logic/run-error.ts";
import { runPayload, runQueueName } from "#domains/queue/run-job.ts";
import { CancelRequests } from "#domains/queue/worker/cancel-requests.ts";
import { ClaimsInHand } from "#domains/queue/worker/claims-in-hand.ts";
import { executeRun } from "#domains/queue/worker/execute-run.ts";
import type { TakenRun } from "#domains/queue/dispatcher.ts";
import { loadRun } from "#domains/queue/load-run.ts";
import { MachineConnections } from "#domains/queue/worker/machine-connections.ts";
import { type Attempt, HandBackError } from "#domains/queue/worker/run-context.ts";
import { settleFailure, settleWithoutMachine } from "#domains/queue/worker/settle.ts";
import { textsIn } from "#lib/texts-in.ts";
import { traced } from "#platform/tracing/tracing.ts";
import { inScope, type ScopeIds } from "#platform/work/scope.ts";
import { within } from "#lib/within.ts";
import { startUpkeep } from "#domains/queue/worker/upkeep.ts";

/** Tries after which an error that no waiting mends ends the run instead of holding its machine's place for ever. */
const hopelessAfter = 5;

/** How long handlers and BullMQ's store have at shutdown, in ms. */
const closeMs = 10_000;

/** A worker process: takes claimed runs from BullMQ, drives machines, watches their health, and mends what was left behind. */
export async function startRunWorker(deps: Deps): Promise<AsyncDisposable & { id: string }> {
  const { config, db, bus, log, runQueue } = deps;
  const workerId = randomUUID();
  const connections = new MachineConnections(log, (machineId) => {
    markRestarted(deps, machineId).catch((error: unknown) => log.warn({ err: error }, "machine reconnected"));
  });
  const cancels = new CancelRequests(deps);
  const inHand = new ClaimsInHand();
  const host = `${hostname()}:${process.pid}`;
  await db.prisma.worker.create({ data: { id: workerId, host } });

  const load = async (runId: string, comfyPromptId: string, tries: number): Promise<void> => {
    const run = await loadRun(deps, runId);
    // Another attempt has taken its place, or the run is gone: nothing to do here.
    if (run?.comfyPromptId === comfyPromptId) await execute({ ...run, comfyPromptId, notedAt: null }, tries);
  };
  const execute = (run: TakenRun, tries: number): Promise<void> =>
    inScope({ ids: idsOf(run), texts: () => textsIn(run.graph) }, () =>
      traced("run", { kind: "consumer", from: traceOf(run), attributes: attributesOf(run) }, () =>
        attemptRun(run, tries),
      ),
    );
  const attemptRun = async ({ notedAt, ...run }: TakenRun, tries: number): Promise<void> => {
    const attempt: Attempt = { deps, run };
    const { machine } = run;
    if (!machine) return settleWithoutMachine(attempt);
    try {
      await connections.use(machine, (connection) =>
        executeRun({
          deps,
          workerId,
          run: { ...run, machine },
          notedAt,
          connection,
          cancels,
          reached: run.status,
        }),
      );
    } catch (error) {
      if (error instanceof HandBackError)
        deps.runLog.add(run, "LET_GO", "The worker lets go of it; it goes on elsewhere");
      if (tries < hopelessAfter || !isHopeless(error)) throw error;
      log.error({ err: error }, "a run's handler fails again and again; the run ends");
      await settleFailure(attempt, failure("INTERNAL", "Something went wrong here; the log has more"));
    }
  };

  const worker = deps.queueBackend.worker(
    runQueueName,
    async (job) => {
      const { runId, comfyPromptId } = runPayload.parse(job.data);
      await inHand.hold(comfyPromptId, () => load(runId, comfyPromptId, job.attemptsMade));
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
  const onFailure = (error: Error, ids: object): void => {
    if (!(error instanceof HandBackError))
      log.error({ err: error, ...ids }, "a run's handler failed; it is tried again");
  };
  worker.on("failed", (job, error) => {
    const entry = runPayload.safeParse(job?.data).data;
    onFailure(error, { runId: entry?.runId, promptId: entry?.comfyPromptId, requestId: entry?.requestId ?? undefined });
  });

  const health = startHealthWatch(deps);
  const stopListening = bus.subscribe("system.changed", () => runQueue.wake());
  await worker.waitUntilReady();
  const upkeep = startUpkeep(deps, workerId, connections);
  const stopTaking = runQueue.handTo({
    workerId,
    // With others about, BullMQ might give them what this process has begun with.
    freePlaces: () => (upkeep.isAlone() ? config.worker.concurrency - inHand.size : 0),
    take: (run) => {
      const working = inHand.hold(run.comfyPromptId, () => execute(run, 0));
      // BullMQ's job for it tries again.
      working.catch((error: Error) => onFailure(error, idsOf(run)));
      return working;
    },
  });

  log.info(
    { event: "WORKER_STARTED", workerId, host, concurrency: config.worker.concurrency },
    "The worker takes runs",
  );

  return {
    id: workerId,
    [Symbol.asyncDispose]: async () => {
      log.info({ event: "WORKER_STOPPING", workerId, inHand: inHand.size }, "The worker takes nothing more");
      stopListening();
      stopTaking();
      // Handlers hand their runs back at once; BullMQ waits for them before it closes.
      connections.release();
      if (!(await within(closeMs, worker.close())))
        log.warn("BullMQ does not let go; another worker takes over what is in hand here");
      await within(closeMs, inHand.settled());
      await upkeep.close();
      await health.close();
      await cancels.close();
      await connections.close();
      await db.prisma.worker.deleteMany({ where: { id: workerId } });
      log.info({ event: "WORKER_STOPPED", workerId }, "The worker has let go of everything");
    },
  };
}

function idsOf(run: TakenRun): ScopeIds {
  const { id: runId, jobId, attempt, comfyPromptId: promptId, requestId } = run;
  return { ...(requestId ? { requestId } : {}), jobId, runId, attempt, promptId };
}

const traceOf = ({ traceparent }: TakenRun) => (traceparent ? { traceparent } : undefined);

const attributesOf = ({ id, jobId, attempt, comfyPromptId, machine, pool }: TakenRun) => ({
  "callsheet.run.id": id,
  "callsheet.job.id": jobId,
  "callsheet.run.attempt": attempt,
  "callsheet.prompt.id": comfyPromptId,
  "callsheet.machine": machine?.name ?? "",
  "callsheet.pool": pool,
});

/** Mistakes of this program, or data that the database refuses: the same next time. */
function isHopeless(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return true;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^(22|23|42)...$/.test(code);
}
