"use client";

import type { FormEvent, ReactNode } from "react";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { SecretOnce } from "#ui/secret-once.tsx";

interface SecretDialogProps {
  title: string;
  submitLabel: string;
  action: { isPending: boolean; failure: Failure | null };
  /** Dotted paths that fields of the form show themselves. */
  shownFields?: readonly string[];
  onSubmit: () => void;
  onClose: () => void;
  /** What came of it, to be copied; null until then. */
  made: MadeSecret | null;
  className?: string;
  /** The fields of the form, or what there is to know before. */
  children: ReactNode;
}

interface MadeSecret {
  title: string;
  /** What it is, for the copy button: "the link". */
  name: string;
  secret: string;
  /** Who may have it, and what for. */
  note: ReactNode;
}

/** A form that makes a link, key or secret, and then shows it this once: a press beside the dialog does not lose it. */
export function SecretDialog(props: SecretDialogProps) {
  const { title, submitLabel, action, shownFields = [], onSubmit, onClose, made, className, children } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={made?.title ?? title}
      className={className ?? "max-w-md"}
      isKept={made !== null}
    >
      {made ? (
        <>
          <SecretOnce name={made.name} secret={made.secret}>
            {made.note}
          </SecretOnce>
          <DialogActions>
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </DialogActions>
        </>
      ) : (
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          {children}
          <FailureNotice failure={action.failure} shownFields={shownFields} />
          <DialogActions>
            <Button variant="quiet" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" isPending={action.isPending}>
              {submitLabel}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
