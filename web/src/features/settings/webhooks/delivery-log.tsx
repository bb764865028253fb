"use client";

import { useState } from "react";
import { DeliveriesQuery } from "#features/settings/webhooks/delivery-operations.ts";
import { DeliveryItem } from "#features/settings/webhooks/delivery-item.tsx";
import { useWebhookEvents } from "#features/settings/webhooks/use-webhook-events.ts";
import type { WebhookDeliveryStatus } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useThrottled } from "#lib/hooks/use-throttled.ts";
import { Button } from "#ui/button.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const choices = [
  { value: "", label: "All" },
  { value: "PENDING", label: "Waiting" },
  { value: "DELIVERED", label: "Delivered" },
  { value: "FAILED", label: "Failed" },
];

/** What was sent to a webhook in the last 30 days, the latest first; read when it is opened, and again as it changes. */
export function DeliveryLog({ webhookId }: { webhookId: string }) {
  const [status, setStatus] = useState("");
  const [revision, setRevision] = useState(0);
  const grow = useThrottled(() => setRevision((before) => before + 1), 1_000);
  useWebhookEvents((change) => {
    if (change.webhookId === webhookId) grow();
  });
  return (
    <div className="flex flex-col gap-1 sm:ml-5">
      <Select
        aria-label="Which deliveries"
        className="w-36"
        value={status}
        options={choices}
        onValueChange={setStatus}
      />
      <Pages
        query={DeliveriesQuery}
        variables={{ webhookId, status: (status || null) as WebhookDeliveryStatus | null }}
        select={(data) => data.webhookDeliveries}
        revision={revision}
        loading={<SkeletonRows count={3} className="h-8" />}
        more={(load) => (
          <Button size="sm" className="self-start" onClick={load}>
            Show earlier ones
          </Button>
        )}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(deliveries, { totalCount }) =>
          totalCount === 0 ? (
            <p className="py-1 text-ink-2">
              {status === "" ? "Nothing was sent yet. A test is not on record." : "None of these."}
            </p>
          ) : (
            <ul aria-label="Deliveries" className="divide-y">
              {deliveries.map((delivery) => (
                <DeliveryItem key={delivery.id} delivery={delivery} />
              ))}
            </ul>
          )
        }
      </Pages>
    </div>
  );
}
