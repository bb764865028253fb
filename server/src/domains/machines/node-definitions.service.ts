import type { Deps } from "#app/deps.ts";
import { clientFor } from "#domains/machines/machine-client.ts";
import { UnavailableError } from "#lib/domain-error.ts";
import { stringifyJson } from "#lib/json.ts";
import { ComfyError } from "#platform/comfy/errors.ts";
import type { Machine } from "#platform/db/generated/client.ts";

/** What a machine says of its node classes (`/object_info`), by class name. */
export type ObjectInfo = Record<string, object>;

/** How long the list of node classes may take when somebody waits for it: slow machines walk their model folders first. */
const definitionsTimeoutMs = 20_000;

/** Reads what node classes the machine offers, and stores it. @throws ComfyError */
export async function readDefinitions(
  { db }: Pick<Deps, "db">,
  machine: Pick<Machine, "id" | "url" | "apiKey">,
  timeoutMs?: number,
): Promise<ObjectInfo> {
  const client = clientFor(machine, timeoutMs);
  try {
    // Some limits go beyond 2^53; for choosing widgets a double is near enough, and the driver reads plain numbers.
    const objectInfo = JSON.parse(stringifyJson(await client.objectInfo())) as ObjectInfo;
    const readAt = new Date();
    await db.prisma.machineDefinitions.upsert({
      where: { machineId: machine.id },
      create: { machineId: machine.id, objectInfo, readAt },
      update: { objectInfo, readAt },
    });
    // What it refused before says nothing about what it has now.
    await db.prisma.machineRefusal.deleteMany({
      where: { machineId: machine.id, OR: [{ readAt: null }, { readAt: { not: readAt } }] },
    });
    return objectInfo;
  } finally {
    await client.close();
  }
}

/** The stored definitions of the machine that was read last, real ones first; undefined when none was. */
export async function latestDefinitions({ db }: Pick<Deps, "db">): Promise<ObjectInfo | undefined> {
  const row = await db.prisma.machineDefinitions.findFirst({
    orderBy: [{ machine: { isSimulator: "asc" } }, { machine: { definitionsAt: { sort: "desc", nulls: "last" } } }],
  });
  return (row?.objectInfo ?? undefined) as ObjectInfo | undefined;
}

/**
 * Definitions for a graph with these classes: the latest ones, with classes that only other machines have. When none are
 * stored yet, the machines are asked. Undefined when no machine has ever answered.
 */
export async function definitionsFor(
  deps: Pick<Deps, "db" | "log">,
  classes: readonly string[],
): Promise<ObjectInfo | undefined> {
  const latest = (await latestDefinitions(deps)) ?? (await askAnyMachine(deps));
  if (!latest) return undefined;
  const missing = classes.filter((name) => !Object.hasOwn(latest, name));
  if (missing.length === 0) return latest;
  const { rows } = await deps.db.pool.query<{ name: string; definition: object }>(
    `SELECT DISTINCT ON (c.name) c.name, d.object_info -> c.name AS definition
     FROM machine_definitions d JOIN machine m ON m.id = d.machine_id CROSS JOIN unnest($1::text[]) AS c(name)
     WHERE d.object_info -> c.name IS NOT NULL
     ORDER BY c.name, m.is_simulator, m.definitions_at DESC NULLS LAST`,
    [missing],
  );
  return rows.length === 0
    ? latest
    : { ...latest, ...Object.fromEntries(rows.map(({ name, definition }) => [name, definition])) };
}

async function askAnyMachine(deps: Pick<Deps, "db" | "log">): Promise<ObjectInfo | undefined> {
  const machines = await deps.db.prisma.machine.findMany({
    where: { isEnabled: true },
    orderBy: [{ isSimulator: "asc" }, { isReachable: "desc" }, { name: "asc" }],
    take: 5,
  });
  for (const machine of machines) {
    try {
      return await readDefinitions(deps, machine, definitionsTimeoutMs);
    } catch (error) {
      if (!(error instanceof ComfyError)) throw error;
      deps.log.warn({ machine: machine.name, err: error }, "node definitions could not be read");
    }
  }
  return undefined;
}

/** What this machine offers now. @throws UnavailableError that names the machine and the field */
export async function currentDefinitions(
  deps: Pick<Deps, "db">,
  machine: Machine,
  path: string[],
): Promise<ObjectInfo> {
  try {
    return await readDefinitions(deps, machine, definitionsTimeoutMs);
  } catch (error) {
    if (!(error instanceof ComfyError)) throw error;
    throw new UnavailableError(
      `${machine.name} does not answer: ${error.message}`,
      "Is the machine running, and its port open to this server?",
      "MACHINE_UNREACHABLE",
      path,
    );
  }
}
