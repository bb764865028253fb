import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import { dispatchRuns, type TakenRun, underDispatchLock } from "#domains/queue/dispatcher.ts";
import { activeStatuses } from "#domains/queue/logic/run-status.ts";
import { type RunEntry, runJobOptions, runQueueName } from "#domains/queue/run-job.ts";
import { within } from "#lib/within.ts";
import { detached } from "#platform/work/scope.ts";
import { continuing } from "#platform/tracing/tracing.ts";
import { transition } from "#domains/queue/transition.ts";

type JobListener = (jobId: string) => Promise<void>;

/**
 * A worker in this process that begins with claims at once. BullMQ gives it those that are not over in a moment, too, which
 * keeps them safe: when the process dies, another worker gets them.
 */
export interface ClaimTaker {
  workerId: string;
  freePlaces(): number;
  /** Resolves when the attempt is over; rejects when somebody has to go on with it. */
  take(run: TakenRun): Promise<void>;
}

/** When BullMQ is told of a claim that a worker here has begun with, in ms: many are over by then. */
const tellAfterMs = 25;

/** The queue as the rest of the product sees it. */
export interface RunQueue {
  /**
   * Gives pending runs to free machines now; calls at the same moment share one pass.
   * @returns whether all that was committed before the call is on disk
   */
  dispatch(): Promise<{ isDurable: boolean }>;
  /**
   * Writes something that makes runs pending and gives runs to machines: in one way to the database and back when no pass
   * is under way.
   * @param write sends one statement that is a transaction of its own
   */
  dispatchAfter<Written>(write: (client: Pick<pg.Pool, "query">) => Promise<Written>): {
    written: Promise<Written>;
    pass: Promise<{ isDurable: boolean }>;
  };
  /**
   * The same for callers that don't wait: what they wanted is in the database, and should this pass fail, the next one
   * finds it. @param inMs later, when a back-off is over
   */
  wake(inMs?: number): void;
  /** Enqueues again what BullMQ lacks of the runs in hand: after its store was flushed, or a crash between two writes. */
  restore(): Promise<void>;
  /** Gives a machine that shall be removed nothing more, and puts the runs under way on it back to pending. */
  handBackFrom(machineId: string): Promise<void>;
  /** Tells other domains that a job's last run has ended. Listeners are idempotent: they can be called again. */
  jobEnded(jobId: string): Promise<void>;
  onJobEnded(listener: JobListener): void;
  /** Tells other domains that an ended job goes on after a retry. */
  jobReopened(jobId: string): Promise<void>;
  onJobReopened(listener: JobListener): void;
  /** Hands claims of this process's passes to a worker in it. @returns a function that ends it */
  handTo(taker: ClaimTaker): () => void;
  close(): Promise<void>;
}

/** How long closing waits for BullMQ's store, which may be away, in ms. */
const closeMs = 2_000;

