import type { Deps } from "#app/deps.ts";
import { clientFor } from "#domains/machines/machine-client.ts";
import { readDefinitions } from "#domains/machines/node-definitions.service.ts";
import { readSystemStats } from "#domains/machines/logic/system-stats.ts";
import { ComfyError } from "#platform/comfy/errors.ts";
import type { Machine } from "#platform/db/generated/client.ts";

type HealthDeps = Pick<Deps, "config" | "db" | "bus" | "log">;

/** A machine that does not answer is asked this often, in ms, so that it is back in use soon after it returns. */
const unreachableIntervalMs = 2_000;
const healthTimeoutMs = 5_000;

/** Watches the health of all enabled machines until closed. */
export function startHealthWatch(deps: HealthDeps): { close(): Promise<void> } {
  const nextAt = new Map<string, number>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();

  const tick = async (): Promise<void> => {
    const machines = await deps.db.prisma.machine.findMany({ where: { isEnabled: true } });
    const due = machines.filter((machine) => (nextAt.get(machine.id) ?? 0) <= Date.now());
    await Promise.all(
      due.map(async (machine) => {
        const reachable = await checkMachine(deps, machine);
        const interval = reachable
          ? deps.config.worker.healthIntervalMs
          : Math.min(unreachableIntervalMs, deps.config.worker.healthIntervalMs);
        nextAt.set(machine.id, Date.now() + interval);
      }),
    );
  };
  const run = (): void => {
    working = tick()
      .catch((error: unknown) => deps.log.warn({ err: error }, "health check"))
      .finally(() => {
        if (!stopped) timer = setTimeout(run, Math.min(1_000, deps.config.worker.healthIntervalMs));
      });
  };
  run();
  const stopListening = deps.bus.subscribe("system.changed", ({ reason }) => {
    if (reason === "machine-added" || reason === "machine-updated") nextAt.clear();
  });
  return {
    close: async () => {
      stopped = true;
      stopListening();
      clearTimeout(timer);
      await working;
    },
  };
}

/** Asks a machine how it is and writes it down. @returns whether it answered */
async function checkMachine(deps: HealthDeps, machine: Machine): Promise<boolean> {
  const client = clientFor(machine, healthTimeoutMs);
  try {
    const stats = readSystemStats(await client.systemStats());
    const { running, pending } = await client.queue();
    const { isSimulator, ...health } = stats;
    // Before it is given runs again: it may have lost or got something while it was away.
    const isNew = !machine.isReachable || !machine.definitionsAt;
    if (isNew) await readDefinitions(deps, machine);
    // Not by what was read before it was asked: somebody else may have failed to reach it since.
    const { count: returned } = await deps.db.prisma.machine.updateMany({
      where: { id: machine.id, isReachable: false },
      data: { isReachable: true, reachableSince: new Date() },
    });
    await deps.db.prisma.machine.updateMany({
      where: { id: machine.id },
      data: {
        ...health,
        ...(isSimulator ? { isSimulator } : {}),
        queueDepth: running.length + pending.length,
        isReachable: true,
        lastSeenAt: new Date(),
        lastError: null,
        unreachableSince: null,
        ...(isNew ? { definitionsAt: new Date() } : {}),
      },
    });
    if (returned > 0) tell(deps, machine.id, "MACHINE_REACHABLE", "The machine answers");
    if (returned > 0) deps.bus.publish("system.changed", { reason: "machine-reachable" });
    else if (isNew) deps.bus.publish("system.changed", { reason: "machine-refreshed" });
    return true;
  } catch (error) {
    if (!(error instanceof ComfyError)) throw error;
    await markUnreachable(deps, machine.id, error.message);
    return false;
  } finally {
    await client.close();
  }
}

/** Somebody could not reach the machine: it is given no new runs until it answers again. */
export async function markUnreachable(
  { db, bus, log }: Pick<Deps, "db" | "bus" | "log">,
  machineId: string,
  reason: string,
): Promise<void> {
  const { count } = await db.prisma.machine.updateMany({
    where: { id: machineId, isReachable: true },
    data: { isReachable: false, lastError: reason, unreachableSince: new Date() },
  });
  if (count === 0) return;
  tell({ log }, machineId, "MACHINE_UNREACHABLE", reason);
  bus.publish("system.changed", { reason: "machine-unreachable" });
}

/** Somebody got an answer from a machine that was thought unreachable. */
export async function markReachable(
  { db, bus, log }: Pick<Deps, "db" | "bus" | "log">,
  machineId: string,
): Promise<void> {
  const { count } = await db.prisma.machine.updateMany({
    where: { id: machineId, isReachable: false },
    // What it has is read again at the next look.
    data: {
      isReachable: true,
      lastError: null,
      unreachableSince: null,
      reachableSince: new Date(),
      lastSeenAt: new Date(),
      definitionsAt: null,
    },
  });
  if (count === 0) return;
  tell({ log }, machineId, "MACHINE_REACHABLE", "The machine answers");
  bus.publish("system.changed", { reason: "machine-reachable" });
}

/** For programs that read the log: what became of a machine. */
function tell(
  { log }: Pick<Deps, "log">,
  machineId: string,
  event: "MACHINE_REACHABLE" | "MACHINE_UNREACHABLE",
  message: string,
): void {
  if (event === "MACHINE_UNREACHABLE") log.warn({ event, machineId }, message);
  else log.info({ event, machineId }, message);
}

/** Somebody's connection to a machine broke, or it forgot its work: it may have started anew, with other nodes and models. */
export async function markRestarted({ db }: Pick<Deps, "db">, machineId: string): Promise<void> {
  await db.prisma.machine.updateMany({
    where: { id: machineId, definitionsAt: { not: null } },
    data: { definitionsAt: null },
  });
}
