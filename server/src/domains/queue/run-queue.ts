import type { Deps } from "#app/deps.ts";
import { dispatchRuns } from "#domains/queue/dispatcher.ts";
import { activeStatuses } from "#domains/queue/logic/run-status.ts";
import { runJobOptions, type RunPayload, runQueueName } from "#domains/queue/run-job.ts";
import { transition } from "#domains/queue/transition.ts";

/** The queue as the rest of the product sees it. */
export interface RunQueue {
  /** Gives pending runs to free machines now; calls at the same moment share one pass. */
  dispatch(): Promise<void>;
  /** Enqueues again what BullMQ lacks of the runs in hand: after its store was flushed, or a crash between two writes. */
  restore(): Promise<void>;
  /** Puts the runs under way on a machine back to pending, for when it is removed. */
  handBackFrom(machineId: string): Promise<void>;
  /** Tells other domains that a job's last run has ended. Listeners are idempotent: they can be called again. */
  jobEnded(jobId: string): Promise<void>;
  onJobEnded(listener: (jobId: string) => Promise<void>): void;
  close(): Promise<void>;
}

export function createRunQueue(deps: Pick<Deps, "db" | "bus" | "log" | "queueBackend">): RunQueue {
  const { db, bus, log } = deps;
  const queue = deps.queueBackend.queue(runQueueName);
  queue.on("error", (error) => log.warn({ err: error }, "run queue"));
  const listeners: ((jobId: string) => Promise<void>)[] = [];
  let passing: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const enqueue = async (payloads: readonly RunPayload[]): Promise<void> => {
    // On Postgres one `add` costs a sixth of an `addBulk` of one; the usual pass claims a run or two.
    if (payloads.length <= 4) {
      await Promise.all(payloads.map(({ runId, comfyPromptId }) => queue.add("execute", { runId, comfyPromptId }, runJobOptions({ runId, comfyPromptId }))));
      return;
    }
    await queue.addBulk(
      payloads.map(({ runId, comfyPromptId }) => {
        const data = { runId, comfyPromptId };
        return { name: "execute", data, opts: runJobOptions(data) };
      }),
    );
  };

  const pass = async (): Promise<void> => {
    do {
      again = false;
      const { claims, nextAt } = await dispatchRuns({ db });
      await enqueue(claims);
      for (const jobId of new Set(claims.map((claim) => claim.jobId))) bus.publish("job.changed", { jobId });
      if (nextAt) wakeAt(nextAt);
    } while (again && !closed);
  };

  const wakeAt = (at: Date): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void queueApi.dispatch().catch((error: unknown) => log.error({ err: error }, "dispatch")), Math.max(5, at.getTime() - Date.now()));
    timer.unref();
  };

  const queueApi: RunQueue = {
    dispatch: async () => {
      if (closed) return;
      if (passing) {
        // The pass under way may have counted before the change that brought us here.
        again = true;
        return passing;
      }
      passing = pass().finally(() => (passing = undefined));
      return passing;
    },
    restore: async () => {
      const { rows } = await db.pool.query<RunPayload>(
        `SELECT id AS "runId", comfy_prompt_id AS "comfyPromptId" FROM run WHERE status = ANY($1::"RunStatus"[])`,
        [activeStatuses],
      );
      await enqueue(rows);
    },
    handBackFrom: async (machineId) => {
      const { rows } = await db.pool.query<{ id: string }>(
        `SELECT id FROM run WHERE machine_id = $1 AND status IN ('CLAIMED', 'SUBMITTED', 'RUNNING')`,
        [machineId],
      );
      await transition(db.pool, {
        runIds: rows.map((row) => row.id),
        from: ["CLAIMED", "SUBMITTED", "RUNNING"],
        to: "PENDING",
        set: { machine_id: null, comfy_prompt_id: null, attempt: { sql: "attempt + (posted_at IS NOT NULL)::int" } },
      });
      await queueApi.dispatch();
    },
    jobEnded: async (jobId) => {
      await Promise.all(listeners.map((listener) => listener(jobId)));
      bus.publish("job.changed", { jobId });
    },
    onJobEnded: (listener) => void listeners.push(listener),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await passing?.catch(() => undefined);
      await queue.close();
    },
  };
  return queueApi;
}
