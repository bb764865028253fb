import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { Gauge, type GaugeConfiguration, Registry } from "prom-client";
import type { Db } from "#platform/db/client.ts";

export interface Metrics extends Disposable {
  registry: Registry;
}

const nanosecondsPerSecond = 1e9;
/** How finely the event loop's delay is measured, in ms. */
const resolution = 20;

/** What any process of the product tells of itself: event loop, memory, processor, connections of the database. */
export function createMetrics(db: Pick<Db, "pool" | "relaxedPool">): Metrics {
  const registry = new Registry();
  const gauge = <Label extends string>(of: GaugeConfiguration<Label>): void =>
    registry.registerMetric(new Gauge({ ...of, registers: [] }));
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  gauge({
    name: "callsheet_event_loop_delay_seconds",
    help: "Delay of the event loop since the last scrape, by quantile.",
    labelNames: ["quantile"],
    collect() {
      for (const quantile of [0.5, 0.99, 1]) this.set({ quantile }, delayAt(delay, quantile));
      delay.reset();
    },
  });
  gauge({
    name: "callsheet_process_memory_bytes",
    help: "Memory of this process, by kind.",
    labelNames: ["kind"],
    collect() {
      const { rss, heapUsed, external } = process.memoryUsage();
      this.set({ kind: "resident" }, rss);
      this.set({ kind: "heap" }, heapUsed);
      this.set({ kind: "external" }, external);
    },
  });
  gauge({
    name: "callsheet_process_cpu_seconds",
    help: "Processor time that this process has used.",
    collect() {
      const { user, system } = process.cpuUsage();
      this.set((user + system) / 1e6);
    },
  });
  gauge({
    name: "callsheet_database_connections",
    help: "Connections of this process by pool: open, idle, and callers that wait for one.",
    labelNames: ["pool", "state"],
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries({
        durable: db.pool,
        relaxed: db.relaxedPool,
      })) {
        this.set({ pool, state: "open" }, totalCount);
        this.set({ pool, state: "idle" }, idleCount);
        this.set({ pool, state: "waiting" }, waitingCount);
      }
    },
  });
  return { registry, [Symbol.dispose]: () => delay.disable() };
}

function delayAt(delay: IntervalHistogram, quantile: number): number {
  const measured = quantile === 1 ? delay.max : delay.percentile(quantile * 100);
  // What it measures is the time between two ticks, the interval included; without any it is far below zero or above all.
  const seconds = measured / nanosecondsPerSecond - resolution / 1000;
  return delay.count === 0 ? 0 : Math.max(0, seconds);
}
