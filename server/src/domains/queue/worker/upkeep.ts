import { hostname } from "node:os";
import type { Deps } from "#app/deps.ts";
import { within } from "#lib/within.ts";
import { disableDrained } from "#domains/queue/drain-machine.service.ts";
import type { MachineConnections } from "#domains/queue/worker/machine-connections.ts";

const heartbeatMs = 5_000;
/** A worker that has not shown itself for this long may be gone. */
const aliveForMs = 3 * heartbeatMs;
/** How often rows and BullMQ are compared, besides at start and at events; more often after a start or a lost connection. */
const reconcileMs = 10_000;
const troubledReconcileMs = 1_000;
const troubledForMs = 20_000;

/** How long closing waits for a turn that waits for its store, in ms. */
const closeMs = 2_000;

export interface Upkeep {
  /** Whether no other worker has shown itself lately. One that has just started is seen a few seconds later. */
  isAlone(): boolean;
  close(): Promise<void>;
}

/** What a worker does now and then: shows that it lives, and mends what others left behind. */
export function startUpkeep(deps: Deps, workerId: string, connections: MachineConnections): Upkeep {
  const { db, runQueue } = deps;
  let isAlone = false;
  const beat = every(
    deps,
    () => heartbeatMs,
    "heartbeat",
    async () => {
      await db.prisma.worker.upsert({
        where: { id: workerId },
        create: { id: workerId, host: `${hostname()}:${process.pid}` },
        update: { lastHeartbeatAt: new Date() },
      });
      const lately = new Date(Date.now() - aliveForMs);
      isAlone =
        (await db.prisma.worker.count({ where: { id: { not: workerId }, lastHeartbeatAt: { gt: lately } } })) === 0;
    },
  );
  const reconcile = every(
    deps,
    () => (db.steadyMs() < troubledForMs ? troubledReconcileMs : reconcileMs),
    "reconcile",
    async () => {
      // Rows of workers that were killed; those that died lately stay visible.
      await db.pool.query(`DELETE FROM worker WHERE last_heartbeat_at < now() - interval '1 day'`);
      connections.keepOnly(await db.prisma.machine.findMany({ select: { id: true, url: true, apiKey: true } }));
      await disableDrained(deps);
      await runQueue.restore();
      await runQueue.dispatch();
    },
  );
  return {
    isAlone: () => isAlone,
    close: async () => {
      await Promise.all([beat.close(), reconcile.close()]);
    },
  };
}

/** Does the work now and again after each pause; never twice at once, however long the database keeps it waiting. */
function every(
  { log }: Deps,
  pauseMs: () => number,
  what: string,
  work: () => Promise<void>,
): { close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let working: Promise<void>;
  const turn = (): void => {
    working = work()
      .catch((error: unknown) => log.error({ err: error }, what))
      .finally(() => {
        if (!isClosed) timer = setTimeout(turn, pauseMs());
      });
  };
  turn();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await within(closeMs, working);
    },
  };
}
