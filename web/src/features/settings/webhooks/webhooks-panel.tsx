"use client";

import { Plus, Webhook } from "lucide-react";
import { useState } from "react";
import { useWebhookEvents } from "#features/settings/webhooks/use-webhook-events.ts";
import { WebhookDialog } from "#features/settings/webhooks/webhook-dialog.tsx";
import { WebhooksQuery } from "#features/settings/webhooks/webhook-operations.ts";
import { WebhookRow } from "#features/settings/webhooks/webhook-row.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** Addresses that are told of what happens, and whether it arrives; for administrators. */
export function WebhooksPanel() {
  const [result, refetch] = useQuery({ query: WebhooksQuery });
  const [isCreating, setIsCreating] = useState(false);
  const known = result.data?.webhooks;
  useWebhookEvents(({ webhookId, webhook }) => {
    const isKnown = known?.some(({ id }) => id === webhookId) ?? false;
    // What changed of a known one has come with the event.
    if (isKnown !== Boolean(webhook)) refetch();
  });
  return (
    <div>
      <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
        <p className="flex min-w-0 items-center gap-2 text-ink-2">
          <Webhook aria-hidden className="size-4 shrink-0 text-ink-3" />
          Programs that are told by POST when something happens.
        </p>
        <Button size="sm" onClick={() => setIsCreating(true)}>
          <Plus aria-hidden />
          New webhook
        </Button>
      </div>
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-16" />}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <p className="py-2 text-ink-2">There is none.</p>
          ) : (
            <ul aria-label="Webhooks" className="divide-y">
              {webhooks.map((webhook) => (
                <WebhookRow key={webhook.id} webhook={webhook} />
              ))}
            </ul>
          )
        }
      </QueryPanel>
      {isCreating && <WebhookDialog onClose={() => setIsCreating(false)} />}
    </div>
  );
}
