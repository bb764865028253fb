import { Gauge, type GaugeConfiguration, type Registry } from "prom-client";
import type { Deps } from "#app/deps.ts";
import { readWorkers } from "#domains/queue/system-status.ts";

/** What the database knows of queue and machines: a few statements for each scrape, none for each run. */
export function registerQueueMetrics(registry: Registry, deps: Pick<Deps, "db">): void {
  const gauge = <Label extends string>(of: GaugeConfiguration<Label>): void =>
    registry.registerMetric(new Gauge({ ...of, registers: [] }));
  let state: ReturnType<typeof readState> | undefined;
  /** All figures of a scrape, and scrapes at the same moment, share one look. */
  const read = (): ReturnType<typeof readState> => {
    state ??= readState(deps).finally(() => (state = undefined));
    return state;
  };
  gauge({
    name: "callsheet_queue_runs",
    help: "Runs of jobs that are not over, by pool and state.",
    labelNames: ["pool", "state"],
    async collect() {
      const { runs } = await read();
      this.reset();
      for (const { pool, oldestSecs: _oldest, ...states } of runs)
        for (const [name, count] of Object.entries(states)) this.set({ pool, state: name }, count);
    },
  });
  gauge({
    name: "callsheet_queue_oldest_pending_seconds",
    help: "Age of the oldest job with runs that wait and are not paused, by pool.",
    labelNames: ["pool"],
    async collect() {
      const { runs } = await read();
      this.reset();
      for (const { pool, oldestSecs } of runs) if (oldestSecs !== null) this.set({ pool }, oldestSecs);
    },
  });
  gauge({
    name: "callsheet_queue_paused",
    help: "1 for each pause: queue, or pool:<name>.",
    labelNames: ["scope"],
    async collect() {
      const { pauses } = await read();
      this.reset();
      for (const scope of pauses) this.set({ scope }, 1);
    },
  });
  gauge({
    name: "callsheet_machine_state",
    help: "1 for the state that a machine is in.",
    labelNames: ["machine", "state"],
    async collect() {
      const { machines } = await read();
      this.reset();
      for (const { name, state: now } of machines)
        for (const each of machineStates) this.set({ machine: name, state: each }, each === now ? 1 : 0);
    },
  });
  gauge({
    name: "callsheet_machine_places",
    help: "Places of a machine, and those that runs hold.",
    labelNames: ["machine", "kind"],
    async collect() {
      const { machines } = await read();
      this.reset();
      for (const { name, concurrency, active } of machines) {
        this.set({ machine: name, kind: "all" }, concurrency);
        this.set({ machine: name, kind: "held" }, active);
      }
    },
  });
  gauge({
    name: "callsheet_workers",
    help: "Worker processes, by whether they were heard of lately.",
    labelNames: ["state"],
    async collect() {
      const { workers } = await read();
      const alive = workers.filter((worker) => worker.isAlive).length;
      this.set({ state: "alive" }, alive);
      this.set({ state: "gone" }, workers.length - alive);
    },
  });
}

const machineStates = ["ready", "paused", "draining", "suspended", "unreachable", "disabled"] as const;

interface MachineState {
  name: string;
  state: (typeof machineStates)[number];
  concurrency: number;
  active: number;
}

async function readState(deps: Pick<Deps, "db">) {
  const { pool, prisma } = deps.db;
  const [runs, pauses, machines, workers] = await Promise.all([
    pool.query<{
      pool: string;
      oldestSecs: number | null;
      pending: number;
      paused: number;
      active: number;
      canceling: number;
    }>({
      name: "metrics-runs",
      text: `SELECT pool, coalesce(sum(pending) FILTER (WHERE NOT is_paused), 0)::int AS pending,
               coalesce(sum(pending) FILTER (WHERE is_paused), 0)::int AS paused,
               extract(epoch FROM now() - min(created_at) FILTER (WHERE pending > 0 AND NOT is_paused))::float8 AS "oldestSecs",
               sum(active)::int AS active, sum(canceling)::int AS canceling
             FROM job WHERE status IN ('RUNNING', 'PENDING', 'PAUSED') GROUP BY pool`,
    }),
    prisma.queuePause.findMany(),
    pool.query<MachineState>({
      name: "metrics-machines",
      text: `SELECT m.name, m.concurrency, coalesce(busy.count, 0) AS active,
               CASE WHEN NOT m.is_enabled THEN 'disabled' WHEN NOT m.is_reachable THEN 'unreachable'
                 WHEN m.suspended_until > now() THEN 'suspended' WHEN m.is_draining THEN 'draining' WHEN m.is_paused THEN 'paused' ELSE 'ready' END AS state
             FROM machine m LEFT JOIN (
               SELECT machine_id, count(*)::int AS count FROM run
               WHERE status IN ('CLAIMED', 'SUBMITTED', 'RUNNING', 'CANCELING') GROUP BY machine_id
             ) busy ON busy.machine_id = m.id`,
    }),
    readWorkers(deps),
  ]);
  return { runs: runs.rows, pauses: pauses.map(({ scope }) => scope), machines: machines.rows, workers };
}
