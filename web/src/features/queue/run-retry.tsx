"use client";

import { RotateCcw } from "lucide-react";
import { RetryJob } from "#features/queue/job-operations.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { IconButton } from "#ui/icon-button.tsx";

/** Queues one run again. */
export function RunRetry({ jobId, runId, name }: { jobId: string; runId: string; name: string }) {
  const { run, isPending, failure } = useAction(RetryJob);
  return (
    <>
      {failure && (
        <span role="alert" className="max-w-48 text-sm text-bad">
          {failure.message}
        </span>
      )}
      <IconButton
        label={`Retry ${name}`}
        icon={<RotateCcw />}
        isPending={isPending}
        onClick={() => void run({ input: { id: jobId, runIds: [runId] } })}
      />
    </>
  );
}
