"use client";

import { type FormEvent, useRef, useState } from "react";
import { signIn } from "#lib/auth/auth-api.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface SignInFormProps {
  /** The address that is probably meant. */
  email?: string;
  onSignedIn: () => void;
}

/** E-mail address and password. What is wrong is said beside them; which of the two it is, nobody is told. */
export function SignInForm({ email: known = "", onSignedIn }: SignInFormProps) {
  // Read when the form is sent: a person or a password manager may be quicker than React.
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const email = emailField.current?.value.trim() ?? "";
    const password = passwordField.current?.value ?? "";
    const lacks = {
      ...(!email && { email: "Your e-mail address is needed." }),
      ...(!password && { password: "Your password is needed." }),
    };
    setMissing(lacks);
    if (Object.keys(lacks).length > 0) return;
    setIsPending(true);
    setFailure(null);
    const answer = await signIn(email, password);
    setIsPending(false);
    if (!answer.failure) return onSignedIn();
    setFailure(answer.failure);
  };
  const isWrong = failure?.code === "INVALID_EMAIL_OR_PASSWORD";
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label="E-mail address" error={missing.email}>
        <Input ref={emailField} type="email" autoComplete="username" autoFocus={!known} defaultValue={known} />
      </Field>
      <Field label="Password" error={missing.password ?? (isWrong ? failure.message : undefined)}>
        <Input ref={passwordField} type="password" autoComplete="current-password" autoFocus={Boolean(known)} />
      </Field>
      {!isWrong && <FailureNotice failure={failure} />}
      <Button type="submit" variant="primary" size="lg" isPending={isPending}>
        Sign in
      </Button>
    </form>
  );
}
