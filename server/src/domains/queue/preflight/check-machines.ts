import type { Deps } from "#app/deps.ts";
import { definitionsOfMachines, type listPoolMachines } from "#domains/machines/pool-definitions.service.ts";
import { machineFindings } from "#domains/queue/preflight/machine-findings.ts";
import type { Finding } from "#domains/queue/submit/finding.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";

/** What the pool's machines have against a graph. Runs whose values are the same object are checked once. */
export type MachineCheck = (graph: ApiGraph, values: object) => Finding[];

/** Reads what the machines of the pool are, so that any number of runs can be checked without a further statement. */
export async function prepareMachineCheck(
  deps: Pick<Deps, "db">,
  { pool, allowPartial }: { pool: string; allowPartial: boolean },
  listed: Awaited<ReturnType<typeof listPoolMachines>>,
  graph: ApiGraph,
): Promise<MachineCheck> {
  const classes = [...new Set(Object.values(graph).map((node) => node.class_type))];
  const machines = await definitionsOfMachines(deps, listed, classes);
  const checked = new WeakMap<object, Finding[]>();
  return (graph, values) => {
    let findings = checked.get(values);
    if (!findings) checked.set(values, (findings = machineFindings(pool, machines, graph, allowPartial)));
    return findings;
  };
}
