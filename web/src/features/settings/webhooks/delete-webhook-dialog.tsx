"use client";

import { DeleteWebhook } from "#features/settings/webhooks/webhook-operations.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { toast } from "#ui/toast.tsx";

interface DeleteWebhookDialogProps {
  id: string;
  name: string;
  onClose: () => void;
}

export function DeleteWebhookDialog({ id, name, onClose }: DeleteWebhookDialogProps) {
  const { run, isPending, failure } = useAction(DeleteWebhook);
  const remove = async () => {
    if (!(await run({ input: { id } }))) return;
    toast.success(`${name} deleted`);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete ${name}?`}
      confirmLabel="Delete webhook"
      isDangerous
      isPending={isPending}
      onConfirm={() => void remove()}
    >
      <p>The log of its deliveries goes with it, and what waits is not sent. To stop it for a while, disable it.</p>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
