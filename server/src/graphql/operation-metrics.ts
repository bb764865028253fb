import { Counter, Gauge, Histogram, type Registry } from "prom-client";

export type RefusedBy = "requests" | "cost" | "sockets" | "subscriptions" | "uploads" | "keys";

/** What the API was asked and how long it took. */
export interface OperationMetrics {
  ended(operation: { name: string | undefined; type: string; seconds: number; errorCodes: readonly string[] }): void;
  answered(of: { method: string; route: string; status: number; seconds: number }): void;
  refused(by: RefusedBy): void;
  /** Sockets and subscriptions that are open: one more, or one less. */
  sockets(by: 1 | -1): void;
  subscriptions(by: 1 | -1): void;
}

/** Names that are counted apart, so that a client that makes them up can't fill the memory of whoever scrapes. */
const maxNames = 200;
const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];

export function createOperationMetrics(registry: Registry): OperationMetrics {
  const registers = [registry];
  const operations = new Histogram({
    name: "callsheet_graphql_operation_seconds",
    help: "Time of GraphQL operations, by name; subscriptions until they are open.",
    labelNames: ["operation", "type"],
    buckets,
    registers,
  });
  const errors = new Counter({
    name: "callsheet_graphql_errors_total",
    help: "Top-level errors in answers to GraphQL operations, by code.",
    labelNames: ["code"],
    registers,
  });
  const requests = new Histogram({
    name: "callsheet_http_request_seconds",
    help: "Time of HTTP requests until the answer was sent, by route and class of status.",
    labelNames: ["method", "route", "status"],
    buckets,
    registers,
  });
  const refusals = new Counter({
    name: "callsheet_rate_limited_total",
    help: "What was refused because a viewer or an address asked for too much, by limit.",
    labelNames: ["limit"],
    registers,
  });
  const sockets = new Gauge({ name: "callsheet_sockets_open", help: "WebSockets that are open.", registers });
  const subscriptions = new Gauge({
    name: "callsheet_subscriptions_open",
    help: "GraphQL subscriptions that are open.",
    registers,
  });
  const names = new Set<string>();
  const labelOf = (name: string | undefined, isFine: boolean): string => {
    if (name === undefined) return "anonymous";
    // One that is refused may be made up by somebody who may not ask at all.
    if (isFine && names.size < maxNames) names.add(name);
    return names.has(name) ? name : "other";
  };
  return {
    ended: ({ name, type, seconds, errorCodes }) => {
      operations.observe({ operation: labelOf(name, errorCodes.length === 0), type }, seconds);
      for (const code of errorCodes) errors.inc({ code });
    },
    answered: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds),
    refused: (limit) => refusals.inc({ limit }),
    sockets: (by) => sockets.inc(by),
    subscriptions: (by) => subscriptions.inc(by),
  };
}
