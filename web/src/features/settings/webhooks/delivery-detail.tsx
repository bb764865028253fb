"use client";

import { useMemo } from "react";
import { DeliveryQuery } from "#features/settings/webhooks/delivery-operations.ts";
import type { DeliveryItemFragment } from "#gql/graphql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { CopyableId } from "#ui/copy-button.tsx";
import { Facts } from "#ui/facts.tsx";
import { JsonTree } from "#ui/json-tree.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** What was sent, and what came back. */
export function DeliveryDetail({ delivery: { id, attempts, nextAttemptAt, lastAttemptAt } }: DeliveryDetailProps) {
  const [result, retry] = useQuery({ query: DeliveryQuery, variables: { id } });
  return (
    <QueryPanel result={result} onRetry={retry} loading={<SkeletonRows count={3} className="h-6" />}>
      {({ node }) =>
        node?.__typename === "WebhookDelivery" ? (
          <div className="flex min-w-0 flex-col gap-2">
            <Facts
              facts={[
                ["Id", <CopyableId key="id" name="the id" value={node.messageId} />],
                ["Attempts", attempts],
                ["Last sent", timeOf(lastAttemptAt)],
                ["Sent next", timeOf(nextAttemptAt)],
                ["Answer", node.responseBody],
              ]}
            />
            <Payload text={node.payload} />
          </div>
        ) : (
          <p className="text-ink-2">It is not on record any more.</p>
        )
      }
    </QueryPanel>
  );
}

interface DeliveryDetailProps {
  delivery: Pick<DeliveryItemFragment, "id" | "attempts" | "nextAttemptAt" | "lastAttemptAt">;
}

const timeOf = (at: string | null | undefined) => at && new Date(at).toLocaleString();

function Payload({ text }: { text: string }) {
  const value = useMemo(() => JSON.parse(text) as unknown, [text]);
  return <JsonTree label="Payload" value={value} />;
}
