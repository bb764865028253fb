"use client";

import { useState } from "react";
import { CreatePasswordReset } from "#features/settings/people/people-operations.ts";
import { SecretDialog } from "#lib/graphql/secret-dialog.tsx";
import { useAction } from "#lib/graphql/use-action.ts";

interface ResetDialogProps {
  id: string;
  name: string;
  onClose: () => void;
}

/** A link by which a person chooses another password. */
export function ResetDialog({ id, name, onClose }: ResetDialogProps) {
  const action = useAction(CreatePasswordReset);
  const [made, setMade] = useState<{ url: string; expiresAt: string } | null>(null);
  const title = `New password for ${name}`;
  return (
    <SecretDialog
      title={title}
      submitLabel="Make the link"
      action={action}
      onSubmit={() => void action.run({ input: { id } }).then(setMade)}
      onClose={onClose}
      made={
        made && {
          title,
          name: "the link",
          secret: made.url,
          note: `Hand it to ${name}. It works once, until ${new Date(made.expiresAt).toLocaleString()}.`,
        }
      }
    >
      <p className="text-ink-2">
        Makes a link by which the person chooses another password. Whoever has the link can do so: hand it over in a way
        that only the person reads. Earlier sessions end when it is used.
      </p>
    </SecretDialog>
  );
}
