import { WebhookType } from "#domains/webhooks/webhooks.graphql.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { encodeId } from "#graphql/ids.ts";
import type { Webhook } from "#platform/db/generated/client.ts";
import { coalesce } from "#platform/events/coalesce.ts";
import { mapIterator } from "#platform/events/map-iterator.ts";

/** At most ten events a second for one subscriber. */
const everyMs = 100;

interface WebhookChange {
  webhookId: string;
  /** Null when it was deleted. */
  webhook: Webhook | null;
}

function watchWebhooks({ bus, db }: Context["deps"]): AsyncGenerator<WebhookChange, void> {
  const changes = coalesce((changed) => {
    const tell = ({ webhookId }: { webhookId: string }): void => changed(webhookId);
    const stops = [bus.subscribe("webhook.changed", tell), bus.subscribe("delivery.changed", tell)];
    return () => stops.forEach((stop) => stop());
  }, everyMs);
  return mapIterator(changes, async (webhookId) => ({
    webhookId,
    webhook: await db.prisma.webhook.findUnique({ where: { id: webhookId } }),
  }));
}

const WebhookChangeType = builder.objectRef<WebhookChange>("WebhookChange").implement({
  description: "A change of a webhook or of its deliveries.",
  fields: (t) => ({
    webhookId: t.id({ description: "Which webhook.", resolve: ({ webhookId }) => encodeId("Webhook", webhookId) }),
    webhook: t.field({
      type: WebhookType,
      nullable: true,
      description: "The webhook as it is now; null when it was deleted.",
      resolve: ({ webhook }) => webhook,
    }),
  }),
});

builder.subscriptionField("webhookUpdated", (t) =>
  t.field({
    type: WebhookChangeType,
    description:
      "Webhooks as they are changed, and as they have something to send or have sent it, at most ~10 events a second per subscriber (coalesced, the last state always delivered).",
    authScopes: { admin: true },
    subscribe: (_root, _args, { deps }) => watchWebhooks(deps),
    resolve: (change) => change,
  }),
);
