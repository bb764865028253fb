"use client";

import { useEffect, useState } from "react";
import { Door } from "#features/accounts/door.tsx";
import { ProviderButton } from "#features/accounts/provider-button.tsx";
import { SignInForm } from "#features/accounts/sign-in-form.tsx";
import { type AuthStatus, authStatus, whoIsSignedIn } from "#lib/auth/auth-api.ts";
import { returnPath } from "#lib/auth/return-path.ts";
import { Notice } from "#ui/notice.tsx";

interface SignInPageProps {
  /** Where the person wanted to go, as the address says. */
  to: string | null;
  /** The identity provider sent the person back without letting in. */
  hasFailed: boolean;
}

/** The way in. Whoever is in already, or needs no login, goes on at once. */
export function SignInPage({ to, hasFailed }: SignInPageProps) {
  const [status, setStatus] = useState<AuthStatus | null>(null);
  // A new document: nothing of the one before, such as a socket that was refused, is left.
  const goOn = () => window.location.replace(returnPath(to));
  useEffect(() => {
    let isGone = false;
    const look = async () => {
      const [how, who] = await Promise.all([authStatus(), whoIsSignedIn()]);
      if (isGone) return;
      if (how.data?.mode === "local" || who.data?.user) window.location.replace(returnPath(to));
      else setStatus(how.data);
    };
    void look();
    return () => void (isGone = true);
  }, [to]);
  return (
    <Door title="Sign in">
      <div className="flex flex-col gap-4">
        {status?.needsSetup && (
          <Notice tone="info" title="Nobody can sign in yet">
            The console that Callsheet was started from shows a link for its first administrator.
          </Notice>
        )}
        {hasFailed && (
          <Notice tone="bad" title="You were not let in">
            Ask an administrator of the studio for an invitation to the address that you signed in with there.
          </Notice>
        )}
        <SignInForm onSignedIn={goOn} />
        {status?.identityProvider && <ProviderButton name={status.identityProvider.name} to={returnPath(to)} />}
        <p className="text-sm text-ink-3">
          Forgotten the password, or no account yet? An administrator of the studio can give you a link.
        </p>
      </div>
    </Door>
  );
}
