"use client";

import { type FormEvent, useState } from "react";
import { type Failure, issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface Props {
  title: string;
  name: string;
  action: { isPending: boolean; failure: Failure | null };
  /** Tells whether it went well; then the dialog closes. */
  onRename: (name: string) => Promise<boolean>;
  onClose: () => void;
}

export function RenameDialog({ title, name: present, action, onRename, onClose }: Props) {
  const [name, setName] = useState(present);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await onRename(name.trim())) onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={title} className="max-w-md">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(action.failure, "name")}>
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <FailureNotice failure={action.failure} shownFields={["name"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={action.isPending}>
            Rename
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
