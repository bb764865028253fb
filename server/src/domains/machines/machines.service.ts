import { lookup } from "node:dns/promises";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { labels } from "#domains/machines/logic/labels.ts";
import { addressProblem, hostOf, machineUrlProblem, normaliseMachineUrl } from "#domains/machines/logic/machine-url.ts";
import { readDefinitions } from "#domains/machines/node-definitions.service.ts";
import { clientFor } from "#domains/machines/machine-client.ts";
import { readSystemStats } from "#domains/machines/logic/system-stats.ts";
import { NotFoundError, UnavailableError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { ComfyError } from "#platform/comfy/errors.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { Machine } from "#platform/db/generated/client.ts";

type MachineDeps = Pick<Deps, "config" | "db" | "bus">;

export const defaultPool = "default";

/** The name of a pool, as machines and jobs give it. */
export const poolName = storableText(60).trim().min(1);
const pools = z.array(poolName).max(20);
const machineFields = z.object({
  name: storableText(80).trim().min(1, "a machine needs a name"),
  url: z.string().superRefine((text, context) => {
    const problem = machineUrlProblem(text);
    if (problem) context.addIssue({ code: "custom", message: problem });
  }),
  pools: pools.optional(),
  labels: labels.optional(),
  concurrency: z.number().int().min(1).max(64).optional(),
  apiKey: z
    .string()
    .max(500)
    .regex(/^[\x21-\x7e]*$/, "must be what an HTTP header can carry: ASCII without spaces")
    .optional(),
});

export interface MachineInput {
  name: string;
  url: string;
  pools?: string[] | undefined;
  labels?: string[] | undefined;
  concurrency?: number | undefined;
  apiKey?: string | undefined;
}

/** How long a machine may take to answer when somebody waits for it. */
const probeTimeoutMs = 5_000;

/**
 * Adds a machine that answers. @throws ValidationError, ConflictError (name or URL taken), UnavailableError
 */
export async function addMachine(deps: MachineDeps, input: MachineInput & { isSimulator?: boolean }): Promise<Machine> {
  const fields = parseInput(machineFields, input);
  const url = normaliseMachineUrl(fields.url);
  await refuseOddNames(url);
  const apiKey = fields.apiKey || null;
  const health = await probe({ url, apiKey }, ["url"]);
  const machine = await conflictOnUnique(
    () =>
      deps.db.prisma.machine.create({
        data: {
          name: fields.name,
          url,
          apiKey,
          pools: fields.pools?.length ? fields.pools : [defaultPool],
          labels: fields.labels ?? [],
          concurrency: fields.concurrency ?? 1,
          ...health,
          reachableSince: health.lastSeenAt,
          isSimulator: input.isSimulator ?? health.isSimulator,
        },
      }),
    "A machine with this name or URL exists already",
    ["name", "url"],
  );
  deps.bus.publish("system.changed", { reason: "machine-added" });
  return machine;
}

/** @throws NotFoundError, ValidationError, ConflictError */
export async function updateMachine(
  deps: MachineDeps,
  id: string,
  input: { [Key in keyof MachineInput]?: MachineInput[Key] | undefined } & { isEnabled?: boolean | undefined },
): Promise<Machine> {
  const fields = parseInput(machineFields.partial(), input);
  if (fields.url !== undefined) await refuseOddNames(fields.url);
  const machine = await conflictOnUnique(
    () =>
      deps.db.prisma.machine
        .updateManyAndReturn({
          where: { id },
          data: {
            ...(fields.name === undefined ? {} : { name: fields.name }),
            ...(fields.url === undefined ? {} : { url: normaliseMachineUrl(fields.url) }),
            ...(fields.pools === undefined ? {} : { pools: fields.pools.length > 0 ? fields.pools : [defaultPool] }),
            ...(fields.labels === undefined ? {} : { labels: fields.labels }),
            ...(fields.concurrency === undefined ? {} : { concurrency: fields.concurrency }),
            ...(fields.apiKey === undefined ? {} : { apiKey: fields.apiKey || null }),
            ...(input.isEnabled === undefined
              ? {}
              : { isEnabled: input.isEnabled, isDraining: false, suspendedUntil: null, failureStreak: 0 }),
          },
        })
        .then((rows) => rows[0]),
    "A machine with this name or URL exists already",
    ["name", "url"],
  );
  if (!machine) throw new NotFoundError("The machine", ["id"]);
  deps.bus.publish("system.changed", { reason: "machine-updated" });
  return machine;
}

/**
 * Removes a machine. Its ended runs stay and forget it; the caller makes sure that none is under way.
 * @throws NotFoundError
 */
export async function removeMachine(deps: MachineDeps, id: string): Promise<void> {
  const { count } = await deps.db.prisma.machine.deleteMany({ where: { id } });
  if (count === 0) throw new NotFoundError("The machine", ["id"]);
  deps.bus.publish("system.changed", { reason: "machine-removed" });
}

/** Reads health and node definitions anew. @throws NotFoundError, UnavailableError */
export async function refreshMachine(deps: MachineDeps, id: string): Promise<Machine> {
  const machine = await deps.db.prisma.machine.findUnique({ where: { id } });
  if (!machine) throw new NotFoundError("The machine", ["id"]);
  const health = await probe(machine, ["id"]);
  await readDefinitions(deps, machine);
  const refreshed = await deps.db.prisma.machine.update({
    where: { id },
    data: {
      ...health,
      ...(machine.isReachable ? {} : { reachableSince: health.lastSeenAt }),
      isSimulator: machine.isSimulator || health.isSimulator,
      suspendedUntil: null,
      failureStreak: 0,
      definitionsAt: new Date(),
    },
  });
  deps.bus.publish("system.changed", { reason: "machine-refreshed" });
  return refreshed;
}

/** A name can lead to an address that would have been refused by itself. @throws ValidationError */
async function refuseOddNames(url: string): Promise<void> {
  // A name that resolves to nothing is told of by whoever tries to reach it.
  const addresses = await lookup(hostOf(new URL(url)), { all: true }).catch(() => []);
  const problem = addresses.map(({ address }) => addressProblem(address)).find((each) => each !== null);
  if (problem) throw ValidationError.at(["url"], problem);
}

async function probe(machine: Pick<Machine, "url" | "apiKey">, path: string[]) {
  const client = clientFor(machine, probeTimeoutMs);
  try {
    return {
      ...readSystemStats(await client.systemStats()),
      isReachable: true,
      lastSeenAt: new Date(),
      lastError: null,
      unreachableSince: null,
    };
  } catch (error) {
    if (!(error instanceof ComfyError)) throw error;
    throw new UnavailableError(
      `The machine at ${machine.url} does not answer as ComfyUI does: ${error.message}`,
      "Is ComfyUI running there, started with --listen, and the port open to this server?",
      "MACHINE_UNREACHABLE",
      path,
    );
  } finally {
    await client.close();
  }
}
