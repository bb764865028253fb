"use client";

import { ListX } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useHydrated } from "#lib/hooks/use-hydrated.ts";
import { Button } from "#ui/button.tsx";

/** Loaded when it is first opened. */
const ConfirmDialog = dynamic(async () => (await import("#ui/confirm-dialog.tsx")).ConfirmDialog);

const WaitingRunsQuery = graphql(`
  query WaitingRuns {
    systemStatus {
      pending
      active
    }
  }
`);

const ClearQueueMutation = graphql(`
  mutation ClearQueue($input: ClearQueueInput!) {
    clearQueue(input: $input) {
      __typename
      ... on ClearQueuePayload {
        canceledCount
        status {
          pending
          active
        }
      }
      ...FailureFields
    }
  }
`);

/** Cancels everything that waits, after a look at how much that is. */
export function ClearQueue() {
  const [{ data }] = useQuery({ query: WaitingRunsQuery, requestPolicy: "cache-first" });
  /** As many as the person has seen and agreed to. */
  const [seen, setSeen] = useState<{ pending: number; active: number } | null>(null);
  const { run, isPending, failure, reset } = useAction(ClearQueueMutation);
  const status = useHydrated() ? data?.systemStatus : undefined;
  const close = () => {
    setSeen(null);
    reset();
  };
  const clear = async () => {
    if (!seen) return;
    const payload = await run({ input: { expectedCount: seen.pending } });
    if (!payload) return;
    toast.success(`${plural(payload.canceledCount, "run")} canceled`);
    close();
  };
  return (
    <>
      <Button
        needs="ADMIN"
        variant="quiet"
        disabled={!status || status.pending === 0}
        title="Cancels everything that waits"
        onClick={() => status && setSeen(status)}
      >
        <ListX aria-hidden />
        Clear…
      </Button>
      {seen && (
        <ConfirmDialog
          isOpen
          onOpenChange={(isOpen) => !isOpen && close()}
          title={seen.pending === 1 ? "Cancel the run that waits?" : `Cancel all ${seen.pending} runs that wait?`}
          confirmLabel={`Cancel ${plural(seen.pending, "run")}`}
          cancelLabel="Keep waiting"
          isDangerous
          isPending={isPending}
          onConfirm={() => void clear()}
        >
          <p>
            Everybody&apos;s, in every pool.{" "}
            {seen.active > 0 ? `${seen.active} running will finish.` : "Nothing is running."}
          </p>
          <p>Canceled runs can be retried.</p>
          <FailureNotice failure={failure} />
        </ConfirmDialog>
      )}
    </>
  );
}
