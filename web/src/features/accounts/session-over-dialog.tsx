"use client";

import { SignInForm } from "#features/accounts/sign-in-form.tsx";
import { Dialog } from "#ui/dialog.tsx";

interface Props {
  /** Of whoever was signed in. */
  email: string;
  onSignedIn: () => void;
  onPutOff: () => void;
}

/** Signs in again on top of the page, so that nothing that was typed is lost. */
export function SessionOverDialog({ email, onSignedIn, onPutOff }: Props) {
  return (
    <Dialog
      isOpen
      onOpenChange={onPutOff}
      title="Your session is over"
      description="Sign in to go on where you are; what you typed is still there."
      className="max-w-sm"
    >
      <SignInForm email={email} onSignedIn={onSignedIn} />
    </Dialog>
  );
}
