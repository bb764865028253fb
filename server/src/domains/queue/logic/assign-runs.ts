import { hasLabels } from "#domains/machines/logic/labels.ts";

export interface FreeMachine {
  id: string;
  pools: string[];
  labels: string[];
  freePlaces: number;
  /** Runs that it has in hand. */
  load: number;
  /** The workflow version that it ran last: its models are likely loaded. */
  lastVersionId: string | null;
}

export interface Candidate {
  runId: string;
  /** Order of submission. */
  seq: number;
  priority: number;
  pool: string;
  userId: string;
  /** Runs that this user has in hand already. */
  activeOfUser: number;
  versionId: string;
  /** What its graph asks of a machine. */
  needs: string;
  /** Only machines with all of them may take it. */
  requiredLabels: string[];
  /** Machines that can't do this run, or were lost with it. */
  excludedMachineIds: string[];
}

/**
 * Pairs runs with machines. Higher priority first; among equals whoever has the fewest runs in hand, so that one
 * person's thousand do not starve another's two; then the order of submission.
 */
export function assignRuns(
  candidates: readonly Candidate[],
  machines: readonly FreeMachine[],
): { runId: string; machineId: string }[] {
  const free = machines.map((machine) => ({ ...machine }));
  const inHand = new Map(candidates.map((run) => [run.userId, run.activeOfUser]));
  const waiting = candidates.toSorted((a, b) => b.priority - a.priority || a.seq - b.seq);
  const assigned: { runId: string; machineId: string }[] = [];
  while (waiting.length > 0 && free.some((machine) => machine.freePlaces > 0)) {
    const run = takeNext(waiting, inHand);
    const machine = bestMachine(run, free);
    if (!machine) continue;
    machine.freePlaces -= 1;
    machine.load += 1;
    machine.lastVersionId = run.versionId;
    inHand.set(run.userId, (inHand.get(run.userId) ?? 0) + 1);
    assigned.push({ runId: run.runId, machineId: machine.id });
  }
  return assigned;
}

function takeNext(waiting: Candidate[], inHand: ReadonlyMap<string, number>): Candidate {
  const top = (waiting[0] as Candidate).priority;
  let best = 0;
  for (let at = 1; at < waiting.length && (waiting[at] as Candidate).priority === top; at += 1) {
    const hand = (index: number): number => inHand.get((waiting[index] as Candidate).userId) ?? 0;
    if (hand(at) < hand(best)) best = at;
  }
  return waiting.splice(best, 1)[0] as Candidate;
}

function bestMachine(run: Candidate, machines: FreeMachine[]): FreeMachine | undefined {
  const able = machines.filter(
    (machine) =>
      machine.freePlaces > 0 &&
      machine.pools.includes(run.pool) &&
      hasLabels(machine, run.requiredLabels) &&
      !run.excludedMachineIds.includes(machine.id),
  );
  const warm = (machine: FreeMachine): number => (machine.lastVersionId === run.versionId ? 0 : 1);
  return able.toSorted((a, b) => warm(a) - warm(b) || a.load - b.load)[0];
}
