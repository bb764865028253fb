"use client";

import { SlidersHorizontal, RotateCcw } from "lucide-react";
import { RetryJob } from "#features/queue/job-operations.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { remixHref } from "#lib/remix.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Link } from "#ui/link.tsx";

/** Queues one run again, or opens its settings in Submit to be changed first. */
export function RunRetry({ jobId, runId, name }: { jobId: string; runId: string; name: string }) {
  const { run, isPending, failure } = useAction(RetryJob);
  return (
    <>
      {failure && (
        <span role="alert" className="max-w-48 text-sm text-bad">
          {failure.message}
        </span>
      )}
      <Button asChild variant="quiet" size="sm">
        <Link href={remixHref(runId)}>
          <SlidersHorizontal aria-hidden />
          <span className="max-sm:sr-only">Retry with changes</span>
          <span className="sr-only">{`, ${name}`}</span>
        </Link>
      </Button>
      <IconButton
        needs="CREATOR"
        label={`Retry ${name}`}
        icon={<RotateCcw />}
        isPending={isPending}
        onClick={() => void run({ input: { id: jobId, runIds: [runId] } })}
      />
    </>
  );
}
