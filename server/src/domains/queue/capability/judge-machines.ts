import type { Deps } from "#app/deps.ts";
import { definitionsOfMachines, listPoolMachines } from "#domains/machines/pool-definitions.service.ts";
import { type Refusal, storeRefusals } from "#domains/queue/capability/refusals.ts";
import { refusalsOf } from "#domains/queue/logic/refusals-of.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { isJsonObject, parseJson } from "#lib/json.ts";
import type { Db } from "#platform/db/client.ts";

/** Needs that are remembered of a machine: more begin anew. */
const keptNeeds = 5_000;

interface Judged {
  readAt: string;
  needs: Set<string>;
}

/** By machine: the needs that this process has compared with the definitions of that time. What was found is in the database. */
const judgements = new WeakMap<Db, Map<string, Judged>>();

/** Whether the machine's definitions have been compared with these needs here; true when there is nothing to compare. */
export function isJudged(db: Db, machine: { id: string; readAt: string | null }, needs: string): boolean {
  if (machine.readAt === null || needs === "") return true;
  const judged = judgements.get(db)?.get(machine.id);
  return judged?.readAt === machine.readAt && judged.needs.has(needs);
}

/**
 * Compares what runs need with the definitions of all machines of their pool, once for each need and reading, and stores
 * what the machines lack. No machine is asked.
 * @param byNeeds a run for each need
 */
export async function judgeMachines(
  { db }: Pick<Deps, "db">,
  pool: string,
  byNeeds: ReadonlyMap<string, string>,
): Promise<void> {
  const listed = await listPoolMachines(db.pool, pool);
  const { rows } = await db.pool.query<{ runId: string; json: string }>({
    name: "graphs-to-judge",
    text: `SELECT run_id AS "runId", json FROM run_graph WHERE run_id = ANY($1::uuid[])`,
    values: [[...byNeeds.values()]],
  });
  const graphs = new Map(rows.map(({ runId, json }) => [runId, readGraph(json)]));
  const classes = [...graphs.values()].flatMap((graph) => Object.values(graph).map((node) => node.class_type));
  const machines = await definitionsOfMachines({ db }, listed, [...new Set(classes)]);
  const refusals: Refusal[] = [];
  const judged: (() => void)[] = [];
  for (const [index, machine] of machines.entries()) {
    const readAt = listed[index]?.readAt ?? null;
    if (readAt === null || machine.definitions === null) continue;
    for (const [needs, runId] of byNeeds) {
      if (isJudged(db, { id: machine.id, readAt }, needs)) continue;
      const reasons = refusalsOf(graphs.get(runId) ?? {}, machine.definitions, machine.isSimulator);
      if (reasons.length > 0) refusals.push({ machineId: machine.id, needs, readAt, reasons, isSaid: false });
      judged.push(() => remember(db, machine.id, readAt, needs));
    }
  }
  await storeRefusals(db.pool, refusals);
  for (const note of judged) note();
}

function remember(db: Db, machineId: string, readAt: string, needs: string): void {
  let machines = judgements.get(db);
  if (!machines) judgements.set(db, (machines = new Map()));
  let judged = machines.get(machineId);
  if (judged?.readAt !== readAt || judged.needs.size >= keptNeeds)
    machines.set(machineId, (judged = { readAt, needs: new Set() }));
  judged.needs.add(needs);
}

/** One that can't be read asks nothing of a machine; whoever runs it tells. */
function readGraph(json: string): ApiGraph {
  const graph = parseJson(json);
  return isJsonObject(graph) ? (graph as unknown as ApiGraph) : {};
}
