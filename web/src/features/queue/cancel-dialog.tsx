"use client";

import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { CancelJob } from "#features/queue/job-operations.ts";
import { type Counts, describeCancel, nameJobs, sumCounts } from "#features/queue/job-status.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useEachAction } from "#lib/graphql/use-each-action.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

interface CancelDialogProps {
  jobs: readonly { id: string; name: string; counts: Pick<Counts, "pending" | "active"> }[];
  onClose: () => void;
}

/** Says in numbers what canceling one job, or several, will do. */
export function CancelDialog({ jobs, onClose }: CancelDialogProps) {
  const [letRunningFinish, setLetRunningFinish] = useState(false);
  const { run, isPending, failure } = useEachAction(CancelJob);
  const counts = sumCounts(
    jobs.map((job) => job.counts),
    ["pending", "active"],
  );
  const count = counts.pending + (letRunningFinish ? 0 : counts.active);
  const cancel = async () => {
    const mode = letRunningFinish ? ("AFTER_CURRENT" as const) : ("NOW" as const);
    const payloads = await run(jobs.map(({ id }) => ({ input: { id, mode } })));
    const canceled = payloads.reduce((sum, each) => sum + each.canceledCount, 0);
    const canceling = payloads.reduce((sum, each) => sum + each.cancelingCount, 0);
    if (payloads.length > 0) {
      toast.success(
        [`${plural(canceled, "run")} canceled`, canceling > 0 && `${canceling} being interrupted`]
          .filter(Boolean)
          .join(", "),
      );
    }
    if (payloads.length === jobs.length) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Cancel ${plural(count, "run")} of ${nameJobs(jobs)}?`}
      confirmLabel={`Cancel ${plural(count, "run")}`}
      cancelLabel="Keep going"
      isDangerous
      isPending={isPending}
      onConfirm={() => void cancel()}
    >
      <p>{describeCancel(counts, letRunningFinish)}</p>
      <p>Finished pictures stay. Canceled runs can be retried.</p>
      {counts.active > 0 && (
        <Checkbox label="Let running ones finish" checked={letRunningFinish} onCheckedChange={setLetRunningFinish} />
      )}
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
