"use client";

import { useState } from "react";
import { toast } from "sonner";
import { CancelJob } from "#features/queue/job-operations.ts";
import { type Counts, describeCancel } from "#features/queue/job-status.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

interface CancelDialogProps {
  id: string;
  name: string;
  counts: Pick<Counts, "pending" | "active">;
  onClose: () => void;
}

export function CancelDialog({ id, name, counts, onClose }: CancelDialogProps) {
  const [letRunningFinish, setLetRunningFinish] = useState(false);
  const { run, isPending, failure } = useAction(CancelJob);
  const count = counts.pending + (letRunningFinish ? 0 : counts.active);
  const cancel = async () => {
    const payload = await run({ input: { id, mode: letRunningFinish ? "AFTER_CURRENT" : "NOW" } });
    if (!payload) return;
    toast.success(
      [
        `${plural(payload.canceledCount, "run")} canceled`,
        payload.cancelingCount > 0 && `${payload.cancelingCount} being interrupted`,
      ]
        .filter(Boolean)
        .join(", "),
    );
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Cancel ${plural(count, "run")} of ${name}?`}
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
