"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { CreateBranch, ForkBranch } from "#features/stories/branch-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface Props {
  projectId: string;
  /** The branch to copy; an empty one is made without. */
  source?: { id: string; name: string };
  onClose: () => void;
}

/** An empty branch, or the copy of one; opens it. */
export function BranchDialog({ projectId, source, onClose }: Props) {
  const router = useRouter();
  const [name, setName] = useState("");
  const create = useAction(CreateBranch);
  const fork = useAction(ForkBranch);
  const { isPending, failure } = source ? fork : create;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    const payload = source
      ? await fork.run({ input: { branchId: source.id, name: wanted } })
      : await create.run({ input: { projectId, name: wanted } });
    if (payload) router.push(`/stories/branches/${encodeURIComponent(payload.branch.id)}`);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={source ? `Fork ${source.name}` : "New branch"}
      description={
        source
          ? "Scenes, assets and their states are copied. What happens in one does not reach the other."
          : "An empty telling of the story."
      }
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(failure, "name")}>
          <Input required autoFocus maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <FailureNotice failure={failure} shownFields={["name"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            {source ? "Fork branch" : "Create branch"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
