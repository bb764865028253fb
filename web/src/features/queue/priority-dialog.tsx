"use client";

import { type FormEvent, useState } from "react";
import { SetJobPriority } from "#features/queue/job-operations.ts";
import { nameJobs } from "#features/queue/job-status.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useEachAction } from "#lib/graphql/use-each-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface PriorityDialogProps {
  jobs: readonly { id: string; name: string; priority: number }[];
  onClose: () => void;
}

export function PriorityDialog({ jobs, onClose }: PriorityDialogProps) {
  const [value, setValue] = useState(String(jobs[0]?.priority ?? 0));
  const { run, isPending, failure } = useEachAction(SetJobPriority);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payloads = await run(jobs.map(({ id }) => ({ input: { id, priority: Number(value) } })));
    if (payloads.length === jobs.length) onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Priority of ${nameJobs(jobs)}`}
      className="max-w-sm"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field
          label="Priority"
          help="Pending runs of jobs with a higher number start first."
          error={issueFor(failure, "priority")}
        >
          <Input type="number" required step={1} value={value} onChange={(event) => setValue(event.target.value)} />
        </Field>
        <FailureNotice failure={failure} shownFields={["priority"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Set priority
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
