import { v7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import { pingPayload } from "#domains/webhooks/logic/payload.ts";
import type { Answer } from "#domains/webhooks/post-webhook.ts";
import { postSigned, type Sending, usualSending } from "#domains/webhooks/send-due.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { encodeId } from "#graphql/ids.ts";
import type { WebhookDelivery } from "#platform/db/generated/client.ts";

/**
 * Sends a ping now and tells what came back; also for a webhook that is disabled. It is not on record.
 * @throws NotFoundError
 */
export async function testWebhook(
  deps: Pick<Deps, "config" | "db">,
  id: string,
  sending: Sending = usualSending,
): Promise<Answer> {
  const webhook = await deps.db.prisma.webhook.findUnique({ where: { id } });
  if (!webhook) throw new NotFoundError("The webhook", ["id"]);
  const deliveryId = v7();
  const about = { id: encodeId("Webhook", id), name: webhook.name };
  return postSigned(deps, sending, webhook, { id: deliveryId, payload: pingPayload(deliveryId, sending.now(), about) });
}

/**
 * Sends a delivery again, under its old id and with its old body, whether or not it arrived before.
 * @throws NotFoundError, ConflictError (code WEBHOOK_DISABLED)
 */
export async function replayDelivery({ db, bus }: Pick<Deps, "db" | "bus">, id: string): Promise<WebhookDelivery> {
  const [delivery] = await db.prisma.webhookDelivery.updateManyAndReturn({
    where: { id, webhook: { isEnabled: true } },
    data: { status: "PENDING", attempts: 0, nextAttemptAt: new Date(), error: null },
  });
  if (!delivery) {
    if ((await db.prisma.webhookDelivery.count({ where: { id } })) === 0)
      throw new NotFoundError("The delivery", ["id"]);
    throw new ConflictError("The webhook is disabled; enable it first", "WEBHOOK_DISABLED", ["id"]);
  }
  bus.publish("webhook.changed", { webhookId: delivery.webhookId });
  return delivery;
}
