import type { Deps } from "#app/deps.ts";
import { readDefinitions } from "#domains/machines/node-definitions.service.ts";
import { judgeMachines } from "#domains/queue/capability/judge-machines.ts";
import { isAble, type PoolMember, poolMembers, storeRefusals } from "#domains/queue/capability/refusals.ts";
import { failure, type RunFailure } from "#domains/queue/logic/run-error.ts";
import type { RunContext } from "#domains/queue/worker/run-context.ts";
import { backToPending, settleFailure } from "#domains/queue/worker/settle.ts";
import type { ComfyValidationError } from "#platform/comfy/errors.ts";
import { ComfyError } from "#platform/comfy/errors.ts";

/** Definitions that were read in the last so many ms are not read again because of a refusal. */
const oldAfterMs = 10_000;
/** How long a machine may take to say what it has while its refused run waits. */
const readingMs = 20_000;

/** Whether it was refused for what this machine has not installed, rather than for what the graph says. */
export function lacksSomething({ type, nodeErrors }: Pick<ComfyValidationError, "type" | "nodeErrors">): boolean {
  // Older machines say invalid_prompt for a class that they don't have.
  const lacks = ["missing_node_type", "invalid_prompt", "value_not_in_list"];
  return lacks.includes(type) || nodeErrors.some(({ errors }) => errors.some((error) => lacks.includes(error.type)));
}

/**
 * The machine lacks something of the run's graph. It is remembered, with what the machine has now; the run goes to another
 * machine of its pool that may have it, or waits for one. Where none can, it fails and names what each of them lacks.
 */
export async function leaveToAnother(context: RunContext, problem: RunFailure): Promise<void> {
  const { deps, run } = context;
  const { machine } = run;
  await storeRefusals(deps.db.pool, [
    {
      machineId: machine.id,
      needs: run.needs,
      readAt: await readAgain(context),
      reasons: [problem.message],
      isSaid: true,
    },
  ]);
  let members = await judge(context);
  if (!members.some(isAble)) {
    // What the others lacked when they were asked last may be there by now.
    const old = members.filter((each) => each.isOld && each.isReachable && each.refusal?.isSaid === false);
    if (old.length > 0) {
      await Promise.all(old.map((each) => read(deps, each)));
      members = await judge(context);
    }
  }
  if (members.some(isAble)) {
    const hasMoved = await backToPending(context, { attempt: { sql: "attempt" } });
    if (hasMoved)
      deps.runLog.add(run, "MOVED", `${machine.name} can't do it, so another machine is asked: ${problem.message}`);
    if (hasMoved) return;
  }
  await settleFailure(context, withAll(context, members, problem));
}

async function judge({ deps, run }: RunContext): Promise<PoolMember[]> {
  await judgeMachines(deps, run.pool, new Map([[run.needs, run.id]]));
  return poolMembers(deps.db.pool, run, oldAfterMs);
}

/** @returns when the machine's definitions were read, as Postgres writes it */
async function readAgain({ deps, run }: RunContext): Promise<string | null> {
  const find = async (): Promise<PoolMember | undefined> =>
    (await poolMembers(deps.db.pool, run, oldAfterMs)).find(({ id }) => id === run.machine.id);
  const now = await find();
  if (!now?.isOld) return now?.readAt ?? null;
  await read(deps, now);
  return (await find())?.readAt ?? null;
}

/** Readings under way: many runs may be refused at once. */
const readings = new Map<string, Promise<void>>();

/** Reads what the machine has. That it can't be read is no reason to stop: what is known of it stays. */
function read(deps: Pick<Deps, "db" | "log">, machine: PoolMember): Promise<void> {
  const underWay = readings.get(machine.id);
  if (underWay) return underWay;
  const reading = readDefinitions(deps, machine, readingMs)
    .then(() => undefined)
    .catch((error: unknown) => {
      if (!(error instanceof ComfyError)) throw error;
      deps.log.warn({ machine: machine.name, err: error }, "node definitions could not be read");
    })
    .finally(() => readings.delete(machine.id));
  readings.set(machine.id, reading);
  return reading;
}

/** The failure with what every machine of the pool lacks. */
function withAll({ run }: RunContext, members: readonly PoolMember[], problem: RunFailure): RunFailure {
  const lacking = members.flatMap(({ name, refusal }) =>
    refusal ? [{ machine: name, reasons: refusal.reasons }] : [],
  );
  const listed = lacking.map(({ machine, reasons }) => `${machine}: ${reasons.join(" ")}`);
  const message =
    listed.length > 1
      ? `No machine of the pool "${run.pool}" can do it. ${listed.join(" · ")}`
      : `${run.machine.name} can't do it: ${problem.message}`;
  const { code, details, ...rest } = problem;
  return failure(code, message, { ...rest, message, details: { ...(details as object), machines: lacking } });
}
