"use client";

import { type FormEvent, useState } from "react";
import { changePassword } from "#lib/auth/auth-api.ts";
import { type Failure, issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useSession } from "#lib/graphql/provider.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { toast } from "#ui/toast.tsx";

const shownFields = ["currentPassword", "newPassword"];

/** Another password for who is signed in, who shows with the present one that it is nobody else. */
export function PasswordDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [endsOthers, setEndsOthers] = useState(true);
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { resume } = useSession();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsPending(true);
    setFailure(null);
    const answer = await changePassword(current, next, endsOthers);
    setIsPending(false);
    if (answer.failure) return setFailure(placed(answer.failure));
    // The session that this page began with has ended, too, and with it the live connection; here is the next one.
    if (endsOthers) resume();
    toast.success(endsOthers ? "Password changed; you are signed out everywhere else" : "Password changed");
    onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Change password" className="max-w-sm">
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {/* Password managers keep the new one for this account. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <Field label="Present password" error={issueFor(failure, "currentPassword")}>
          <Input
            type="password"
            autoComplete="current-password"
            autoFocus
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field label="New password" help="At least 10 characters" error={issueFor(failure, "newPassword")}>
          <Input
            type="password"
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        <Checkbox
          label="Sign out everywhere else"
          help="API keys stay as they are"
          checked={endsOthers}
          onCheckedChange={setEndsOthers}
        />
        <FailureNotice failure={failure} shownFields={shownFields} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Change password
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** The library tells a wrong password by its code alone. */
const placed = (failure: Failure): Failure =>
  failure.code === "INVALID_PASSWORD"
    ? { ...failure, issues: [{ path: ["currentPassword"], message: "This is not your present password." }] }
    : failure;
