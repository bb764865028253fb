"use client";

import { CircleCheck, CircleX, Hourglass, type LucideIcon } from "lucide-react";
import { DeliveryDetail } from "#features/settings/webhooks/delivery-detail.tsx";
import { DeliveryFields, ReplayDelivery } from "#features/settings/webhooks/delivery-operations.ts";
import { eventNames } from "#features/settings/webhooks/event-names.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import type { WebhookDeliveryStatus } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const looks: Record<WebhookDeliveryStatus, { tone: Tone; icon: LucideIcon; label: string }> = {
  PENDING: { tone: "calm", icon: Hourglass, label: "Waiting" },
  DELIVERED: { tone: "good", icon: CircleCheck, label: "Delivered" },
  FAILED: { tone: "bad", icon: CircleX, label: "Failed" },
};

/** One event for one webhook; opened, what was sent and what came back. */
export function DeliveryItem(props: { delivery: FragmentType<typeof DeliveryFields> }) {
  const delivery = readFragment(DeliveryFields, props.delivery);
  const { id, event, status, attempts, responseStatus, durationMs, error, createdAt } = delivery;
  const { run, isPending, failure } = useAction(ReplayDelivery);
  const { tone, icon: Icon, label } = looks[status];
  const facts = [
    responseStatus,
    durationMs != null && `${durationMs} ms`,
    attempts !== 1 && plural(attempts, "attempt"),
  ].filter(Boolean);
  return (
    <li className="relative py-1.5">
      <Disclosure
        // Its title leaves room for the button; what is in it takes the whole width.
        className="[&>button]:max-w-[calc(100%-72px)]"
        title={
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-left">
            <Badge tone={tone}>
              <Icon aria-hidden />
              {label}
            </Badge>
            <span className="text-ink">{eventNames[event]}</span>
            <span className="text-ink-3">{facts.join(" · ")}</span>
            <span className="text-ink-3">
              <TimeAgo at={createdAt} />
            </span>
          </span>
        }
      >
        <DeliveryDetail delivery={delivery} />
      </Disclosure>
      <Button
        size="sm"
        variant="quiet"
        className="absolute top-1.5 right-0"
        aria-label={`Replay ${eventNames[event]}`}
        isPending={isPending}
        disabled={status === "PENDING"}
        onClick={() => void run({ input: { id } })}
      >
        Replay
      </Button>
      {error && <p className="ml-4 text-sm break-words text-bad">{error}</p>}
      <FailureNotice failure={failure} />
    </li>
  );
}