export function createRunQueue(deps: Pick<Deps, "db" | "bus" | "log" | "queueBackend" | "runLog">): RunQueue {
  const { db, bus, log, runLog } = deps;
  const queue = deps.queueBackend.queue(runQueueName);
  queue.on("error", (error) => log.warn({ err: error }, "run queue"));
  const endListeners: JobListener[] = [];
  const reopenListeners: JobListener[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let passing: Promise<{ isDurable: boolean }> | undefined;
  let again = false;
  let closed = false;
  let taker: ClaimTaker | undefined;
  /** Claims in the hands of a worker here, of which BullMQ has not been told. */
  const untold = new Map<string, RunEntry>();
  let restTimer: NodeJS.Timeout | undefined;

  const enqueue = async (entries: readonly RunEntry[]): Promise<void> => {
    const adding = entries.map((entry) => {
      const { runId, comfyPromptId, requestId, traceparent } = entry;
      const data = { runId, comfyPromptId, ...(requestId ? { requestId } : {}) };
      return { name: "execute", data, opts: runJobOptions(entry), traceparent };
    });
    // On Postgres one `add` costs a sixth of an `addBulk` of one; the usual pass claims a run or two.
    if (adding.length <= 4) {
      await Promise.all(
        adding.map(({ name, data, opts, traceparent }) => continuing(traceparent, () => queue.add(name, data, opts))),
      );
      return;
    }
    await queue.addBulk(adding);
  };

  const tell = (payloads: readonly RunEntry[]): Promise<void> => {
    for (const { comfyPromptId } of payloads) untold.delete(comfyPromptId);
    return enqueue(payloads);
  };
  /** Gives claims to the worker of this process. Should it die with some that BullMQ was not told of, `restore` tells it. */
  const handOver = (runs: readonly TakenRun[], to: ClaimTaker): void => {
    for (const run of runs) {
      const { id: runId, comfyPromptId, requestId, traceparent } = run;
      const payload = { runId, comfyPromptId, requestId, traceparent };
      untold.set(payload.comfyPromptId, payload);
      to.take(run).then(
        () => untold.delete(payload.comfyPromptId),
        () => undefined,
      );
    }
    if (runs.length === 0) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const late = runs.flatMap(({ comfyPromptId }) => untold.get(comfyPromptId) ?? []);
      tell(late).catch((error: unknown) => log.warn({ err: error }, "BullMQ was not told of a claim"));
    }, tellAfterMs);
    timers.add(timer);
    timer.unref();
  };

  const pass = async (before?: (client: pg.PoolClient) => void): Promise<{ isDurable: boolean }> => {
    let isDurable = false;
    let first = before;
    do {
      again = false;
      const worker = taker && { workerId: taker.workerId, places: taker.freePlaces() };
      const { claims, taken, nextInMs, isCut, ...pass } = await dispatchRuns({ db }, worker, first);
      first = undefined;
      isDurable = claims.length > 0;
      again ||= isCut;
      if (isDurable) {
        // Whoever submitted waits for it, and has waited for less by the time BullMQ has the claims.
        const flushed = pass.isDurable ? undefined : db.flush();
        if (taker) handOver(taken, taker);
        await Promise.all([flushed, enqueue(claims.filter(({ comfyPromptId }) => !untold.has(comfyPromptId)))]);
      }
      for (const jobId of new Set(claims.map((claim) => claim.jobId))) bus.publish("job.changed", { jobId });
      if (nextInMs !== null) {
        clearTimeout(restTimer);
        restTimer = setTimeout(() => queueApi.wake(), nextInMs + 5);
        restTimer.unref();
      }
    } while (again && !closed);
    return { isDurable };
  };

  const queueApi: RunQueue = {
    dispatch: async () => {
      if (closed) return { isDurable: false };
      if (passing) {
        // The pass under way may have counted before the change that brought us here.
        again = true;
        return passing;
      }
      passing = detached(() => pass()).finally(() => (passing = undefined));
      return passing;
    },
    dispatchAfter: <Written>(write: (client: Pick<pg.Pool, "query">) => Promise<Written>) => {
      if (passing || closed) {
        const written = write(db.relaxedPool);
        return { written, pass: written.then(() => queueApi.dispatch()) };
      }
      let sent = false;
      const written = new Promise<Written>((resolve, reject) => {
        passing = detached(() =>
          pass((client) => {
            sent = true;
            write(client).then(resolve, reject);
          }),
        ).finally(() => (passing = undefined));
        // Without a connection nothing was sent.
        passing.catch((error: unknown) => !sent && reject(error as Error));
      });
      return { written, pass: passing as unknown as Promise<{ isDurable: boolean }> };
    },
    wake: (inMs = 0) => {
      if (inMs > 0) {
        const timer = detached(() =>
          setTimeout(() => {
            timers.delete(timer);
            queueApi.wake();
          }, inMs),
        );
        timers.add(timer);
        timer.unref();
        return;
      }
      void queueApi.dispatch().catch((error: unknown) => log.error({ err: error }, "dispatch"));
    },
    restore: async () => {
      const { rows } = await db.pool.query<RunEntry>(
        `SELECT run.id AS "runId", run.comfy_prompt_id AS "comfyPromptId", job.request_id AS "requestId", job.traceparent
         FROM run JOIN job ON job.id = run.job_id
         WHERE run.status = ANY($1::"RunStatus"[]) AND run.comfy_prompt_id IS NOT NULL`,
        [activeStatuses],
      );
      await enqueue(rows);
    },
    handBackFrom: async (machineId) => {
      // Under the lock: a pass that has counted this machine is over before, and later ones leave it out.
      await underDispatchLock(db.pool, (client) =>
        client.query(`UPDATE machine SET is_enabled = false WHERE id = $1`, [machineId]),
      );
      const { rows } = await db.pool.query<{ id: string }>(
        `SELECT id FROM run WHERE machine_id = $1 AND status IN ('CLAIMED', 'SUBMITTED', 'RUNNING')`,
        [machineId],
      );
      const moved = await transition(db.pool, {
        runIds: rows.map((row) => row.id),
        from: ["CLAIMED", "SUBMITTED", "RUNNING"],
        to: "PENDING",
        set: handedBack,
      });
      // Whoever follows the prompts stops them on the machine, which would work for nobody.
      for (const { id } of moved) bus.publish("run.cancel", { runId: id });
      for (const run of moved) runLog.add(run, "MOVED", "The machine was removed; the run waits for another one");
      for (const jobId of new Set(moved.map((run) => run.jobId))) bus.publish("job.changed", { jobId });
      queueApi.wake();
    },
    jobEnded: async (jobId) => {
      await Promise.all(endListeners.map((listener) => listener(jobId)));
      bus.publish("job.changed", { jobId });
    },
    onJobEnded: (listener) => void endListeners.push(listener),
    jobReopened: async (jobId) => {
      for (const listener of reopenListeners) await listener(jobId);
      bus.publish("job.changed", { jobId });
    },
    onJobReopened: (listener) => void reopenListeners.push(listener),
    handTo: (worker) => {
      taker = worker;
      return () => (taker = undefined);
    },
    close: async () => {
      closed = true;
      clearTimeout(restTimer);
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await within(closeMs, tell([...untold.values()]));
      await within(closeMs, passing ?? Promise.resolve());
      await within(closeMs, queue.close());
    },
  };
  return queueApi;
}

/** What a run forgets when it goes back to pending; the attempt counts once its prompt may have reached a machine. */
export const handedBack = {
  machine_id: null,
  worker_id: null,
  comfy_prompt_id: null,
  progress: 0,
  current_node: null,
  attempt: { sql: "attempt + (posted_at IS NOT NULL)::int" },
  posted_at: null,
};
