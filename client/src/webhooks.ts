import { Webhook, WebhookVerificationError } from "standardwebhooks";

/** Something of the studio by its id in the API. */
export interface Named {
  id: string;
  name: string;
}

export interface WebhookJob extends Named {
  status: "PENDING" | "RUNNING" | "PAUSED" | "SUCCEEDED" | "PARTIAL" | "FAILED" | "CANCELED";
  project: Named | null;
  runs: { total: number; succeeded: number; failed: number; canceled: number };
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  url?: string;
}

export interface WebhookRun {
  id: string;
  index: number;
  status: "SUCCEEDED" | "FAILED";
  attempt: number;
  error: { code: string; message: string } | null;
  finishedAt: string;
  job: Named;
  project: Named | null;
  machine: Named | null;
  url?: string;
}

export interface WebhookTake {
  id: string;
  status: "REVIEW" | "APPROVED" | "REJECTED";
  rating: number | null;
  reviewNote: string | null;
  sceneType: Named;
  character: Named;
  project: Named;
  url?: string;
}

export interface WebhookMachine extends Named {
  isReachable: boolean;
  error: string | null;
}

interface Envelope<Type extends string, Data> {
  type: Type;
  /** Raised by a change that breaks receivers. */
  version: number;
  /** The same at every attempt and replay. */
  id: string;
  timestamp: string;
  data: Data;
}

/** What arrives; more types may come, so let a receiver answer those that it does not know with 2xx. */
export type WebhookEvent =
  | Envelope<"job.started" | "job.ended", { job: WebhookJob }>
  | Envelope<"run.succeeded" | "run.failed", { run: WebhookRun }>
  | Envelope<"take.review" | "take.decided", { take: WebhookTake }>
  | Envelope<"machine.reachable" | "machine.unreachable", { machine: WebhookMachine }>
  | Envelope<"ping", { webhook: Named }>;

/** The headers of a request, of Node's http or of the Fetch API. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

export { WebhookVerificationError };

/**
 * Reads what a webhook sent, when its signature and its age are right (Standard Webhooks).
 * @param body the text as it came, before it is parsed
 * @throws WebhookVerificationError otherwise
 */
export function verifyWebhook(secret: string, headers: WebhookHeaders, body: string): WebhookEvent {
  const header = (name: string): string => {
    const value = headers instanceof Headers ? headers.get(name) : headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? "";
  };
  return new Webhook(secret).verify(body, {
    "webhook-id": header("webhook-id"),
    "webhook-timestamp": header("webhook-timestamp"),
    "webhook-signature": header("webhook-signature"),
  }) as WebhookEvent;
}
