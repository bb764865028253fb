"use client";

import { useSubscription } from "urql";
import { WebhookEvents } from "#features/settings/webhooks/webhook-operations.ts";
import type { WebhookEventsSubscription } from "#gql/graphql.ts";

/** Hears of every change of a webhook, and of every delivery; what is told of the webhook itself is on screen at once. */
export function useWebhookEvents(hear: (change: WebhookEventsSubscription["webhookUpdated"]) => void): void {
  useSubscription({ query: WebhookEvents }, (_previous: unknown, event: WebhookEventsSubscription) => {
    hear(event.webhookUpdated);
    return event;
  });
}
