"use client";

import { useState } from "react";
import { CreatePasswordReset } from "#features/settings/people/people-operations.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { SecretOnce } from "#ui/secret-once.tsx";

interface ResetDialogProps {
  id: string;
  name: string;
  onClose: () => void;
}

/** A link by which a person chooses another password. */
export function ResetDialog({ id, name, onClose }: ResetDialogProps) {
  const { run, isPending, failure } = useAction(CreatePasswordReset);
  const [made, setMade] = useState<{ url: string; expiresAt: string } | null>(null);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`New password for ${name}`}
      className="max-w-md"
    >
      {made ? (
        <SecretOnce name="the link" secret={made.url}>
          {`Hand it to ${name}. It works once, until ${new Date(made.expiresAt).toLocaleString()}.`}
        </SecretOnce>
      ) : (
        <p className="text-ink-2">
          Makes a link by which the person chooses another password. Whoever has the link can do so: hand it over in a
          way that only the person reads. Earlier sessions end when it is used.
        </p>
      )}
      <FailureNotice failure={failure} />
      <DialogActions>
        <Button variant={made ? "primary" : "quiet"} onClick={onClose}>
          {made ? "Done" : "Cancel"}
        </Button>
        {!made && (
          <Button
            variant="primary"
            isPending={isPending}
            onClick={() => void run({ input: { id } }).then((payload) => setMade(payload))}
          >
            Make the link
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
