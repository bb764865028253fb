import type { Deps } from "#app/deps.ts";
import { machineUrlProblem, normaliseMachineUrl } from "#domains/machines/logic/machine-url.ts";
import { defaultPool } from "#domains/machines/machines.service.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { Machine } from "#platform/db/generated/client.ts";

export interface ConfiguredMachine {
  url: string;
  /** For a machine that is not known yet; a number is added when it is taken. */
  name: string;
  apiKey?: string | undefined;
  isSimulator?: boolean | undefined;
}

/** Explains a simulator that is out of use, and tells it from one that a person disabled. */
const retired = "Not running: Callsheet was started with machines of its own (COMFY_URLS)";

/**
 * Makes sure that the machines of the configuration are known, by URL. They need not answer: the health watch finds out
 * when they do. What people changed about a known machine (name, pools, concurrency) stays.
 * @throws ValidationError for a URL that can't be a machine's
 */
export async function registerConfiguredMachines(
  deps: Pick<Deps, "db" | "bus">,
  machines: readonly ConfiguredMachine[],
): Promise<Machine[]> {
  const registered: Machine[] = [];
  for (const machine of machines) registered.push(await register(deps, machine));
  if (machines.length > 0) deps.bus.publish("system.changed", { reason: "machine-added" });
  return registered;
}

async function register({ db }: Pick<Deps, "db">, machine: ConfiguredMachine): Promise<Machine> {
  const problem = machineUrlProblem(machine.url);
  if (problem) throw ValidationError.at(["COMFY_URLS"], `COMFY_URLS: ${machine.url} ${problem}`);
  const url = normaliseMachineUrl(machine.url);
  const known = await db.prisma.machine.findUnique({ where: { url } });
  if (known) {
    return db.prisma.machine.update({
      where: { url },
      data: {
        // It may have been away for long; the first health check says how it is now.
        suspendedUntil: null,
        failureStreak: 0,
        ...(machine.isSimulator ? { isSimulator: true } : {}),
        ...(known.lastError === retired ? { isEnabled: true, lastError: null } : {}),
        ...(machine.apiKey === undefined ? {} : { apiKey: machine.apiKey }),
      },
    });
  }
  return db.prisma.machine.create({
    data: {
      name: await freeName(db, machine.name),
      url,
      apiKey: machine.apiKey ?? null,
      pools: [defaultPool],
      isSimulator: machine.isSimulator ?? false,
    },
  });
}

async function freeName(db: Deps["db"], wanted: string): Promise<string> {
  const taken = new Set((await db.prisma.machine.findMany({ select: { name: true } })).map((machine) => machine.name));
  for (let number = 2, name = wanted; ; number += 1) {
    if (!taken.has(name)) return name;
    name = `${wanted} (${number})`;
  }
}

/** Takes simulators of an earlier start out of use, until they are registered again: they do not run this time. */
export async function retireSimulators({ db, bus }: Pick<Deps, "db" | "bus">, urls: readonly string[]): Promise<void> {
  const { count } = await db.prisma.machine.updateMany({
    where: { isSimulator: true, isEnabled: true, url: { in: [...urls] } },
    data: { isEnabled: false, isReachable: false, lastError: retired },
  });
  if (count > 0) bus.publish("system.changed", { reason: "machine-updated" });
}
