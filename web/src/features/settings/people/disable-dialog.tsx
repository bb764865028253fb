"use client";

import { DisableUser } from "#features/settings/people/people-operations.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { toast } from "#ui/toast.tsx";

interface DisableDialogProps {
  id: string;
  name: string;
  onClose: () => void;
}

export function DisableDialog({ id, name, onClose }: DisableDialogProps) {
  const { run, isPending, failure } = useAction(DisableUser);
  const disable = async () => {
    if (!(await run({ input: { id } }))) return;
    toast.success(`${name} may not come in any more`);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Disable ${name}?`}
      confirmLabel="Disable"
      isDangerous
      isPending={isPending}
      onConfirm={() => void disable()}
    >
      <p>
        The person is signed out everywhere at once, and API keys stop working. Jobs, stories and takes stay as they
        are.
      </p>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
