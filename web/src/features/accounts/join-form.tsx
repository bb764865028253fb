"use client";

import { type FormEvent, useState } from "react";
import { acceptLink, type LinkInfo, signIn } from "#lib/auth/auth-api.ts";
import { type Failure, issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

const shownFields = ["name", "email", "password"];

const labels: Record<LinkInfo["kind"], string> = {
  SETUP: "Create the account",
  INVITATION: "Join",
  PASSWORD_RESET: "Set the password",
};

/** Uses a link up, signs in with what was chosen, and goes to the studio. */
export function JoinForm({ link, token }: { link: LinkInfo; token: string }) {
  const [name, setName] = useState(link.name ?? "");
  const [email, setEmail] = useState(link.email ?? "");
  const [password, setPassword] = useState("");
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isReset = link.kind === "PASSWORD_RESET";
  const isSetup = link.kind === "SETUP";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsPending(true);
    setFailure(null);
    const answer = await acceptLink({
      token,
      password,
      ...(!isReset && { name: name.trim() }),
      ...(isSetup && { email: email.trim() }),
    });
    if (answer.failure) {
      setFailure(answer.failure.code === "EMAIL_TAKEN" ? atEmail(answer.failure) : answer.failure);
      return setIsPending(false);
    }
    const signedIn = await signIn(answer.data.email, password);
    window.location.replace(signedIn.failure ? "/sign-in" : "/");
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field
        label="E-mail address"
        error={issueFor(failure, "email")}
        {...(!isSetup && { help: "You sign in with it." })}
      >
        <Input
          type="email"
          autoComplete="username"
          readOnly={!isSetup}
          autoFocus={isSetup}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      {!isReset && (
        <Field label="Your name" error={issueFor(failure, "name")}>
          <Input
            autoComplete="name"
            autoFocus={!isSetup}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      )}
      <Field label="Password" help="At least 10 characters" error={issueFor(failure, "password")}>
        <Input
          type="password"
          autoComplete="new-password"
          autoFocus={isReset}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <FailureNotice failure={failure} shownFields={shownFields} />
      <Button type="submit" variant="primary" size="lg" isPending={isPending}>
        {labels[link.kind]}
      </Button>
    </form>
  );
}

const atEmail = (failure: Failure): Failure => ({
  ...failure,
  issues: [{ path: ["email"], message: failure.message }],
});
