import { Counter, Histogram, type Registry } from "prom-client";

/** Times and ends of the runs that this process works on. Everything is known here already: nothing is asked for it. */
export interface RunMetrics {
  /** From the submit to the first claim, in seconds. */
  waited(pool: string, seconds: number): void;
  /** From the machine's acceptance to its end. */
  executed(pool: string, seconds: number): void;
  /** From the machine's end until all outputs are stored. */
  transferred(pool: string, seconds: number): void;
  ended(pool: string, status: "SUCCEEDED" | "FAILED" | "CANCELED"): void;
  /** An attempt failed. @param isLast whether the run has, too */
  failed(code: string, isLast: boolean): void;
}

const buckets = {
  long: [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400],
  short: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300],
};

export function createRunMetrics(registry: Registry): RunMetrics {
  const registers = [registry];
  const histogram = (name: string, help: string, of: number[]) =>
    new Histogram({ name, help, labelNames: ["pool"], buckets: of, registers });
  const wait = histogram("callsheet_run_wait_seconds", "From the submit of a run to its first claim.", buckets.long);
  const execution = histogram(
    "callsheet_run_execution_seconds",
    "From a machine's acceptance of a prompt to its end there.",
    buckets.long,
  );
  const transfer = histogram(
    "callsheet_run_transfer_seconds",
    "From a machine's end of a prompt until its outputs are stored.",
    buckets.short,
  );
  const ends = new Counter({
    name: "callsheet_runs_ended_total",
    help: "Runs that this process saw end, by final state.",
    labelNames: ["pool", "status"],
    registers,
  });
  const failures = new Counter({
    name: "callsheet_run_failures_total",
    help: "Attempts that failed, by code; final when none was left.",
    labelNames: ["code", "final"],
    registers,
  });
  return {
    waited: (pool, seconds) => wait.observe({ pool }, seconds),
    executed: (pool, seconds) => execution.observe({ pool }, seconds),
    transferred: (pool, seconds) => transfer.observe({ pool }, seconds),
    ended: (pool, status) => ends.inc({ pool, status }),
    failed: (code, isLast) => failures.inc({ code, final: String(isLast) }),
  };
}
