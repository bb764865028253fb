"use client";

import { type FormEvent, useState } from "react";
import { SetJobPriority } from "#features/queue/job-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface PriorityDialogProps {
  id: string;
  priority: number;
  onClose: () => void;
}

export function PriorityDialog({ id, priority, onClose }: PriorityDialogProps) {
  const [value, setValue] = useState(String(priority));
  const { run, isPending, failure } = useAction(SetJobPriority);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await run({ input: { id, priority: Number(value) } })) onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Priority" className="max-w-sm">
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
