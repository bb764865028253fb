"use client";

import { useState } from "react";
import { secretNote } from "#features/settings/webhooks/webhook-dialog.tsx";
import { RotateWebhookSecret } from "#features/settings/webhooks/webhook-operations.ts";
import { SecretDialog } from "#lib/graphql/secret-dialog.tsx";
import { useAction } from "#lib/graphql/use-action.ts";

interface RotateDialogProps {
  id: string;
  name: string;
  onClose: () => void;
}

/** Another secret for a webhook. */
export function RotateDialog({ id, name, onClose }: RotateDialogProps) {
  const action = useAction(RotateWebhookSecret);
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = async () => {
    const payload = await action.run({ input: { id } });
    if (payload) setSecret(payload.secret);
  };
  return (
    <SecretDialog
      title={`New secret for ${name}`}
      submitLabel="Make a new secret"
      action={action}
      onSubmit={() => void rotate()}
      onClose={onClose}
      made={secret === null ? null : { title: "Copy the secret", name: "the secret", secret, note: secretNote }}
    >
      <p className="text-ink-2">
        For 24 hours both secrets sign, the present one and the new one, so that the program that receives can be
        changed in between.
      </p>
    </SecretDialog>
  );
}
