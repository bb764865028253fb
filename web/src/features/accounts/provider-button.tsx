"use client";

import { LogIn } from "lucide-react";
import { useState } from "react";
import { signInElsewhere } from "#lib/auth/auth-api.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Button } from "#ui/button.tsx";

/** Signs in at the studio's identity provider, which sends the person back to `to`. */
export function ProviderButton({ name, to }: { name: string; to: string }) {
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const go = async () => {
    setIsPending(true);
    const answer = await signInElsewhere(to);
    if (answer.data) return window.location.assign(answer.data.url);
    setIsPending(false);
    setFailure(answer.failure);
  };
  return (
    <>
      <Button size="lg" isPending={isPending} onClick={() => void go()}>
        {!isPending && <LogIn aria-hidden />}
        {`Sign in with ${name}`}
      </Button>
      <FailureNotice failure={failure} />
    </>
  );
}
