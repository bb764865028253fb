import { Counter, Histogram, type Registry } from "prom-client";

/** What became of attempts to deliver. */
export interface WebhookMetrics {
  attempted(outcome: "delivered" | "retried" | "failed", seconds: number): void;
}

export function createWebhookMetrics(registry: Registry): WebhookMetrics {
  const registers = [registry];
  const attempts = new Counter({
    name: "callsheet_webhook_attempts_total",
    help: "Attempts to deliver to webhooks: delivered, retried later, or failed for good.",
    labelNames: ["outcome"],
    registers,
  });
  const times = new Histogram({
    name: "callsheet_webhook_attempt_seconds",
    help: "Time that receivers of webhooks took to answer.",
    buckets: [0.05, 0.2, 1, 5, 10],
    registers,
  });
  // From the start, or nobody could tell how much the first one added.
  for (const outcome of ["delivered", "retried", "failed"]) attempts.inc({ outcome }, 0);
  return {
    attempted: (outcome, seconds) => {
      attempts.inc({ outcome });
      times.observe(seconds);
    },
  };
}
