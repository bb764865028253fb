import type pg from "pg";
import type { Deps } from "#app/deps.ts";
import type { ObjectInfo } from "#domains/machines/node-definitions.service.ts";
import type { Db } from "#platform/db/client.ts";

/** A machine that may take runs of a pool, with what it said last of some node classes. */
export interface PoolMachine {
  id: string;
  name: string;
  isSimulator: boolean;
  labels: string[];
  /** Only the classes that were asked for; null when the machine has never said what it has. */
  definitions: ObjectInfo | null;
}

interface Known {
  readAt: string;
  /** Null for a class that the machine does not have. */
  classes: Map<string, object | null>;
}

type MachineRow = Omit<PoolMachine, "definitions"> & { readAt: string | null };

/** Definitions are large and change seldom: what was unpacked once is kept until the machine is read anew. */
const caches = new WeakMap<Db, Map<string, Known>>();

/** The enabled machines of a pool by name, whether they answer now or not. One small statement. */
export async function listPoolMachines(client: Pick<pg.Pool, "query">, pool: string): Promise<MachineRow[]> {
  const { rows } = await client.query<MachineRow>({
    name: "pool-machines",
    text: `SELECT m.id, m.name, m.is_simulator AS "isSimulator", m.labels, d.read_at::text AS "readAt"
           FROM machine m LEFT JOIN machine_definitions d ON d.machine_id = m.id
           WHERE m.is_enabled AND $1 = ANY(m.pools) ORDER BY m.name`,
    values: [pool],
  });
  return rows;
}

/**
 * What the machines said last of these node classes, without asking them. No statement when all of it was read before,
 * else one for all machines.
 */
export async function definitionsOfMachines(
  { db }: Pick<Deps, "db">,
  machines: readonly MachineRow[],
  classes: readonly string[],
): Promise<PoolMachine[]> {
  let cache = caches.get(db);
  if (!cache) caches.set(db, (cache = new Map()));
  const asked = machines.map(({ readAt, ...machine }) => {
    const before = cache.get(machine.id);
    const known = readAt === null ? null : before?.readAt === readAt ? before : { readAt, classes: new Map() };
    return { machine, known, missing: known ? classes.filter((name) => !known.classes.has(name)) : [] };
  });
  const lacking = asked.filter(({ missing }) => missing.length > 0);
  if (lacking.length > 0) {
    const names = [...new Set(lacking.flatMap(({ missing }) => missing))];
    const { rows } = await db.pool.query<{ machineId: string; name: string; definition: object }>({
      name: "machine-definitions",
      text: `SELECT d.machine_id AS "machineId", node.key AS name, node.value AS definition
             FROM machine_definitions d, json_each(d.object_info) AS node
             WHERE d.machine_id = ANY($1::uuid[]) AND node.key = ANY($2)`,
      values: [lacking.map(({ machine }) => machine.id), names],
    });
    const found = new Map(rows.map((row) => [`${row.machineId} ${row.name}`, row.definition]));
    for (const { machine, known } of lacking) {
      for (const name of names) known?.classes.set(name, found.get(`${machine.id} ${name}`) ?? null);
      if (known) cache.set(machine.id, known);
    }
  }
  return asked.map(({ machine, known }) => ({
    ...machine,
    definitions:
      known &&
      Object.fromEntries(
        classes.flatMap((name) => {
          const definition = known.classes.get(name);
          return definition ? [[name, definition]] : [];
        }),
      ),
  }));
}
