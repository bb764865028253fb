import type { Deps } from "#app/deps.ts";
import { hasLabels } from "#domains/machines/logic/labels.ts";
import { definitionsOfMachines, type listPoolMachines } from "#domains/machines/pool-definitions.service.ts";
import { machineFindings } from "#domains/queue/preflight/machine-findings.ts";
import { type Finding, finding } from "#domains/queue/submit/finding.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";

/** What the pool's machines have against a graph. Runs whose values are the same object are checked once. */
export type MachineCheck = (graph: ApiGraph, values: object) => Finding[];

interface Wanted {
  pool: string;
  requiredLabels: readonly string[];
  allowPartial: boolean;
}

/** Reads what the machines of the pool are, so that any number of runs can be checked without a further statement. */
export async function prepareMachineCheck(
  deps: Pick<Deps, "db">,
  { pool, requiredLabels, allowPartial }: Wanted,
  listed: Awaited<ReturnType<typeof listPoolMachines>>,
  graph: ApiGraph,
): Promise<MachineCheck> {
  const eligible = listed.filter((machine) => hasLabels(machine, requiredLabels));
  if (eligible.length === 0 && listed.length > 0) {
    const findings = [await withoutLabels(deps, pool, requiredLabels)];
    return () => findings;
  }
  const classes = [...new Set(Object.values(graph).map((node) => node.class_type))];
  const machines = await definitionsOfMachines(deps, eligible, classes);
  const checked = new WeakMap<object, Finding[]>();
  return (graph, values) => {
    let findings = checked.get(values);
    if (!findings) checked.set(values, (findings = machineFindings(pool, machines, graph, allowPartial)));
    return findings;
  };
}

/** Runs wait for a machine that somebody took out of use; for one that there is not, they would wait for ever. */
async function withoutLabels({ db }: Pick<Deps, "db">, pool: string, required: readonly string[]): Promise<Finding> {
  const disabled = await db.prisma.machine.findFirst({
    where: { isEnabled: false, pools: { has: pool }, labels: { hasEvery: [...required] } },
    orderBy: { name: "asc" },
  });
  const names = required.join(", ");
  const message = disabled
    ? `${disabled.name}, which has the labels ${names}, is disabled; its runs wait.`
    : `No machine of the pool "${pool}" has all the labels ${names}.`;
  const remedy = disabled
    ? "Enable the machine, or require other labels."
    : "Give them to a machine of the pool, correct them here or at the workflow, or name another pool.";
  return finding("NO_MACHINE_WITH_LABELS", message, remedy, {
    isBlocking: disabled === null,
    path: ["requiredLabels"],
    failure: "NO_MACHINE_WITH_LABELS",
  });
}
