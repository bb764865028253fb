import type { Deps } from "#app/deps.ts";
import { isGivenUp, maxAttempts, retryDelayMs } from "#domains/webhooks/logic/back-off.ts";
import { signedHeaders } from "#domains/webhooks/logic/signature.ts";
import { type Answer, postWebhook, type PostOptions, resolveHost } from "#domains/webhooks/post-webhook.ts";
import type { Webhook, WebhookDelivery } from "#platform/db/generated/client.ts";

export type SendDeps = Pick<Deps, "config" | "db" | "bus" | "log" | "webhookMetrics">;

/** What tests put something else for. */
export interface Sending extends Pick<PostOptions, "resolve" | "timeoutMs"> {
  now: () => Date;
  /** In ms, after so many failed attempts. */
  retryDelayMs: (attempts: number) => number;
}

export const usualSending: Sending = {
  now: () => new Date(),
  retryDelayMs: (attempts) => retryDelayMs(attempts),
  resolve: resolveHost,
  timeoutMs: 10_000,
};

/** Deliveries of one webhook that a process sends at the same time. */
const atOnce = 4;
/** A process that took a delivery and died keeps others from it for so long, in ms: longer than an attempt takes. */
const leaseMs = 30_000;
const gone = 410;

type Claimed = Pick<WebhookDelivery, "id" | "payload" | "attempts">;

/**
 * Sends what a webhook has to send now.
 * @returns when there is something to send again; null: not before something happens
 */
export async function sendDue(deps: SendDeps, sending: Sending, webhookId: string): Promise<Date | null> {
  for (;;) {
    const webhook = await deps.db.prisma.webhook.findUnique({ where: { id: webhookId } });
    if (!webhook?.isEnabled) return null;
    const claimed = await claim(deps, sending, webhookId);
    if (claimed.length === 0) return nextTime(deps, webhookId);
    await Promise.all(claimed.map((delivery) => attempt(deps, sending, webhook, delivery)));
  }
}

/** Posts a body once, signed, with what a receiver needs to sort it. */
export async function postSigned(
  { config }: Pick<Deps, "config">,
  sending: Sending,
  webhook: Pick<Webhook, "url" | "secret" | "previousSecret" | "previousSecretUntil">,
  { id, payload }: { id: string; payload: string },
): Promise<Answer> {
  const now = sending.now();
  const { secret, previousSecret, previousSecretUntil } = webhook;
  const secrets =
    previousSecret && previousSecretUntil && previousSecretUntil > now ? [secret, previousSecret] : [secret];
  const headers = {
    "content-type": "application/json",
    "user-agent": "Callsheet-Webhooks/1",
    ...signedHeaders(id, now, payload, secrets),
  };
  return postWebhook(webhook.url, headers, payload, { ...sending, allowPrivate: config.webhooks.allowPrivate });
}

/** Takes deliveries whose time has come and that no process has in hand. */
async function claim({ db }: SendDeps, sending: Sending, webhookId: string): Promise<Claimed[]> {
  const now = sending.now();
  const { rows } = await db.pool.query<Claimed>(
    `WITH due AS (
       SELECT id FROM webhook_delivery
       WHERE webhook_id = $1 AND status = 'PENDING' AND next_attempt_at <= $2 AND (leased_until IS NULL OR leased_until <= $2)
       ORDER BY next_attempt_at, id LIMIT $4 FOR UPDATE SKIP LOCKED
     )
     UPDATE webhook_delivery d SET leased_until = $3, last_attempt_at = $2, attempts = d.attempts + 1
     FROM due WHERE d.id = due.id RETURNING d.id, d.payload, d.attempts`,
    [webhookId, now, new Date(now.getTime() + leaseMs), atOnce],
  );
  return rows;
}

async function attempt(deps: SendDeps, sending: Sending, webhook: Webhook, delivery: Claimed): Promise<void> {
  const answer = await postSigned(deps, sending, webhook, delivery);
  const { db, bus, log } = deps;
  const isDelivered = answer.error === null;
  const isOver = answer.status === gone || delivery.attempts >= maxAttempts;
  const outcome = isDelivered ? "delivered" : isOver ? "failed" : "retried";
  deps.webhookMetrics.attempted(outcome, answer.durationMs / 1000);
  const now = sending.now();
  await db.prisma.webhookDelivery.updateMany({
    // Somebody else has it when this process was away for longer than its lease.
    where: { id: delivery.id, attempts: delivery.attempts, status: "PENDING" },
    data: {
      status: isDelivered ? "DELIVERED" : isOver ? "FAILED" : "PENDING",
      ...(isDelivered || isOver
        ? {}
        : { nextAttemptAt: new Date(now.getTime() + sending.retryDelayMs(delivery.attempts)) }),
      leasedUntil: null,
      responseStatus: answer.status,
      responseBody: answer.body,
      error: answer.error,
      durationMs: answer.durationMs,
    },
  });
  const { id: webhookId } = webhook;
  if (isDelivered) await noteSuccess(deps, webhook);
  else {
    const { id: deliveryId, attempts } = delivery;
    log.warn({ webhookId, deliveryId, attempts, reason: answer.error }, "webhook failed");
    await noteFailure(deps, webhookId, answer, now);
  }
  // Last, so that who reads anew sees whether the webhook was disabled by it.
  bus.publish("delivery.changed", { webhookId });
}

async function noteSuccess({ db }: SendDeps, { id, failureStreak }: Webhook): Promise<void> {
  if (failureStreak === 0) return;
  await db.prisma.webhook.update({ where: { id }, data: { failureStreak: 0, failingSince: null } });
}

async function noteFailure({ db, log }: SendDeps, id: string, { status }: Answer, now: Date): Promise<void> {
  const { rows } = await db.pool.query<{ failureStreak: number; failingSince: Date }>(
    `UPDATE webhook SET failure_streak = failure_streak + 1, failing_since = coalesce(failing_since, $2) WHERE id = $1
     RETURNING failure_streak AS "failureStreak", failing_since AS "failingSince"`,
    [id, now],
  );
  const [row] = rows;
  if (!row) return;
  const disabledReason =
    status === gone
      ? "The receiver answered 410: it is gone"
      : isGivenUp(row.failureStreak, row.failingSince, now)
        ? `${row.failureStreak} attempts in a row failed`
        : null;
  if (disabledReason === null) return;
  log.warn({ webhookId: id, reason: disabledReason }, "webhook disabled");
  await db.prisma.webhook.update({ where: { id }, data: { isEnabled: false, disabledReason } });
}

async function nextTime({ db }: SendDeps, webhookId: string): Promise<Date | null> {
  const { rows } = await db.pool.query<{ at: Date | null }>(
    `SELECT min(greatest(next_attempt_at, leased_until)) AS at FROM webhook_delivery
     WHERE webhook_id = $1 AND status = 'PENDING'`,
    [webhookId],
  );
  return rows[0]?.at ?? null;
}
