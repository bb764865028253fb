import type { Deps } from "#app/deps.ts";
import { underDispatchLock } from "#domains/queue/dispatcher.ts";
import { activeStatuses } from "#domains/queue/logic/run-status.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { Machine } from "#platform/db/generated/client.ts";

/**
 * Gives a machine nothing more; when what it has in hand is over, it is disabled. Enabling it ends that.
 * @throws NotFoundError
 */
export async function drainMachine(deps: Pick<Deps, "db" | "bus">, id: string): Promise<Machine> {
  // Under the lock: a pass that has counted this machine is over before.
  const { rowCount } = await underDispatchLock(deps.db.pool, (client) =>
    client.query(`UPDATE machine SET is_draining = is_enabled WHERE id = $1`, [id]),
  );
  if (rowCount === 0) throw new NotFoundError("The machine", ["id"]);
  deps.bus.publish("system.changed", { reason: "machine-updated" });
  await disableDrained(deps);
  return deps.db.prisma.machine.findUniqueOrThrow({ where: { id } });
}

/** Disables the machines that were to be drained and have nothing in hand any more. */
export async function disableDrained({ db, bus }: Pick<Deps, "db" | "bus">): Promise<void> {
  const { rowCount } = await db.pool.query(
    `UPDATE machine SET is_enabled = false, is_draining = false
     WHERE is_draining AND NOT EXISTS (SELECT 1 FROM run WHERE machine_id = machine.id AND status = ANY($1::"RunStatus"[]))`,
    [activeStatuses],
  );
  if (rowCount) bus.publish("system.changed", { reason: "machine-updated" });
}
